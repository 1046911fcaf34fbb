"""A person's account, as it stands in the store."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Final

from skyaccord.node.people.roles import Role
from skyaccord.node.store.store import Row, Store

NAME: Final = re.compile(r"[a-z][a-z0-9._-]{0,30}[a-z0-9]")
"""What a person signs in as; it stands in paths and in the audit as it is."""

DUTY: Final = re.compile(r"[^\x00-\x1f\x7f-\x9f\ud800-\udfff]{1,80}")
"""What the other party may be told: a duty, such as ``duty officer, northern desk``."""

_COLUMNS: Final = (
    "name, duty, role, is_active, password, password_until_s, code_secret, code_step, next_code_secret, certificate"
)


@dataclass(frozen=True, slots=True)
class Person:
    """An account; secrets are not shown where it is printed."""

    name: str
    duty: str
    role: Role
    is_active: bool
    password: str | None = field(repr=False)
    """What is kept of it; ``None`` where the person signs in with a certificate alone."""

    password_until_s: float | None
    """When a one-time password ends; ``None`` for one that the person chose."""

    code_secret: bytes | None = field(repr=False)
    """Of the authenticator, sealed; ``None`` before enrolment."""

    code_step: int
    """The step of the last code that was used."""

    next_code_secret: bytes | None = field(repr=False)
    """Offered for enrolment and not yet confirmed, sealed."""

    certificate: str | None
    """SHA-256 of the certificate with which the person may sign in."""

    @property
    def is_enrolled(self) -> bool:
        """Whether the person has chosen a password and has an authenticator."""
        return self.code_secret is not None and self.password is not None and self.password_until_s is None


def find_person(store: Store, name: str) -> Person | None:
    """Return the account of a name."""
    return _first(store, "name", name)


def person_of_certificate(store: Store, fingerprint: str) -> Person | None:
    """Return the account that a certificate was given to."""
    return _first(store, "certificate", fingerprint)


def all_people(store: Store) -> Sequence[Person]:
    """Return all accounts, by name."""
    return [_person(row) for row in store.all(f"SELECT {_COLUMNS} FROM person ORDER BY name")]  # noqa: S608


def change(store: Store, name: str, **values: object) -> None:
    """Set columns of an account."""
    set_to = ", ".join(f"{column} = ?" for column in values)
    store.all(f"UPDATE person SET {set_to} WHERE name = ?", *values.values(), name)  # noqa: S608 - our own names


def _first(store: Store, column: str, value: str) -> Person | None:
    row = store.one(f"SELECT {_COLUMNS} FROM person WHERE {column} = ?", value)  # noqa: S608 - our own names
    return _person(row) if row else None


def _person(row: Row) -> Person:
    name, duty, role, is_active, *rest = row
    return Person(name, duty, Role(role), bool(is_active), *rest)
