"""Ids for tracks in files that name them for people only."""

from __future__ import annotations

import re
from pathlib import PurePath
from typing import Final

_ADDRESS: Final = re.compile(r"~?[0-9a-fA-F]{6}")


def track_id(file: str, label: str, number: int) -> str:
    """Return an id for the track of this label; without label, for the ``number``-th of the file.

    A label that is a 24-bit address is the id. Any other is joined to the file's name: two receivers call their tracks
    alike, and two aircraft taken for one would never be near each other.
    """
    label = label.strip()
    if _ADDRESS.fullmatch(label):
        return label
    stem = PurePath(file).name.partition(".")[0] or "track"
    return f"{stem}:{label or number}"
