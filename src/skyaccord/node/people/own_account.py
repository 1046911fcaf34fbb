"""What people do with their own accounts: enrol an authenticator, and choose a password."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TypeAlias

from skyaccord.node.people.audit import Actor, Deed, write_down
from skyaccord.node.people.one_time_code import accepted_step, authenticator_uri, make_secret, secret_text
from skyaccord.node.people.password import fault_of, hash_password
from skyaccord.node.people.person import Person, change, find_person
from skyaccord.node.people.sessions import begin_session, end_all_sessions
from skyaccord.node.people.sign_in import HeldUp, SignedIn, is_confirmed
from skyaccord.node.people.staff import Staff, code_purpose


class Fault(StrEnum):
    """Why an account was not changed."""

    PASSWORD = "password"  # noqa: S105 - a word, no password
    CODE = "code"
    CONFIRMATION = "confirmation"


@dataclass(frozen=True, slots=True)
class NotChanged:
    """What was wrong, in words for the person."""

    fault: Fault
    words: str


@dataclass(frozen=True, slots=True)
class Offer:
    """A secret for an authenticator, shown once."""

    secret: str
    uri: str


Changed: TypeAlias = SignedIn | NotChanged | HeldUp

_CONFIRM = NotChanged(Fault.CONFIRMATION, "the present password or the code is not right")


def offer_authenticator(staff: Staff, person: Person) -> Offer:
    """Return a new secret; it counts once a code of it has been shown."""
    secret = make_secret()
    change(staff.store, person.name, next_code_secret=staff.vault.seal(secret, code_purpose(person.name)))
    return Offer(secret_text(secret), authenticator_uri(secret, staff.party, person.name))


def enrol(staff: Staff, actor: Actor, password: str, code: str) -> Changed:
    """Take a chosen password and the authenticator that was offered; all sessions end and a whole one begins."""
    person = find_person(staff.store, actor.who)
    if person is None or person.next_code_secret is None:
        return NotChanged(Fault.CODE, "no authenticator was offered; ask for one first")
    if fault := fault_of(password, person.name):
        return NotChanged(Fault.PASSWORD, fault)
    secret = staff.vault.unseal(person.next_code_secret, code_purpose(person.name))
    step = accepted_step(secret, code, actor.now_s, 0)
    if step is None:
        return NotChanged(Fault.CODE, "it is not the code that the authenticator shows now; look at its clock")
    values: dict[str, object] = {"code_secret": person.next_code_secret, "next_code_secret": None, "code_step": step}
    return _renew(staff, actor, password, Deed.ENROLLED, values)


def change_password(staff: Staff, actor: Actor, present: str, code: str, password: str) -> Changed:
    """Take another password, where the present one and a code were shown; all sessions end and another begins."""
    person = find_person(staff.store, actor.who)
    if person is None or not person.is_enrolled:
        return _CONFIRM
    if fault := fault_of(password, person.name):
        return NotChanged(Fault.PASSWORD, fault)
    confirmed = is_confirmed(staff, person, present, code, actor.address, actor.now_s)
    if isinstance(confirmed, HeldUp):
        return confirmed
    return _renew(staff, actor, password, Deed.PASSWORD_CHANGED, {}) if confirmed else _CONFIRM


def _renew(staff: Staff, actor: Actor, password: str, deed: Deed, values: dict[str, object]) -> SignedIn:
    kept = hash_password(password, staff.cost)
    with staff.store.transaction():
        change(staff.store, actor.who, password=kept, password_until_s=None, **values)
        end_all_sessions(staff.store, actor.who)
        write_down(staff.store, actor, deed)
        return SignedIn(begin_session(staff.store, actor), False)
