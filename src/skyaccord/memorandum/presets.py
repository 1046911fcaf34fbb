"""The memoranda that come with the package: outlines of what is publicly known, and common yardsticks."""

from __future__ import annotations

from difflib import get_close_matches
from importlib.resources import files
from importlib.resources.abc import Traversable

from skyaccord.errors import MemorandumError
from skyaccord.memorandum.document import Memorandum
from skyaccord.memorandum.load import read_memorandum


def preset_names() -> tuple[str, ...]:
    """Return the names of the presets, sorted."""
    return tuple(sorted(_presets()))


def preset(name: str) -> Memorandum:
    """Return a preset memorandum.

    Raises:
        MemorandumError: no preset of that name.
    """
    return read_memorandum(preset_text(name), f"preset {name}")


def preset_text(name: str) -> str:
    """Return the TOML of a preset, to begin a memorandum of one's own from."""
    presets = _presets()
    if name not in presets:
        near = get_close_matches(name, presets, n=1)
        hint = f"Did you mean {near[0]!r}? " if near else ""
        raise MemorandumError(f"preset {name}", "there is none", f"{hint}Presets: {', '.join(sorted(presets))}")
    return presets[name].read_text(encoding="utf-8")


def _presets() -> dict[str, Traversable]:
    folder = files("skyaccord.data") / "presets"
    return {item.name.removesuffix(".toml"): item for item in folder.iterdir() if item.name.endswith(".toml")}
