"""One message of each kind as it travels, written by hand: `golden.txt` has kind, version and canonical JSON a line."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any, Final

from skyaccord.hotline.bodies.body import Body
from skyaccord.hotline.kinds import decode

_LINES: Final = [line.split(" ", 2) for line in (Path(__file__).parent / "golden.txt").read_text("utf-8").splitlines()]
GOLDEN: Final = {name: text.encode() for name, _, text in _LINES}


def content(name: str) -> dict[str, Any]:
    """Return the members of the message of a kind, to be changed at will."""
    made: dict[str, Any] = json.loads(GOLDEN[f"hotline.{name}"])
    return made


def body(name: str, **changes: Any) -> Body:
    """Return the message of a kind, with members of its own changed; those of the heading as ``heading__name``."""
    members = content(name)
    for key, value in changes.items():
        place, _, member = key.rpartition("__")
        (members[place] if place else members)[member] = value
    return decode(f"hotline.{name}", 1, members)
