"""Says a message: one walk through its layout, so that no member can be left out in one of the languages."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from skyaccord.hotline.bodies.body import Body
from skyaccord.hotline.forms.compound import Field, Layout, Maybe, OneOf, Several
from skyaccord.hotline.forms.form import Form
from skyaccord.hotline.forms.instants import Instant
from skyaccord.hotline.forms.numbers import Flag, Length, Position, Whole
from skyaccord.hotline.forms.texts import Word
from skyaccord.hotline.kinds import find_kind
from skyaccord.hotline.words.numbers import say_instant, say_number, say_place, say_quantity
from skyaccord.hotline.words.wordbook import word

_INDENT = "  "


def say(body: Body, language: str) -> str:
    """Return a message in words: its kind, what that is and is not, and each member on a line of its own.

    Free text stands as it was written, in the language that the message names.

    Args:
        body: the message.
        language: ``en`` or ``ru``.
    """
    kind = find_kind(body)
    short = kind.name.removeprefix("hotline.")
    head = [word("kind", short, language), word("says", short, language)]
    return "\n".join((*head, *_members(kind.versions[kind.newest], body, language)))


def _members(layout: Layout[Any], value: object, language: str, indent: str = "") -> Iterator[str]:
    for field in layout.fields:
        part = getattr(value, field.attribute)
        if isinstance(field.form, Layout) and field.name == "heading":
            yield from _members(field.form, part, language, indent)
        else:
            yield from _member(field, part, language, indent)


def _member(field: Field, value: object, language: str, indent: str) -> Iterator[str]:
    label = f"{indent}{word('field', field.name, language)}"
    inner = _inner(field.form)
    if isinstance(inner, Layout | OneOf) and value is not None and value != ():
        values = value if isinstance(value, tuple) else (value,)
        for number, each in enumerate(values, start=1):
            yield f"{label} {number}:" if isinstance(value, tuple) else f"{label}:"
            yield from _members(_layout(inner, each), each, language, indent + _INDENT)
    else:
        lines = _plain(inner, value, language).split("\n")
        yield f"{label}: {lines[0]}"
        yield from (f"{indent}{_INDENT}{line}" for line in lines[1:])


def _inner(form: Form[Any]) -> Form[Any]:
    """Return the form of what a list or an absent value may hold."""
    while isinstance(form, Maybe | Several):
        form = form.form
    return form


def _layout(form: Layout[Any] | OneOf, value: object) -> Layout[Any]:
    return form.layout_of(value) if isinstance(form, OneOf) else form


def _plain(form: Form[Any], value: Any, language: str) -> str:
    if value is None:
        return word("word", "unknown", language)
    if value == ():
        return word("word", "none", language)
    if isinstance(value, tuple) and not isinstance(form, Position):
        return "; ".join(_plain(form, each, language) for each in value)
    match form:
        case Instant():
            return say_instant(value)
        case Length():
            return say_quantity(value, language)
        case Whole():
            return say_number(value, language)
        case Flag():
            return word("word", "true" if value else "false", language)
        case Position():
            places = value if isinstance(value[0], tuple) else (value,)
            return "; ".join(say_place(place, language) for place in places)
        case Word():
            return word(form.words.__name__, value.value, language)
        case _:
            return str(value)
