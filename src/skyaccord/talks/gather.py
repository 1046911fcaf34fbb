"""Positions by the names that people give: files, folders of them, and the examples of the package."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from difflib import get_close_matches
from importlib.resources import files
from pathlib import Path
from typing import Final

from skyaccord.errors import TalksError
from skyaccord.talks.position import Position
from skyaccord.talks.read_position import load_position, read_position

MOST_FILES: Final = 5000
"""Positions of one talks: more are a folder named by mistake."""


def example_names() -> tuple[str, ...]:
    """Return the names of the talks that travel with the package, sorted."""
    return tuple(sorted(item.name for item in (files("skyaccord.data") / "talks").iterdir() if item.is_dir()))


def example_positions(name: str) -> tuple[Position, ...]:
    """Return the positions of an example.

    Raises:
        TalksError: there is none of that name.
    """
    if name not in example_names():
        near = get_close_matches(name, example_names(), n=1)
        hint = f"Did you mean {near[0]!r}? " if near else ""
        cure = f"{hint}Name position files, a folder of them, or one of {', '.join(example_names())}"
        raise TalksError(name, "there is no such file, folder or example", cure)
    folder = files("skyaccord.data") / "talks" / name
    items = sorted((item for item in folder.iterdir() if item.name.endswith(".toml")), key=lambda item: item.name)
    return tuple(read_position(item.read_text(encoding="utf-8"), f"{name}/{item.name}") for item in items)


def gather_positions(names: Sequence[str]) -> tuple[Position, ...]:
    """Return the positions of files, folders and examples."""
    return tuple(position for name in names for position in _of(name))


def _of(name: str) -> Iterator[Position]:
    path = Path(name)
    if path.is_file():
        yield load_position(path)
    elif path.is_dir():
        found = sorted(path.glob("*.toml"))
        if not 0 < len(found) <= MOST_FILES:
            raise TalksError(name, f"the folder has {len(found)} files *.toml", "Name a folder of position files")
        for file in found:
            yield load_position(file)
    else:
        yield from example_positions(name)
