"""Quantities as text that loses no digit: what is hashed, printed in rules and read back."""

from __future__ import annotations

from skyaccord.model.canonical_json import format_number
from skyaccord.units import Quantity


def format_quantity(quantity: Quantity) -> str:
    """Return ``"3 NM"``: the unit as written, the number in its shortest exact form (``3.0`` is ``3``)."""
    return f"{format_number(quantity.value)} {quantity.unit}"


def format_duration(duration_s: float) -> str:
    """Return ``"180 s"``: durations are written in seconds, whatever they were written in."""
    return f"{format_number(duration_s)} s"
