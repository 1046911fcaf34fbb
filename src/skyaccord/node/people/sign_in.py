"""Signing in: a password and a code, or a certificate. Whatever was wrong, the answer and its time are the same."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeAlias

from skyaccord.node.people.attempts import begin_attempt, was_right
from skyaccord.node.people.audit import Actor, Deed, write_down
from skyaccord.node.people.one_time_code import accepted_step
from skyaccord.node.people.password import is_password
from skyaccord.node.people.person import Person, change, find_person, person_of_certificate
from skyaccord.node.people.sessions import begin_session
from skyaccord.node.people.staff import Staff, code_purpose


@dataclass(frozen=True, slots=True)
class SignedIn:
    """A session has begun."""

    token: str
    is_partial: bool


@dataclass(frozen=True, slots=True)
class NotSignedIn:
    """Something was wrong: the name, the password, the code or the certificate."""


@dataclass(frozen=True, slots=True)
class HeldUp:
    """Too many attempts; nothing was looked at."""

    wait_s: float


SignIn: TypeAlias = SignedIn | NotSignedIn | HeldUp


@dataclass(frozen=True, slots=True)
class Credentials:
    """What a person types."""

    name: str
    password: str
    code: str
    """Of the authenticator; anything before enrolment."""


def sign_in(staff: Staff, given: Credentials, address: str, now_s: float, shown_token: str | None = None) -> SignIn:
    """Begin a session by password and code, if both are right and there were not too many attempts.

    A one-time password begins a session that serves for enrolment alone.
    """
    number, wait_s = begin_attempt(staff.store, given.name, address, now_s)
    if number == 0:
        return HeldUp(wait_s)
    person = find_person(staff.store, given.name)
    kept = person.password if person and person.password else staff.decoy
    is_right = is_password(given.password, kept)
    with staff.store.transaction():
        person = find_person(staff.store, given.name)  # it may have changed while the hash was made
        if not (is_right and person and person.password == kept and _take_code(staff, person, given.code, now_s)):
            known = given.name if person else "-"  # what was typed for a name may be a password
            write_down(staff.store, Actor(known, address, now_s), Deed.SESSION_REFUSED, "password")
            return NotSignedIn()
        was_right(staff.store, person.name, address, now_s)
        is_partial = not person.is_enrolled
        actor = Actor(person.name, address, now_s)
        token = begin_session(staff.store, actor, is_partial=is_partial, replacing=shown_token)
    return SignedIn(token, is_partial)


def sign_in_with_certificate(
    staff: Staff, fingerprint: str | None, address: str, now_s: float, shown_token: str | None = None
) -> SignIn:
    """Begin a session for the person that a certificate was given to.

    The listener has seen to it that the certificate is one of this node's authority, valid now and not revoked.
    """
    with staff.store.transaction():
        person = person_of_certificate(staff.store, fingerprint) if fingerprint else None
        if fingerprint is None or person is None or not person.is_active:
            actor = Actor(person.name if person else "-", address, now_s)
            write_down(staff.store, actor, Deed.SESSION_REFUSED, "certificate")
            return NotSignedIn()
        actor = Actor(person.name, address, now_s)
        return SignedIn(begin_session(staff.store, actor, certificate=fingerprint, replacing=shown_token), False)


def is_confirmed(staff: Staff, person: Person, password: str, code: str, address: str, now_s: float) -> bool | HeldUp:
    """Return whether a person who is signed in has shown password and code once more; counted like signing in."""
    number, wait_s = begin_attempt(staff.store, person.name, address, now_s)
    if number == 0:
        return HeldUp(wait_s)
    is_right = is_password(password, person.password or staff.decoy)
    with staff.store.transaction():
        if not is_right or not _take_code(staff, person, code, now_s):
            return False
        was_right(staff.store, person.name, address, now_s)
    return True


def _take_code(staff: Staff, person: Person, code: str, now_s: float) -> bool:
    """Return whether a person may begin a session with a code, and use it up."""
    if not person.is_active:
        return False
    if person.password_until_s is not None:
        return now_s < person.password_until_s
    if person.code_secret is None:
        return False
    secret = staff.vault.unseal(person.code_secret, code_purpose(person.name))
    step = accepted_step(secret, code, now_s, person.code_step)
    if step is None:
        return False
    change(staff.store, person.name, code_step=step)
    return True
