"""Forms made of forms: one that may be absent, a list, an object, and one object of several."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from skyaccord.errors import MemberError
from skyaccord.hotline.forms.form import Form, refuse, within
from skyaccord.model.canonical_json import Json

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Maybe(Generic[T]):
    """A form, or null where there is nothing to say."""

    form: Form[T]

    def read(self, value: Json, place: str) -> T | None:
        """Return the value, ``None`` for null."""
        return None if value is None else self.form.read(value, place)

    def write(self, value: T | None) -> Json:
        """Return null for ``None``."""
        return None if value is None else self.form.write(value)


@dataclass(frozen=True, slots=True)
class Several(Generic[T]):
    """A list of different values, in an order that the writer chose."""

    form: Form[T]
    least: int
    most: int

    def read(self, value: Json, place: str) -> tuple[T, ...]:
        """Return the values."""
        if not isinstance(value, list | tuple) or not self.least <= len(value) <= self.most:
            refuse(place, value, f"a list of {self.least} to {self.most}")
        found = tuple(self.form.read(item, f"{place}[{number}]") for number, item in enumerate(value))
        if len(set(found)) < len(found):
            refuse(place, value, "a list in which nothing stands twice")
        return found

    def write(self, value: tuple[T, ...]) -> Json:
        """Return a list."""
        return [self.form.write(item) for item in value]


@dataclass(frozen=True, slots=True)
class Field:
    """A member of an object: its name in JSON, its form, and the attribute that holds it where that has a unit."""

    name: str
    form: Form[Any]
    held_as: str = ""

    @property
    def attribute(self) -> str:
        """Return the name of the attribute."""
        return self.held_as or self.name


@dataclass(frozen=True, slots=True)
class Layout(Generic[T]):
    """An object: exactly these members. ``make`` may refuse members that do not go together, by `MemberError`."""

    make: Callable[..., T]
    fields: tuple[Field, ...]

    @property
    def names(self) -> frozenset[str]:
        """Return the names of the members."""
        return frozenset(field.name for field in self.fields)

    def read(self, value: Json, place: str = "") -> T:
        """Return what an object states."""
        if not isinstance(value, Mapping):
            refuse(place, value, "an object: {…}")
        self._refuse_other_names(value, place)
        parts = {
            field.attribute: field.form.read(value[field.name], within(place, field.name)) for field in self.fields
        }
        try:
            return self.make(**parts)
        except MemberError as error:
            raise MemberError(within(place, error.member), error.problem, error.expected) from None

    def write(self, value: T) -> dict[str, Json]:
        """Return the object that states it."""
        return {field.name: field.form.write(getattr(value, field.attribute)) for field in self.fields}

    def _refuse_other_names(self, value: Mapping[str, Json], place: str) -> None:
        missing, more = sorted(self.names - value.keys()), sorted(value.keys() - self.names)
        if missing or more:
            problem = "is missing" if missing else "is unknown"
            raise MemberError(within(place, (missing or more)[0][:64]), problem, ", ".join(sorted(self.names)))


@dataclass(frozen=True, slots=True)
class OneOf:
    """One of several objects, told apart by the names of their members."""

    layouts: tuple[tuple[type, Layout[Any]], ...]

    def read(self, value: Json, place: str) -> Any:
        """Return what the object states."""
        keys = frozenset(value) if isinstance(value, Mapping) else None
        found = next((layout for _, layout in self.layouts if layout.names == keys), None)
        if found is None:
            known = ("{" + ", ".join(sorted(layout.names)) + "}" for _, layout in self.layouts)
            refuse(place, value, " or ".join(known))
        return found.read(value, place)

    def write(self, value: object) -> Json:
        """Return the object that states it."""
        return self.layout_of(value).write(value)

    def layout_of(self, value: object) -> Layout[Any]:
        """Return the layout in which a value is written."""
        return dict(self.layouts)[type(value)]
