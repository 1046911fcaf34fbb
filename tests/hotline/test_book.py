"""The book of one party: who has to say what by when, who was late, what is open."""

from __future__ import annotations

import pytest

from skyaccord.errors import SkyaccordError
from skyaccord.hotline.bodies.declaration import Declared
from skyaccord.hotline.book.admit import Why
from skyaccord.hotline.book.book import Book
from skyaccord.hotline.book.checks import Held, list_slots, measure_checks, next_check_s
from skyaccord.hotline.book.clock import State
from skyaccord.hotline.book.entry import Entry
from skyaccord.hotline.book.inbox import list_awaited, list_inbox, list_pending, next_change_s
from skyaccord.hotline.book.lateness import measure_punctuality
from skyaccord.hotline.book.plan import ACKNOWLEDGE_S, Plan, make_plan
from skyaccord.hotline.book.shift import find_duty, list_handovers, list_open
from skyaccord.hotline.book.standing import Practice, find_standing
from skyaccord.hotline.book.threads import list_copies, list_threads
from skyaccord.memorandum.communications import Precedence
from skyaccord.memorandum.load import read_memorandum
from tests.hotline.talk import NOON, Talk


@pytest.fixture
def talk() -> Talk:
    return Talk()


def state(talk: Talk, entry: Entry) -> State:
    return talk.book.clock(entry.envelope).state


# How a message goes on


def test_a_notice_is_open_then_acknowledged_and_settled(talk: Talk) -> None:
    notice = talk.say("green>blue", "notice", 0)
    assert state(talk, notice) is State.OPEN
    assert [each.clock.entry for each in list_inbox(talk.book, NOON)] == [notice]
    talk.say("blue>green", "acknowledgement", 60, to=notice)
    assert state(talk, notice) is State.ACKNOWLEDGED
    assert list_pending(talk.book, NOON + 61) == ()


def test_a_counter_notice_answers_a_notice_and_waits_for_its_own_acknowledgement(talk: Talk) -> None:
    notice = talk.say("blue>green", "notice", 0)
    counter = talk.say("green>blue", "counter_notice", 300, to=notice)
    assert state(talk, notice) is State.ANSWERED
    assert [each.clock.entry for each in list_inbox(talk.book, NOON + 300)] == [counter]


def test_a_query_stays_open_until_there_is_a_reply(talk: Talk) -> None:
    query = talk.say("blue>green", "query", 0)
    talk.say("green>blue", "acknowledgement", 30, to=query)
    assert state(talk, query) is State.ACKNOWLEDGED
    (pending,) = list_awaited(talk.book, NOON + 10_000)
    assert pending.remaining_s is None  # it was acknowledged in time, and for a reply no time is set
    assert pending.told == ()
    talk.say("green>blue", "reply", 20_000, to=query)
    assert state(talk, query) is State.ANSWERED


def test_a_message_without_a_receipt_is_undelivered_and_no_one_is_late(talk: Talk) -> None:
    notice = talk.say("blue>green", "notice", 0, delay_s=None)
    clock = talk.book.clock(notice.envelope)
    assert clock.state is State.UNDELIVERED
    assert clock.late_by_s(NOON + 1e6) == 0.0
    (pending,) = list_awaited(talk.book, NOON + 1e6)
    assert not pending.is_late
    assert pending.told  # but one's own people are told, for it may have to be telephoned
    book = talk.book
    book.deliver(notice.envelope, NOON + 1e6)
    assert book.clock(notice.envelope).state is State.OPEN


def test_a_minute_is_settled_by_a_countersignature_or_by_a_differing_minute_not_by_an_acknowledgement(
    talk: Talk,
) -> None:
    minute = talk.say("blue>green", "minute", 0)
    talk.say("green>blue", "acknowledgement", 10, to=minute)
    assert state(talk, minute) is State.OPEN
    differing = talk.say("green>blue", "differing_minute", 20, to=minute)
    assert state(talk, minute) is State.ANSWERED
    assert state(talk, differing) is State.OPEN
    (thread,) = list_threads(talk.book)
    assert minute in thread.entries  # both minutes stay
    assert differing in thread.entries


def test_a_withdrawal_ends_the_clock_and_a_correction_stands_in_place(talk: Talk) -> None:
    first, second = talk.say("blue>green", "notice", 0), talk.say("blue>green", "notice", 1)
    talk.say("blue>green", "withdrawal", 60, to=first)
    talk.say("blue>green", "correction", 60, to=second)
    assert state(talk, first) is State.WITHDRAWN
    assert state(talk, second) is State.CORRECTED
    assert len(list_awaited(talk.book, NOON + 61)) == 2  # withdrawal and correction themselves


def test_only_the_party_to_whom_a_message_went_can_acknowledge_it_and_only_the_sender_withdraws_it(
    talk: Talk,
) -> None:
    notice = talk.say("blue>green", "notice", 0)
    talk.say("red>blue", "acknowledgement", 10, to=notice)
    talk.say("green>blue", "withdrawal", 20, to=notice)
    assert state(talk, notice) is State.OPEN


# Clocks


@pytest.mark.parametrize(
    ("precedence", "limit_s"),
    [("emergency", 60.0), ("flash", 120.0), ("immediate", 600.0), ("priority", 3600.0), ("routine", 21600.0)],
)
def test_an_acknowledgement_at_the_limit_is_in_time_and_one_a_millisecond_later_is_late(
    talk: Talk, precedence: str, limit_s: float
) -> None:
    kind = "emergency" if precedence == "emergency" else "notice"
    for after_s in (limit_s, limit_s + 0.001):
        message = talk.say("blue>green", kind, 0, delay_s=5.0, heading__precedence=precedence)
        talk.say("green>blue", "acknowledgement", 5.0 + after_s, to=message)
    clocks = [talk.book.clock(entry.envelope) for entry in talk.entries[::2]]
    assert clocks[0].late_by_s(NOON + 1e6) == 0.0
    assert clocks[1].late_by_s(NOON + 1e6) == pytest.approx(0.001, abs=1e-6)


def test_times_of_the_memorandum_come_before_the_defaults() -> None:
    memorandum = read_memorandum(
        '[memorandum]\ntitle = "A"\nparties = ["blue", "green"]\n'
        "valid = { from = 2026-12-01T00:00:00Z, until = 2027-12-01T00:00:00Z }\n"
        '[communications]\nhotline = { check_every = "6 h", acknowledge = { flash = "3 min" } }\n'
        '[[provision]]\nid = "a"\ntext = "b"\nmodality = "shall"\nevidence = ["tracks"]\nkeep = "horizontal >= 3 NM"\n',
        "memo.toml",
    )
    plan = make_plan(memorandum, "green")
    assert plan.limit_s(Precedence.FLASH) == 180.0
    assert plan.limit_s(Precedence.EMERGENCY) == 60.0
    assert plan.check_every_s == 6 * 3600.0
    assert plan.peers == ("blue",)


def test_every_precedence_has_a_default() -> None:
    assert set(ACKNOWLEDGE_S) == set(Precedence)
    assert list(ACKNOWLEDGE_S.values()) == sorted(ACKNOWLEDGE_S.values())


def test_a_clock_that_runs_fast_or_slow_makes_no_one_late(talk: Talk) -> None:
    """Green's clock is an hour ahead; receipt and acknowledgement are both by it."""
    notice = talk.say("blue>green", "notice", 0, delay_s=3601.0, heading__precedence="flash")
    talk.say("green>blue", "acknowledgement", 3661.0, to=notice, delay_s=-3600.0)
    clock = talk.book.clock(notice.envelope)
    assert clock.took_s == 60.0
    assert clock.late_by_s(NOON + 1e6) == 0.0


def test_an_acknowledgement_from_before_the_receipt_is_not_measured(talk: Talk) -> None:
    notice = talk.say("blue>green", "notice", 0, delay_s=100.0)
    talk.say("green>blue", "acknowledgement", 50.0, to=notice)
    found = measure_punctuality(talk.book, "green", NOON + 1e6)
    assert (found.acknowledged, found.in_time, found.undetermined) == (1, 0, 1)
    assert found.median_s is None


def test_reminders_come_before_the_end_and_the_ladder_is_climbed_after_it(talk: Talk) -> None:
    talk.say("green>blue", "notice", 0, heading__precedence="flash")  # 120 s
    seen = []
    for after_s in (0, 59, 60, 96, 119, 120, 120.5, 240, 480):
        (pending,) = list_inbox(talk.book, NOON + after_s)
        seen.append((pending.reminders, len(pending.told), pending.is_late))
    assert seen == [
        *((0, 1, False), (0, 1, False), (1, 1, False), (2, 1, False), (2, 1, False)),
        *((2, 2, False), (2, 2, True), (2, 3, True), (2, 4, True)),
    ]


def test_between_two_changes_nothing_changes(talk: Talk) -> None:
    talk.say("green>blue", "notice", 0, heading__precedence="flash")
    talk.say("blue>red", "query", 7, heading__precedence="immediate")
    now_s, steps = NOON + 8, []
    while (change_s := next_change_s(talk.book, now_s)) is not None:
        before = [(each.reminders, each.told) for each in list_pending(talk.book, change_s - 0.001)]
        after = [(each.reminders, each.told) for each in list_pending(talk.book, change_s)]
        assert before == [(each.reminders, each.told) for each in list_pending(talk.book, now_s)]
        assert before != after
        steps.append(change_s - NOON)
        now_s = change_s
    assert steps == [60, 96, 120, 240, 307, 480, 487, 607, 1207, 2407]


def test_who_was_late_and_by_how_much(talk: Talk) -> None:
    for took_s in (30.0, 90.0, 150.0, 600.0):
        notice = talk.say("blue>green", "notice", 1000 + took_s, heading__precedence="flash")
        talk.say("green>blue", "acknowledgement", 1000 + 2 * took_s, to=notice)
    talk.say("blue>green", "notice", 5000, heading__precedence="flash")
    found = measure_punctuality(talk.book, "green", NOON + 5200)
    assert (found.acknowledged, found.in_time, found.undetermined) == (4, 2, 0)
    assert [clock.late_by_s(NOON + 5200) for clock in found.late] == [30.0, 480.0, 80.0]
    assert (found.median_s, found.worst_s) == (120.0, 600.0)
    assert measure_punctuality(talk.book, "blue", NOON + 5200).late == ()


def test_a_message_withdrawn_in_time_made_no_one_late(talk: Talk) -> None:
    notice = talk.say("blue>green", "notice", 0, heading__precedence="flash")
    talk.say("blue>green", "withdrawal", 60, to=notice)
    talk.say("green>blue", "acknowledgement", 500, to=notice)
    assert talk.book.clock(notice.envelope).late_by_s(NOON + 1e6) == 0.0


# Order


def test_an_emergency_comes_before_all_else_whenever_it_came(talk: Talk) -> None:
    late = talk.say("green>blue", "notice", 0, heading__precedence="flash")
    routine = talk.say("green>blue", "notice", 1, heading__precedence="routine")
    immediate = talk.say("red>blue", "query", 2, heading__precedence="immediate")
    emergency = talk.say("red>blue", "emergency", 900)
    shown = [each.clock.entry for each in list_inbox(talk.book, NOON + 901)]
    assert shown == [emergency, late, immediate, routine]


def test_what_no_one_acknowledged_stands_above_what_waits_for_a_reply(talk: Talk) -> None:
    query = talk.say("green>blue", "query", 0, heading__precedence="flash")
    talk.say("blue>green", "acknowledgement", 1, to=query)
    routine = talk.say("green>blue", "notice", 2, heading__precedence="routine")
    assert [each.clock.entry for each in list_inbox(talk.book, NOON + 3)] == [routine, query]


# Threads and parties


def test_all_that_was_said_to_a_message_is_one_thread(talk: Talk) -> None:
    notice = talk.say("blue>green", "notice", 0)
    counter = talk.say("green>blue", "counter_notice", 10, to=notice)
    reply = talk.say("blue>green", "reply", 20, to=counter)
    other = talk.say("blue>red", "query", 15)
    acknowledgement = talk.say("green>blue", "acknowledgement", 30, to=reply)
    first, second = list_threads(talk.book)
    assert first.entries == (notice, counter, reply, acknowledgement)
    assert second.entries == (other,)
    assert second.is_open
    assert not first.is_open


def test_one_message_to_two_parties_has_a_clock_for_each(talk: Talk) -> None:
    both = {"heading__addressees": ["green", "red"]}
    talk.say("blue>green", "query", 0, **both)
    to_red = talk.say("blue>red", "query", 0, **both)
    talk.say("red>blue", "reply", 5, to=to_red)
    (copies,) = list_copies(talk.book)
    assert [clock.state for clock in copies.clocks] == [State.OPEN, State.ANSWERED]
    assert copies.unsent == ()


def test_an_addressee_to_whom_no_envelope_went_is_named(talk: Talk) -> None:
    talk.say("blue>green", "query", 0, heading__addressees=["green", "red"])
    (copies,) = list_copies(talk.book)
    assert copies.unsent == ("red",)


def test_a_reply_to_another_partys_copy_is_found_by_its_date_time_group() -> None:
    """Red answers green's query, of which blue had a copy, and sends the reply to blue too."""
    talk = Talk()
    elsewhere = talk.say("green>red", "query", 0, heading__addressees=["blue", "red"])
    ours = talk.say("green>blue", "query", 0, heading__addressees=["blue", "red"])
    reply = talk.say("red>blue", "reply", 60, to=elsewhere, heading__addressees=["blue", "green"])
    book = Book(talk.plan, [ours, reply])
    (thread,) = list_threads(book)
    assert thread.entries == (ours, reply)
    assert book.clock(ours.envelope).state is State.OPEN  # red's reply acknowledges nothing for blue


@pytest.mark.parametrize(
    ("why", "route", "kind", "changes"),
    [
        (Why.EXCLUDED, "grey>blue", "notice", {}),
        (Why.EXCLUDED, "green>blue", "notice", {"heading__on_behalf_of": ["grey"]}),
        (Why.NO_PARTY, "yellow>blue", "notice", {}),
        (Why.NOT_OURS, "green>red", "notice", {}),
        (Why.NOT_ADDRESSED, "green>blue", "notice", {"heading__addressees": ["red"]}),
        (Why.TO_ITSELF, "blue>blue", "notice", {}),
        (Why.NOT_TO_ITSELF, "green>blue", "handover", {}),
    ],
)
def test_what_does_not_belong_on_the_line_is_kept_aside_with_its_reason(
    talk: Talk, why: Why, route: str, kind: str, changes: dict[str, object]
) -> None:
    entry = talk.say(route, kind, 0, **changes)
    book = talk.book
    assert len(book) == 0
    assert book.aside[entry.envelope].why is why
    assert list_pending(book, NOON) == ()


def test_a_coalition_speaks_through_a_party(talk: Talk) -> None:
    notice = talk.say("green>blue", "notice", 0, heading__on_behalf_of=["olive", "lime"])
    assert notice.envelope in talk.book


def test_one_envelope_is_one_message(talk: Talk) -> None:
    notice = talk.say("green>blue", "notice", 0)
    other = talk.say("green>blue", "query", 0)
    book = talk.book
    assert not book.add(notice)
    with pytest.raises(SkyaccordError, match="two different messages"):
        book.add(Entry(notice.envelope, "green", "blue", other.body, notice.sent_s, notice.received_s))


# Shifts


def test_a_handover_names_what_is_open_and_what_it_leaves_out_is_found(talk: Talk) -> None:
    first = talk.say("green>blue", "query", 0)
    second = talk.say("blue>red", "notice", 10)
    settled = talk.say("green>blue", "notice", 20)
    talk.say("blue>green", "acknowledgement", 30, to=settled)
    talk.say("green>blue", "notice", 90)  # after the handover
    assert list_open(talk.book, NOON + 60) == (first.envelope, second.envelope)
    as_of = {"as_of": "2026-11-25T12:01:00.000Z"}
    talk.say("blue>blue", "handover", 60, open=[first.envelope, settled.envelope], **as_of)
    talk.say("blue>blue", "handover", 61, open=[first.envelope, second.envelope], **as_of)
    wrong, right = list_handovers(talk.book)
    assert wrong.left_out == (second.envelope,)
    assert wrong.too_many == (settled.envelope,)
    assert right.is_whole
    assert find_duty(talk.book, NOON + 100) == "duty officer night"
    assert find_duty(talk.book, NOON + 59) is None


def test_what_is_settled_after_a_handover_was_open_at_it(talk: Talk) -> None:
    notice = talk.say("green>blue", "notice", 0)
    talk.say("blue>green", "acknowledgement", 100, to=notice)
    assert list_open(talk.book, NOON + 60) == (notice.envelope,)
    assert list_open(talk.book, NOON + 101) == ()


def test_a_message_that_arrived_after_a_handover_was_not_open_at_it(talk: Talk) -> None:
    talk.say("green>blue", "notice", 0, delay_s=120.0)
    assert list_open(talk.book, NOON + 60) == ()


# Communications checks


def test_checks_are_counted_and_timed_on_the_callers_clock(talk: Talk) -> None:
    for trip_s in (2.0, 4.0, 30.0):
        check = talk.say("blue>green", "check", 100 * trip_s, delay_s=1.0)
        talk.say("green>blue", "check_answer", 100 * trip_s + trip_s - 1.0, to=check, delay_s=1.0)
    talk.say("red>blue", "check", 10)
    talk.say("blue>green", "check", 4000)
    found = measure_checks(talk.book, "green", NOON + 4000 + 21601)
    assert (found.called, found.answered, found.missed) == (4, 3, 1)
    assert (found.median_s, found.worst_s) == (4.0, 30.0)


def test_an_answer_to_another_challenge_is_no_answer(talk: Talk) -> None:
    check = talk.say("blue>green", "check", 0)
    talk.say("green>blue", "check_answer", 5, to=check, challenge="AAAA")
    assert state(talk, check) is State.OPEN


@pytest.mark.parametrize("ahead_s", [-7.0, 0.0, 3600.0])
@pytest.mark.parametrize("caller", ["blue", "green"])
def test_an_answered_check_shows_how_far_the_other_clock_is_ahead(talk: Talk, ahead_s: float, caller: str) -> None:
    """The line takes 2 s each way; green's clock is ahead."""
    from skyaccord.model.instants import format_instant

    other = "green" if caller == "blue" else "blue"
    caller_s, other_s = (0.0, ahead_s) if caller == "blue" else (ahead_s, 0.0)
    check = talk.say(f"{caller}>{other}", "check", caller_s, delay_s=2.0 + other_s - caller_s)
    talk.say(
        f"{other}>{caller}",
        "check_answer",
        10.0 + other_s,
        to=check,
        delay_s=2.0 + caller_s - other_s,
        received=format_instant(NOON + 2.0 + other_s),
    )
    found = measure_checks(talk.book, "green", NOON + 100)
    assert found.offset_s == ahead_s
    assert found.median_s == 12.0


def test_checks_of_the_plan_are_answered_missed_omitted_or_pending(talk: Talk) -> None:
    day_s = 24 * 3600.0
    check = talk.say("green>blue", "check", 60)
    talk.say("blue>green", "check_answer", 70, to=check)
    talk.say("blue>green", "check", day_s / 2 + 60)
    slots = list_slots(talk.book, "green", NOON + 1.5 * day_s + 5, NOON)
    assert [slot.held for slot in slots] == [Held.ANSWERED, Held.MISSED, Held.OMITTED, Held.PENDING]
    assert [slot.from_s - NOON for slot in slots] == [0, day_s / 2, day_s, 1.5 * day_s]
    assert list_slots(talk.book, "green", NOON + 1.5 * day_s, NOON + 1)[0].from_s == NOON + day_s / 2
    assert list_slots(talk.book, "green", NOON - 1, NOON - 9) == ()


def test_the_next_check_is_due_at_the_beginning_of_a_slot_in_which_no_one_called(talk: Talk) -> None:
    assert next_check_s(talk.book, "green", NOON - 5) == NOON
    assert next_check_s(talk.book, "green", NOON + 5) == NOON
    talk.say("blue>green", "check", 60)
    assert next_check_s(talk.book, "green", NOON + 61) == NOON + 12 * 3600
    assert next_check_s(talk.book, "red", NOON + 61) == NOON
    assert next_check_s(Book(Plan("blue", ("blue", "green"))), "green", NOON) is None


# A suspended memorandum


def test_what_is_declared_and_what_is_observed_are_kept_apart(talk: Talk) -> None:
    """April 2017: suspended by declaration, and the calls went on."""
    suspended = {"status": "suspended", "provisions": [], "from": "2026-11-25T12:00:10.000Z"}
    talk.say("green>blue", "declaration", 5, **suspended)
    before = find_standing(talk.book, "green", NOON + 9, NOON)
    assert before.declared is None
    check = talk.say("blue>green", "check", 20, heading__precedence="flash")
    talk.say("green>blue", "check_answer", 25, to=check)
    after = find_standing(talk.book, "green", NOON + 30, NOON)
    assert after.declared is Declared.SUSPENDED
    assert after.practice is Practice.ANSWERS
    assert after.last_heard_s == NOON + 25
    talk.say("blue>green", "query", 40, heading__precedence="flash")
    assert find_standing(talk.book, "green", NOON + 41, NOON).practice is Practice.ANSWERS
    assert find_standing(talk.book, "green", NOON + 161, NOON).practice is Practice.SILENT
    assert find_standing(talk.book, "green", NOON + 161, NOON + 161).practice is Practice.UNKNOWN
    assert find_standing(talk.book, "red", NOON + 161, NOON).practice is Practice.UNKNOWN


def test_a_declaration_takes_effect_at_its_instant_and_the_latest_stands(talk: Talk) -> None:
    at = "2026-11-25T12:00:{:02d}.000Z".format
    talk.say("green>blue", "declaration", 1, status="suspended", provisions=[], **{"from": at(10)})
    talk.say("green>blue", "declaration", 2, status="in_force", provisions=[], **{"from": at(20)})
    talk.say("green>blue", "declaration", 3, status="suspended", provisions=["a", "b"], **{"from": at(20)})
    talk.say("green>blue", "declaration", 4, status="in_force", provisions=["a"], **{"from": at(25)})
    standings = [find_standing(talk.book, "green", NOON + after, NOON) for after in (9, 15, 22, 26)]
    assert [each.declared for each in standings] == [None, Declared.SUSPENDED, Declared.IN_FORCE, Declared.IN_FORCE]
    assert [each.suspended_provisions for each in standings] == [(), (), ("a", "b"), ("b",)]
