"""Logs in folders, made through the commands' functions with keys that cost little."""

from __future__ import annotations

from pathlib import Path

import pytest

from skyaccord.cli import key as key_commands
from skyaccord.cli import log as log_commands
from skyaccord.cli.key import Term
from skyaccord.trust.keys.key_file import LEAST_COST, write_key_file
from tests.trust.cast import key

PASSPHRASE = "of the tests"  # noqa: S105 - it guards nothing

MEMORANDUM = """
[memorandum]
title = "North"
parties = ["blue", "green"]
valid = {{ from = 2026-11-01T00:00:00Z, until = 2036-12-01T00:00:00Z }}
[party.blue]
root = "{blue}"
[party.green]
root = "{green}"
[[provision]]
id = "separation.threes"
text = "Aircraft of the Parties keep three nautical miles apart."
modality = "shall"
evidence = ["tracks"]
keep = "horizontal >= 3 NM"
"""


def make_parties(folder: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Make keys, a memorandum and two logs in a folder, in which each has certified its root and its node."""
    monkeypatch.setenv("SKYACCORD_PASSPHRASE", PASSPHRASE)
    roots = {party: key(f"{party} root").fingerprint for party in ("blue", "green")}
    (folder / "north.toml").write_text(MEMORANDUM.format(**roots))
    for party in roots:
        log_commands.init(folder / party, party, folder / "north.toml")
        for role in ("root", "node"):
            write_key_file(folder / f"{party}-{role}.key", key(f"{party} {role}"), PASSPHRASE, LEAST_COST)
            certify(folder, party, role)
    return folder


def certify(folder: Path, party: str, role: str) -> None:
    term = Term(role, "watch", None, None)
    root = folder / f"{party}-root.key"
    key_commands.certify(folder / party, str(folder / f"{party}-{role}.key"), root, term, (), None)


def exchange(folder: Path) -> None:
    """Let each send what it said, and give receipts."""
    for sender, recipient in (("blue", "green"), ("green", "blue")):
        log_commands.send(folder / sender, recipient, folder / f"mail-{sender}")
    for sender, recipient in (("blue", "green"), ("green", "blue")):
        node, answer = folder / f"{recipient}-node.key", folder / f"answer-{recipient}"
        log_commands.receive(folder / recipient, [folder / f"mail-{sender}"], node, answer, None, as_json=False)
    for sender, recipient in (("blue", "green"), ("green", "blue")):
        log_commands.receive(folder / sender, [folder / f"answer-{recipient}"], None, None, None, as_json=False)
