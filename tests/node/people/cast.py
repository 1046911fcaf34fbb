"""Accounts for tests, at a cost that lets many sign in."""

from __future__ import annotations

from skyaccord.node.people.administration import OneTimePassword, add_person
from skyaccord.node.people.audit import LOCAL, NODE, Actor
from skyaccord.node.people.one_time_code import STEP_S, code_at, step_at
from skyaccord.node.people.own_account import enrol, offer_authenticator
from skyaccord.node.people.password import Cost
from skyaccord.node.people.person import Person, change, find_person
from skyaccord.node.people.roles import Role
from skyaccord.node.people.sign_in import Credentials, SignedIn
from skyaccord.node.people.staff import Staff, code_purpose
from skyaccord.node.people.vault import Vault
from skyaccord.node.store.store import Store

NOW_S = 1_796_083_200.0
"""1 December 2026, noon UTC."""

CHEAP = Cost(log2_n=4, r=1, p=1)
DESK = "192.0.2.10"
ELSEWHERE = "198.51.100.7"
PASSWORD = "four plain words here"  # noqa: S105 - of nobody


def make_staff(store: Store) -> Staff:
    return Staff("blue", store, Vault(bytes(range(32))), CHEAP)


def person(staff: Staff, name: str) -> Person:
    found = find_person(staff.store, name)
    assert found is not None
    return found


def invite(staff: Staff, name: str, role: Role = Role.DUTY_OFFICER, now_s: float = NOW_S) -> str:
    """Open an account and return its one-time password."""
    given = add_person(staff, Actor(NODE, LOCAL, now_s), name, f"{role} of the north", role)
    assert isinstance(given, OneTimePassword)
    return given.password


def enrolled(staff: Staff, name: str, role: Role = Role.DUTY_OFFICER, now_s: float = NOW_S) -> str:
    """Open an account, enrol it an hour before ``now_s``, and return its session's token."""
    before_s = now_s - 3600.0
    invite(staff, name, role, before_s)
    offer_authenticator(staff, person(staff, name))
    actor = Actor(name, DESK, before_s)
    done = enrol(staff, actor, PASSWORD, offered_code(staff, name, before_s))
    assert isinstance(done, SignedIn)
    return done.token


def offered_code(staff: Staff, name: str, now_s: float) -> str:
    sealed = person(staff, name).next_code_secret
    assert sealed is not None
    return code_at(staff.vault.unseal(sealed, code_purpose(name)), step_at(now_s))


def code(staff: Staff, name: str, now_s: float) -> str:
    """Return what the person's authenticator shows."""
    sealed = person(staff, name).code_secret
    assert sealed is not None
    return code_at(staff.vault.unseal(sealed, code_purpose(name)), step_at(now_s))


def right(staff: Staff, name: str, now_s: float) -> Credentials:
    return Credentials(name, PASSWORD, code(staff, name, now_s))


def wrong(name: str) -> Credentials:
    return Credentials(name, "not the password", "000000")


def forget_code(staff: Staff, name: str) -> None:
    """Let the code of this half minute serve once more: for tests about something else."""
    change(staff.store, name, code_step=0)


def later(steps: int) -> float:
    return NOW_S + steps * STEP_S
