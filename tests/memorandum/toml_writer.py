"""Writes the content of a TOML file again, in one plain layout or in a random one of the same meaning."""

from __future__ import annotations

import json
from datetime import datetime
from random import Random
from typing import Any


def write_toml(content: dict[str, Any], rng: Random | None) -> str:
    """Return TOML of the content; with a generator, in a layout at random, its keys in any order."""
    return "\n".join(_table(content, (), rng or Random(0), rng is not None)) + "\n"  # noqa: S311 - layout, not secrets


def _table(content: dict[str, Any], path: tuple[str, ...], rng: Random, is_random: bool) -> list[str]:
    """Return statements of a table: plain keys first, since a header would swallow them."""
    keys = list(content)
    if is_random:
        rng.shuffle(keys)
    headed = [key for key in keys if _wants_header(content[key], path, rng, is_random)]
    lines = [
        f"{_key(key, rng, is_random)}{_blank(rng, is_random)}={_value(content[key], rng, is_random)}"
        for key in keys
        if key not in headed
    ]
    if is_random:
        lines = [line for pair in ((line, _comment(rng)) for line in lines) for line in pair if line is not None]
    for key in headed:
        inner = (*path, key)
        name = ".".join(_key(step, rng, is_random) for step in inner)
        for item, header in _headers(content[key], name):
            lines += ["", header, *_table(item, inner, rng, is_random)]
    return lines


def _headers(value: Any, name: str) -> list[tuple[dict[str, Any], str]]:
    if isinstance(value, list):
        return [(item, f"[[{name}]]") for item in value]
    return [(value, f"[{name}]")]


def _wants_header(value: Any, path: tuple[str, ...], rng: Random, is_random: bool) -> bool:
    can = isinstance(value, dict) or (isinstance(value, list) and bool(value) and isinstance(value[0], dict))
    return can and (not is_random or rng.random() < 0.7)


def _key(key: str, rng: Random, is_random: bool) -> str:
    return rng.choice([key, f'"{key}"', f"'{key}'"]) if is_random else key


def _blank(rng: Random, is_random: bool) -> str:
    return rng.choice(["", " ", "\t", "    "]) if is_random else " "


def _comment(rng: Random) -> str | None:
    return rng.choice([None, "", '# [[provision]] id = \'x\' """', "   # note"])


def _value(value: Any, rng: Random, is_random: bool) -> str:
    blank = _blank(rng, is_random)
    match value:
        case bool():
            return "true" if value else "false"
        case str():
            return blank + _text(value, rng, is_random)
        case datetime():
            return blank + value.isoformat(sep=rng.choice("T ") if is_random else "T")
        case list():
            end = rng.choice(["", "\n  # ]\n"]) if is_random else ""
            return f"{blank}[{end}{f',{blank}{end}'.join(_value(item, rng, is_random) for item in value)}{end}]"
        case dict():
            keys = list(value)
            if is_random:
                rng.shuffle(keys)
            inner = f",{blank}".join(
                f"{_key(key, rng, is_random)} = {_value(value[key], rng, is_random)}" for key in keys
            )
            return f"{blank}{{{blank}{inner}{blank}}}"
        case _:
            return blank + repr(value)


def _text(text: str, rng: Random, is_random: bool) -> str:
    forms = [json.dumps(text)]
    if "'''" not in text and not text.endswith("'"):
        forms.append(f"'''\n{text}'''")
    if '"' not in text and "\\" not in text:
        forms.append(f'"""\\\n   {text}"""' if not text.startswith(("\n", " ")) else f'"""\n{text}"""')
    if "'" not in text and "\n" not in text:
        forms.append(f"'{text}'")
    return rng.choice(forms) if is_random else forms[0]
