"""Sessions end by themselves, and a token that was taken is of no use."""

from __future__ import annotations

import pytest

from skyaccord.node.people.administration import change_person, end_sessions_of
from skyaccord.node.people.audit import Actor, read_audit
from skyaccord.node.people.roles import Role
from skyaccord.node.people.sessions import ABSOLUTE_S, IDLE_S, MOST, begin_session, end_session, resume_session
from skyaccord.node.people.sign_in import SignedIn, sign_in
from skyaccord.node.store.store import Store
from tests.node.people.cast import DESK, ELSEWHERE, NOW_S, enrolled, forget_code, make_staff, right

NORTH_DESK = Actor("north_desk", DESK, NOW_S)


@pytest.fixture
def token(store: Store) -> str:
    staff = make_staff(store)
    enrolled(staff, "north_desk")
    return begin_session(store, NORTH_DESK)


def is_good(store: Store, token: str, now_s: float = NOW_S, address: str = DESK) -> bool:
    return resume_session(store, token, address, None, now_s) is not None


def test_a_session_that_is_not_used_ends(store: Store, token: str) -> None:
    assert is_good(store, token, NOW_S + IDLE_S - 1)
    assert not is_good(store, token, NOW_S + 2 * IDLE_S)


def test_a_session_that_is_used_goes_on_until_the_shift_is_over(store: Store, token: str) -> None:
    at_s = NOW_S
    while at_s < NOW_S + ABSOLUTE_S:
        assert is_good(store, token, at_s)
        at_s += IDLE_S / 2
    assert not is_good(store, token, NOW_S + ABSOLUTE_S)


def test_a_token_shown_from_another_address_ends_and_is_written_down(store: Store, token: str) -> None:
    assert not is_good(store, token, address=ELSEWHERE)
    assert not is_good(store, token)
    moved = read_audit(store)[0]
    assert (moved.who, moved.deed, moved.subject, moved.address) == ("north_desk", "session.moved", DESK, ELSEWHERE)


def test_the_store_does_not_hold_the_token(store: Store, token: str) -> None:
    (kept,) = store.one("SELECT token_hash FROM session WHERE begun_s = ?", NOW_S) or (b"",)
    assert len(kept) == 32
    assert token.encode() not in bytes(kept)
    assert not is_good(store, bytes(kept).hex())


@pytest.mark.parametrize("other", ["", "x", "A" * 43, "\ud800"])
def test_another_token_is_nobodys(store: Store, token: str, other: str) -> None:
    assert not is_good(store, other)
    assert is_good(store, token)


def test_a_session_that_was_ended_stays_ended(store: Store, token: str) -> None:
    end_session(store, token, NORTH_DESK)
    assert not is_good(store, token)


def test_signing_in_ends_the_session_whose_token_was_shown(store: Store, token: str) -> None:
    staff = make_staff(store)
    done = sign_in(staff, right(staff, "north_desk", NOW_S), DESK, NOW_S, shown_token=token)
    assert isinstance(done, SignedIn)
    assert done.token != token
    assert not is_good(store, token)


def test_a_person_has_few_sessions_and_the_oldest_ends(store: Store, token: str) -> None:
    later = [begin_session(store, Actor("north_desk", DESK, NOW_S + k)) for k in range(1, MOST + 1)]
    assert not is_good(store, token, NOW_S + MOST)
    assert all(is_good(store, each, NOW_S + MOST) for each in later)


def test_an_administrator_ends_all_sessions_of_a_person(store: Store, token: str) -> None:
    end_sessions_of(make_staff(store), Actor("root", DESK, NOW_S), "north_desk")
    assert not is_good(store, token)


def test_another_role_ends_the_sessions_and_another_duty_does_not(store: Store, token: str) -> None:
    staff = make_staff(store)
    enrolled(staff, "root", Role.ADMINISTRATOR)
    change_person(staff, Actor("root", DESK, NOW_S), "north_desk", "southern desk", None, None)
    assert is_good(store, token)
    change_person(staff, Actor("root", DESK, NOW_S), "north_desk", None, Role.SUPERVISOR, None)
    assert not is_good(store, token)


def test_sessions_that_are_over_are_not_kept(store: Store, token: str) -> None:
    staff = make_staff(store)
    forget_code(staff, "north_desk")
    begin_session(store, Actor("north_desk", DESK, NOW_S + ABSOLUTE_S))
    assert store.one("SELECT count(*) FROM session") == (1,)
