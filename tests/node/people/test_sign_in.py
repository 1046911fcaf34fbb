"""Signing in, and the limits on it, on both kinds of store."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import pytest

from skyaccord.node.people import attempts
from skyaccord.node.people import sign_in as module
from skyaccord.node.people.administration import change_person, give_certificate, reset_person
from skyaccord.node.people.attempts import LONGEST_WAIT_S, OF_ADDRESS, OF_STRANGERS, WINDOW_S, network_of
from skyaccord.node.people.audit import LOCAL, NODE, Actor, read_audit
from skyaccord.node.people.own_account import NotChanged, change_password, enrol, offer_authenticator
from skyaccord.node.people.password import ONE_TIME_LIFE_S
from skyaccord.node.people.roles import Role
from skyaccord.node.people.sessions import resume_session
from skyaccord.node.people.sign_in import (
    Credentials,
    HeldUp,
    NotSignedIn,
    SignedIn,
    sign_in,
    sign_in_with_certificate,
)
from skyaccord.node.store.store import Store
from tests.node.people.cast import (
    DESK,
    ELSEWHERE,
    NOW_S,
    PASSWORD,
    code,
    enrolled,
    invite,
    later,
    make_staff,
    offered_code,
    person,
    right,
    wrong,
)

ADMINISTRATOR = Actor("root", LOCAL, NOW_S)


def test_password_and_code_begin_a_session(store: Store) -> None:
    staff = make_staff(store)
    enrolled(staff, "north_desk")
    done = sign_in(staff, right(staff, "north_desk", NOW_S), DESK, NOW_S)
    assert isinstance(done, SignedIn)
    session = resume_session(store, done.token, DESK, None, NOW_S)
    assert session is not None
    assert (session.person.name, session.is_partial) == ("north_desk", False)


@pytest.mark.parametrize(
    ("name", "password", "has_code"),
    [
        ("north_desk", "not the password", True),
        ("north_desk", PASSWORD, False),
        ("north_desk", "", False),
        ("nobody", PASSWORD, True),
        ("NORTH_DESK", PASSWORD, True),
    ],
)
def test_whatever_is_wrong_the_answer_is_the_same(store: Store, name: str, password: str, has_code: bool) -> None:
    staff = make_staff(store)
    enrolled(staff, "north_desk")
    given = Credentials(name, password, code(staff, "north_desk", NOW_S) if has_code else "000000")
    assert sign_in(staff, given, DESK, NOW_S) == NotSignedIn()


def test_an_unknown_name_costs_one_hash_as_a_known_one_does(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    staff = make_staff(store)
    enrolled(staff, "north_desk")
    costs: list[str] = []

    def counted(password: str, kept: str) -> bool:
        costs.append(kept.rsplit("$", 2)[0])
        return False

    monkeypatch.setattr(module, "is_password", counted)
    sign_in(staff, wrong("north_desk"), DESK, NOW_S)
    sign_in(staff, wrong("nobody"), DESK, NOW_S)
    assert costs == ["scrypt$4$1$1"] * 2


def test_a_code_serves_once(store: Store) -> None:
    staff = make_staff(store)
    enrolled(staff, "north_desk")
    given = right(staff, "north_desk", NOW_S)
    assert isinstance(sign_in(staff, given, DESK, NOW_S), SignedIn)
    assert sign_in(staff, given, DESK, NOW_S + 1) == NotSignedIn()
    assert isinstance(sign_in(staff, right(staff, "north_desk", later(1)), DESK, later(1)), SignedIn)


def test_of_many_who_show_the_same_code_at_once_one_signs_in(store: Store) -> None:
    staff = make_staff(store)
    enrolled(staff, "north_desk")
    given = right(staff, "north_desk", NOW_S)
    with ThreadPoolExecutor(4) as pool:
        done = list(pool.map(lambda _: sign_in(staff, given, DESK, NOW_S), range(4)))
    assert sum(isinstance(each, SignedIn) for each in done) == 1


def test_a_closed_account_does_not_sign_in(store: Store) -> None:
    staff = make_staff(store)
    token = enrolled(staff, "north_desk", now_s=NOW_S + 3600.0)
    change_person(staff, ADMINISTRATOR, "north_desk", None, None, False)
    assert resume_session(store, token, DESK, None, NOW_S) is None
    assert sign_in(staff, right(staff, "north_desk", NOW_S), DESK, NOW_S) == NotSignedIn()


def test_a_one_time_password_serves_for_enrolment_alone(store: Store) -> None:
    staff = make_staff(store)
    password = invite(staff, "north_desk")
    done = sign_in(staff, Credentials("north_desk", password, ""), DESK, NOW_S)
    assert isinstance(done, SignedIn)
    assert done.is_partial
    offer_authenticator(staff, person(staff, "north_desk"))
    actor = Actor("north_desk", DESK, NOW_S)
    assert isinstance(enrol(staff, actor, "short", offered_code(staff, "north_desk", NOW_S)), NotChanged)
    assert isinstance(enrol(staff, actor, PASSWORD, "000000"), NotChanged)
    whole = enrol(staff, actor, PASSWORD, offered_code(staff, "north_desk", NOW_S))
    assert isinstance(whole, SignedIn)
    assert resume_session(store, done.token, DESK, None, NOW_S) is None
    assert sign_in(staff, Credentials("north_desk", password, ""), DESK, NOW_S) == NotSignedIn()


def test_a_one_time_password_ends(store: Store) -> None:
    staff = make_staff(store)
    password = invite(staff, "north_desk")
    at_s = NOW_S + ONE_TIME_LIFE_S
    assert sign_in(staff, Credentials("north_desk", password, ""), DESK, at_s) == NotSignedIn()


def test_enrolment_without_an_offer_changes_nothing(store: Store) -> None:
    staff = make_staff(store)
    invite(staff, "north_desk")
    assert isinstance(enrol(staff, Actor("north_desk", DESK, NOW_S), PASSWORD, "123456"), NotChanged)
    assert not person(staff, "north_desk").is_enrolled


def test_a_reset_takes_everything(store: Store) -> None:
    staff = make_staff(store)
    token = enrolled(staff, "north_desk", now_s=NOW_S + 3600.0)
    give_certificate(staff, ADMINISTRATOR, "north_desk", "ab" * 32)
    reset_person(staff, ADMINISTRATOR, "north_desk")
    assert resume_session(store, token, DESK, None, NOW_S) is None
    assert sign_in_with_certificate(staff, "ab" * 32, DESK, NOW_S) == NotSignedIn()
    assert sign_in(staff, Credentials("north_desk", PASSWORD, "000000"), DESK, NOW_S) == NotSignedIn()


def test_a_changed_password_ends_all_sessions_and_begins_one(store: Store) -> None:
    staff = make_staff(store)
    before = enrolled(staff, "north_desk", now_s=NOW_S + 3600.0)
    actor = Actor("north_desk", DESK, later(2))
    shown = code(staff, "north_desk", later(2))
    refused = change_password(staff, actor, "not the present one", shown, "other plain words here")
    assert isinstance(refused, NotChanged)
    done = change_password(staff, actor, PASSWORD, shown, "other plain words here")
    assert isinstance(done, SignedIn)
    assert resume_session(store, before, DESK, None, later(2)) is None
    assert resume_session(store, done.token, DESK, None, later(2)) is not None
    assert sign_in(staff, right(staff, "north_desk", later(3)), DESK, later(3)) == NotSignedIn()


def test_a_certificate_begins_a_session_that_belongs_to_it(store: Store) -> None:
    staff = make_staff(store)
    enrolled(staff, "north_desk")
    give_certificate(staff, ADMINISTRATOR, "north_desk", "ab" * 32)
    done = sign_in_with_certificate(staff, "ab" * 32, DESK, NOW_S)
    assert isinstance(done, SignedIn)
    assert resume_session(store, done.token, DESK, "ab" * 32, NOW_S) is not None
    assert resume_session(store, done.token, DESK, None, NOW_S) is None
    assert resume_session(store, done.token, DESK, "ab" * 32, NOW_S) is None, "a token shown without it has been taken"


@pytest.mark.parametrize("fingerprint", [None, "", "cd" * 32])
def test_another_certificate_begins_none(store: Store, fingerprint: str | None) -> None:
    staff = make_staff(store)
    enrolled(staff, "north_desk")
    assert sign_in_with_certificate(staff, fingerprint, DESK, NOW_S) == NotSignedIn()


def flood(staff: object, name: str, address: str, count: int, now_s: float) -> list[object]:
    return [sign_in(staff, wrong(name), address, now_s) for _ in range(count)]  # type: ignore[arg-type]


def test_wrong_passwords_from_one_address_are_slowed(store: Store) -> None:
    staff = make_staff(store)
    enrolled(staff, "north_desk")
    assert flood(staff, "north_desk", DESK, 5, NOW_S) == [NotSignedIn()] * 5
    assert flood(staff, "north_desk", DESK, 50, NOW_S) == [HeldUp(2.0)] * 50
    assert sign_in(staff, wrong("north_desk"), DESK, NOW_S + 2.0) == NotSignedIn()
    assert sign_in(staff, wrong("north_desk"), DESK, NOW_S + 2.0) == HeldUp(4.0)


@pytest.mark.parametrize(("address", "guesses_an_hour", "longest_s"), [(ELSEWHERE, 20, 3600.0), (DESK, 56, 300.0)])
def test_how_many_guesses_patience_gets(store: Store, address: str, guesses_an_hour: int, longest_s: float) -> None:
    staff = make_staff(store)
    enrolled(staff, "north_desk")
    assert isinstance(sign_in(staff, right(staff, "north_desk", NOW_S), DESK, NOW_S), SignedIn)
    now_s, looked_at, waits = later(1), 0, [0.0]
    while now_s < NOW_S + 6 * 3600.0:
        done = sign_in(staff, wrong("north_desk"), address, now_s)
        looked_at += isinstance(done, NotSignedIn)
        waits.append(done.wait_s if isinstance(done, HeldUp) else 0.0)
        now_s += waits[-1]
    assert max(waits) <= longest_s
    assert looked_at <= 6 * guesses_an_hour


def test_many_at_once_gain_nothing(store: Store) -> None:
    staff = make_staff(store)
    enrolled(staff, "north_desk")
    with ThreadPoolExecutor(8) as pool:
        done = list(pool.map(lambda _: sign_in(staff, wrong("north_desk"), DESK, NOW_S), range(40)))
    assert sum(isinstance(each, NotSignedIn) for each in done) == 5


def test_an_officer_whose_desk_is_known_is_not_kept_out_by_strangers(store: Store) -> None:
    staff = make_staff(store)
    enrolled(staff, "north_desk")
    assert isinstance(sign_in(staff, right(staff, "north_desk", NOW_S), DESK, NOW_S), SignedIn)
    for k in range(100):
        sign_in(staff, wrong("north_desk"), f"198.51.100.{k}", later(1))
    assert isinstance(sign_in(staff, right(staff, "north_desk", later(1)), DESK, later(1)), SignedIn)


def test_strangers_share_one_allowance_for_a_name(store: Store) -> None:
    staff = make_staff(store)
    enrolled(staff, "north_desk")
    done = [sign_in(staff, wrong("north_desk"), f"198.51.100.{k}", NOW_S) for k in range(100)]
    assert sum(isinstance(each, NotSignedIn) for each in done) == OF_STRANGERS
    assert isinstance(sign_in(staff, right(staff, "north_desk", NOW_S), ELSEWHERE, NOW_S), HeldUp)
    at_s = NOW_S + 3600.0
    assert isinstance(sign_in(staff, right(staff, "north_desk", at_s), ELSEWHERE, at_s), SignedIn)


def test_one_address_has_one_allowance_for_all_names(store: Store) -> None:
    staff = make_staff(store)
    done = [sign_in(staff, wrong(f"name{k}"), ELSEWHERE, NOW_S) for k in range(100)]
    assert sum(isinstance(each, NotSignedIn) for each in done) == OF_ADDRESS
    assert sign_in(staff, wrong("another"), ELSEWHERE, NOW_S) == HeldUp(WINDOW_S)
    assert sign_in(staff, wrong("another"), DESK, NOW_S) == NotSignedIn()


def test_at_the_same_address_as_a_guesser_an_officer_waits_minutes_and_not_for_ever(store: Store) -> None:
    staff = make_staff(store)
    enrolled(staff, "north_desk")
    assert isinstance(sign_in(staff, right(staff, "north_desk", NOW_S), DESK, NOW_S), SignedIn)
    now_s = later(1)
    for _ in range(200):
        done = sign_in(staff, wrong("north_desk"), DESK, now_s)
        now_s += done.wait_s if isinstance(done, HeldUp) else 0.0
    held = sign_in(staff, wrong("north_desk"), DESK, now_s)
    wait_s = held.wait_s if isinstance(held, HeldUp) else 0.0
    assert wait_s <= LONGEST_WAIT_S
    at_s = now_s + wait_s
    assert isinstance(sign_in(staff, right(staff, "north_desk", at_s), DESK, at_s), SignedIn)
    assert isinstance(sign_in(staff, right(staff, "north_desk", at_s + 30), DESK, at_s + 30), SignedIn), (
        "it starts anew"
    )


def test_limits_outlast_a_restart_and_a_clock_set_back(store: Store) -> None:
    staff = make_staff(store)
    flood(staff, "north_desk", DESK, 5, NOW_S)
    assert sign_in(make_staff(store), wrong("north_desk"), DESK, NOW_S) == HeldUp(2.0)
    assert sign_in(staff, wrong("north_desk"), DESK, NOW_S - 10 * WINDOW_S) == NotSignedIn(), (
        "what lies ahead is forgotten"
    )


@pytest.mark.parametrize(
    ("address", "counted_as"),
    [
        ("192.0.2.1", "192.0.2.1"),
        ("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64"),
        ("2001:db8:1:2::ffff", "2001:db8:1:2::/64"),
        ("::ffff:192.0.2.1", "192.0.2.1"),
        ("", ""),
    ],
)
def test_what_an_address_is_counted_as(address: str, counted_as: str) -> None:
    assert network_of(address) == counted_as


def test_attempts_that_are_over_are_not_kept(store: Store) -> None:
    staff = make_staff(store)
    flood(staff, "north_desk", DESK, 5, NOW_S)
    sign_in(staff, wrong("south_desk"), DESK, NOW_S + attempts.STRANGERS_WINDOW_S + 1)
    assert store.one("SELECT count(*) FROM attempt") == (1,)


def test_what_was_typed_for_an_unknown_name_is_not_written_down(store: Store) -> None:
    staff = make_staff(store)
    enrolled(staff, "north_desk", Role.OBSERVER)
    sign_in(staff, wrong("four-plain-words"), DESK, NOW_S)
    sign_in(staff, wrong("north_desk"), DESK, NOW_S)
    latest = [(each.who, each.deed, each.address) for each in read_audit(store)][:2]
    assert latest == [("north_desk", "session.refused", DESK), ("-", "session.refused", DESK)]
    assert NODE in {each.who for each in read_audit(store)}
