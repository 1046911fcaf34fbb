"""Every command and every option is documented."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import typer

from skyaccord.cli.main import app

COMMANDS = (Path(__file__).parents[2] / "docs" / "commands.md").read_text()
HIDDEN = {"--help", "-h", "--install-completion", "--show-completion", "--version"}


def options() -> list[tuple[str, str]]:
    found = []

    def walk(command: Any, path: str) -> None:
        inner = getattr(command, "commands", {})
        for name in inner:
            walk(inner[name], f"{path} {name}")
        if not inner:
            found.extend((path, option) for each in command.params for option in each.opts)

    walk(typer.main.get_command(app), "skyaccord")
    return [(path, option) for path, option in found if option.startswith("--") and option not in HIDDEN]


@pytest.mark.parametrize(("command", "option"), options())
def test_option_is_documented(command: str, option: str) -> None:
    section = COMMANDS.split(f"## `{' '.join(command.split()[:2])}")[1].split("\n## ")[0]
    assert option in section, f"{command} {option}"


def test_formats_that_are_read_are_listed() -> None:
    for name in ("SBS-1", "Beast", "GDL 90", "CAT021", "CAT048", "CAT062", "KML", "GPX", "GeoJSON", "Cursor on Target"):
        assert name in COMMANDS
