"""What a form is, and how a value that has another is refused."""

from __future__ import annotations

from typing import Never, Protocol, TypeVar

from skyaccord.errors import MemberError
from skyaccord.model.canonical_json import Json

T = TypeVar("T")


class Form(Protocol[T]):
    """A form of JSON values: one value here for each value there."""

    def read(self, value: Json, place: str) -> T:
        """Return what a JSON value stands for; raise `MemberError`, with its place, where it has another form."""

    def write(self, value: T) -> Json:
        """Return the JSON value that stands for a value."""


def refuse(place: str, value: object, expected: str) -> Never:
    """Raise `MemberError` for what came at a place."""
    raise MemberError(place, f"is {ascii(value)[:80]}", expected)


def within(place: str, name: str) -> str:
    """Return the place of a member: ``volumes[0].floor``."""
    return f"{place}.{name}" if place else name
