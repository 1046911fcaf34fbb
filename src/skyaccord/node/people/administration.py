"""What an administrator does with the accounts of others."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from skyaccord.node.people.audit import Actor, Deed, write_down
from skyaccord.node.people.password import ONE_TIME_LIFE_S, hash_password, one_time_password
from skyaccord.node.people.person import Person, all_people, change, find_person
from skyaccord.node.people.roles import Act, Role, may
from skyaccord.node.people.sessions import end_all_sessions
from skyaccord.node.people.staff import Staff


class Unchanged(StrEnum):
    """Why nothing was done."""

    UNKNOWN = "unknown"
    TAKEN = "taken"
    LAST_ADMINISTRATOR = "last_administrator"


@dataclass(frozen=True, slots=True)
class OneTimePassword:
    """A password that is shown once, to be passed on by word of mouth."""

    password: str
    until_s: float


def add_person(staff: Staff, actor: Actor, name: str, duty: str, role: Role) -> OneTimePassword | Unchanged:
    """Open an account and return its one-time password."""
    given, kept = _make_one_time(staff, actor.now_s)
    with staff.store.transaction():
        if find_person(staff.store, name) is not None:
            return Unchanged.TAKEN
        sql = "INSERT INTO person (name, duty, role, is_active, password, password_until_s) VALUES (?, ?, ?, 1, ?, ?)"
        staff.store.all(sql, name, duty, role.value, kept, given.until_s)
        write_down(staff.store, actor, Deed.PERSON_ADDED, f"{name} as {role}")
    return given


def reset_person(staff: Staff, actor: Actor, name: str) -> OneTimePassword | Unchanged:
    """Take password, authenticator, certificate and sessions from a person and return a new one-time password."""
    given, kept = _make_one_time(staff, actor.now_s)
    with staff.store.transaction():
        if find_person(staff.store, name) is None:
            return Unchanged.UNKNOWN
        change(staff.store, name, password=kept, password_until_s=given.until_s)
        change(staff.store, name, code_secret=None, next_code_secret=None, code_step=0, certificate=None)
        end_all_sessions(staff.store, name)
        write_down(staff.store, actor, Deed.PERSON_RESET, name)
    return given


def change_person(
    staff: Staff, actor: Actor, name: str, duty: str | None, role: Role | None, is_active: bool | None
) -> Person | Unchanged:
    """Set what is not ``None`` and return the account; a new role or none at all ends the person's sessions."""
    with staff.store.transaction():
        person = find_person(staff.store, name)
        if person is None:
            return Unchanged.UNKNOWN
        new_role = role or person.role
        stays = person.is_active if is_active is None else is_active
        if not (stays and may(new_role, Act.CHANGE_PEOPLE)) and _is_last_administrator(staff, person):
            return Unchanged.LAST_ADMINISTRATOR
        change(staff.store, name, duty=duty or person.duty, role=new_role.value, is_active=int(stays))
        if new_role != person.role or not stays:
            end_all_sessions(staff.store, name)
        changed = find_person(staff.store, name) or person
        what = f"{name}: {changed.role}, {'active' if changed.is_active else 'not active'}, {changed.duty}"
        write_down(staff.store, actor, Deed.PERSON_CHANGED, what)
        return changed


def end_sessions_of(staff: Staff, actor: Actor, name: str) -> Person | Unchanged:
    """End all sessions of a person."""
    with staff.store.transaction():
        person = find_person(staff.store, name)
        if person is None:
            return Unchanged.UNKNOWN
        end_all_sessions(staff.store, name)
        write_down(staff.store, actor, Deed.SESSIONS_ENDED, name)
        return person


def give_certificate(staff: Staff, actor: Actor, name: str, fingerprint: str) -> Person | Unchanged:
    """Let a person sign in with a certificate that the node's authority has issued; an earlier one no longer serves."""
    with staff.store.transaction():
        person = find_person(staff.store, name)
        if person is None:
            return Unchanged.UNKNOWN
        change(staff.store, name, certificate=fingerprint)
        end_all_sessions(staff.store, name)
        write_down(staff.store, actor, Deed.CERTIFICATE_GIVEN, f"{name}: {fingerprint}")
        return person


def _make_one_time(staff: Staff, now_s: float) -> tuple[OneTimePassword, str]:
    password = one_time_password()
    return OneTimePassword(password, now_s + ONE_TIME_LIFE_S), hash_password(password, staff.cost)


def _is_last_administrator(staff: Staff, person: Person) -> bool:
    able = [each.name for each in all_people(staff.store) if each.is_active and may(each.role, Act.CHANGE_PEOPLE)]
    return able == [person.name]
