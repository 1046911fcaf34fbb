"""The examples that come with the presets."""

from __future__ import annotations

from importlib.resources import files

from skyaccord.memorandum.presets import preset
from skyaccord.rules.examples.example import Example
from skyaccord.rules.examples.read_examples import read_examples


def preset_examples(name: str) -> tuple[Example, ...]:
    """Return the examples of a preset, in the order of their file; none where it has no file of them.

    Raises:
        MemorandumError: no preset of that name.
        InputError: the file is wrong.
    """
    memorandum = preset(name)
    file = files("skyaccord.data") / "presets" / "examples" / f"{name}.toml"
    return read_examples(file.read_text(encoding="utf-8"), memorandum, f"examples of {name}") if file.is_file() else ()
