"""``skyaccord key`` and ``skyaccord log`` as functions."""

from __future__ import annotations

import io
import json
from pathlib import Path

import pytest

from skyaccord.cli import key as key_commands
from skyaccord.cli import log as log_commands
from skyaccord.cli import log_proofs
from skyaccord.cli.passphrase import find_passphrase
from skyaccord.errors import JournalError, KeyStoreError, NoteError, PassphraseError, TrustError
from tests.cli.trust_folders import certify, exchange, make_parties
from tests.trust.cast import key


@pytest.fixture
def parties(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Path:
    folder = make_parties(tmp_path, monkeypatch)
    capsys.readouterr()
    return folder


def test_what_is_exchanged_is_acknowledged_and_verified(parties: Path, capsys: pytest.CaptureFixture[str]) -> None:
    exchange(parties)
    log_commands.send(parties / "blue", "green", parties / "more")
    assert "green has acknowledged everything" in capsys.readouterr().err
    log_commands.sign(parties / "blue", parties / "blue-node.key", None, parties / "head")
    log_proofs.verify([parties / "blue"], None, (), (), as_json=True)
    (found,) = json.loads(capsys.readouterr().out)
    assert (found["entries"], found["checkpoints"], found["faults"]) == (6, 2, [])
    log_commands.show(parties / "blue", None, as_json=True)
    said = json.loads(capsys.readouterr().out)
    assert (said["signed"], [row["kind"] for row in said["entries"]].count("log.receipt")) == (6, 2)


def test_bundles_of_both_hold_together_and_an_altered_one_does_not(
    parties: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    exchange(parties)
    for party in ("blue", "green"):
        log_commands.sign(parties / party, parties / f"{party}-node.key", None, parties / "head")
        log_proofs.export(parties / party, parties / f"{party}.bundle", None)
    both = [parties / "blue.bundle", parties / "green.bundle"]
    log_proofs.verify(both, parties / "north.toml", (), (), as_json=False)
    assert capsys.readouterr().out.count("  holds") == 2
    both[0].write_bytes(both[0].read_bytes().replace(b'"entry":3', b'"entry":4'))
    with pytest.raises(SystemExit) as ended:
        log_proofs.verify(both, parties / "north.toml", (), (), as_json=False)
    assert ended.value.code == 1
    assert "FAILS entry 4: not_included" in capsys.readouterr().out
    with pytest.raises(TrustError, match="--memorandum FILE, or --root"):
        log_proofs.verify(both, None, (), (), as_json=False)


def test_some_entries_are_exported_with_what_is_said_of_keys_and_their_receipts(parties: Path) -> None:
    exchange(parties)
    log_commands.sign(parties / "blue", parties / "blue-node.key", None, parties / "head")
    log_proofs.export(parties / "blue", parties / "some", "1")
    roots = [f"{party}={key(f'{party} root').fingerprint}" for party in ("blue", "green")]
    log_proofs.verify([parties / "some"], None, roots, (), as_json=False)
    entries = [json.loads(line)["entry"] for line in (parties / "some").read_text().splitlines() if '"entry"' in line]
    assert entries == [0, 1, 2, 3, 5]
    for wrong in ("9", "3-1", "a", "1-99"):
        with pytest.raises(TrustError, match="Write 3-9,12"):
            log_proofs.export(parties / "blue", parties / "none", wrong)
    assert not (parties / "none").exists()


def test_a_forged_file_is_refused_recorded_and_the_rest_is_taken(
    parties: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    log_commands.send(parties / "blue", "green", parties / "mail")
    one, other = sorted((parties / "mail").iterdir())
    content = json.loads(other.read_text())
    content["salt"] = content["salt"].replace(content["salt"][3], "A" if content["salt"][3] != "A" else "B")
    other.write_text(json.dumps(content, separators=(",", ":"), sort_keys=True))
    with pytest.raises(SystemExit) as ended:
        log_commands.receive(parties / "green", [one, other], None, None, None, as_json=True)
    assert ended.value.code == 1
    rows = json.loads(capsys.readouterr().out)
    assert [(row["outcome"], row.get("reason")) for row in rows] == [("accepted", None), ("refused", "body_mismatch")]
    log_commands.show(parties / "green", None, as_json=True)
    assert json.loads(capsys.readouterr().out)["refused"] == {"body_mismatch": 1}


def test_a_witness_cosigns_what_continues_and_keeps_a_fork(parties: Path, capsys: pytest.CaptureFixture[str]) -> None:
    log_commands.sign(parties / "blue", parties / "blue-node.key", None, parties / "head")
    log_proofs.prove(parties / "blue", None, 0, parties / "request")
    origin = (parties / "head").read_text().splitlines()[0]
    key_commands.show_key(parties / "blue-node.key", origin, None, check=True, as_json=True)
    of_log = json.loads(capsys.readouterr().out)["note_key"]
    key_commands.show_key(parties / "green-node.key", "example.org/w", None, check=False, as_json=True)
    of_witness = json.loads(capsys.readouterr().out)["witness_key"]

    def cosign() -> None:
        node = parties / "green-node.key"
        log_proofs.witness(
            parties / "seen", parties / "request", node, "example.org/w", [of_log], None, parties / "line"
        )

    cosign()
    log_proofs.cosign(parties / "blue", parties / "line", of_witness)
    log_proofs.export(parties / "blue", parties / "bundle", None)
    log_proofs.verify([parties / "bundle"], parties / "north.toml", (), [of_witness], as_json=False)
    assert "  holds" in capsys.readouterr().out
    certify(parties, "blue", "node")
    log_commands.sign(parties / "blue", parties / "blue-node.key", None, parties / "head")
    log_proofs.prove(parties / "blue", None, 0, parties / "request")
    with pytest.raises(TrustError, match=r"old_size_differs.*--since 2"):
        cosign()
    log_proofs.prove(parties / "blue", None, 2, parties / "request")
    cosign()
    (parties / "request").write_text("old 1\n")
    with pytest.raises(NoteError, match="no request to a witness"):
        cosign()


def test_an_entry_is_proven_under_the_last_checkpoint(parties: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(JournalError, match="skyaccord log sign"):
        log_proofs.prove(parties / "blue", 0, None, None)
    log_commands.sign(parties / "blue", parties / "blue-node.key", None, parties / "head")
    log_proofs.prove(parties / "blue", 1, None, parties / "proof")
    said = json.loads((parties / "proof").read_text())
    assert (said["entry"], len(said["proof"]), said["checkpoint"]) == (1, 1, (parties / "head").read_text())
    with pytest.raises(TrustError, match="covers 2"):
        log_proofs.prove(parties / "blue", 2, None, None)


def test_a_revoked_key_signs_no_more(parties: Path, capsys: pytest.CaptureFixture[str]) -> None:
    node = str(parties / "blue-node.key")
    key_commands.revoke(parties / "blue", node, parties / "blue-root.key", "lost", (), None)
    assert "key.revocation to green, number 3" in capsys.readouterr().out
    with pytest.raises(TrustError, match="key_revoked"):
        certify(parties, "blue", "node")


@pytest.mark.parametrize("role", ["duty", "root"])
def test_the_role_root_is_the_roots_alone(role: str, parties: Path) -> None:
    certified = parties / ("blue-root.key" if role == "duty" else "blue-node.key")
    term = key_commands.Term(role, "watch", None, None)
    with pytest.raises(TrustError, match="Give --role root for the root alone"):
        key_commands.certify(parties / "blue", str(certified), parties / "blue-root.key", term, (), None)


def test_keys_are_made_once_and_never_overwritten(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    secret = tmp_path / "secret"
    secret.write_text("from a text file\n")
    key_commands.make_key(tmp_path / "new.key", secret, as_json=True)
    made = json.loads(capsys.readouterr().out)
    key_commands.show_key(tmp_path / "new.key", None, secret, check=True, as_json=True)
    assert json.loads(capsys.readouterr().out) == made
    with pytest.raises(KeyStoreError, match="keys are not overwritten"):
        key_commands.make_key(tmp_path / "new.key", secret, as_json=True)
    monkeypatch.setenv("SKYACCORD_PASSPHRASE", "another")
    with pytest.raises(PassphraseError, match="does not open it"):
        key_commands.show_key(tmp_path / "new.key", None, None, check=True, as_json=True)


def test_where_nobody_can_type_the_ways_to_give_a_passphrase_are_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("SKYACCORD_PASSPHRASE", raising=False)
    monkeypatch.setattr("sys.stdin", io.StringIO())
    with pytest.raises(PassphraseError, match=r"--passphrase-file.*SKYACCORD_PASSPHRASE"):
        find_passphrase(None)


def test_errors_name_the_cure(parties: Path, tmp_path: Path) -> None:
    with pytest.raises(JournalError, match="skyaccord log init"):
        log_commands.show(tmp_path / "none", None, as_json=False)
    with pytest.raises(JournalError, match="a log is kept there already"):
        log_commands.init(parties / "blue", "blue", parties / "north.toml")
    with pytest.raises(TrustError, match="Its parties are blue, green"):
        log_commands.init(parties / "red", "red", parties / "north.toml")
    (parties / "bare.toml").write_text((parties / "north.toml").read_text().replace("root = ", "name = "))
    with pytest.raises(TrustError, match="no root key is pinned for blue"):
        log_commands.init(parties / "red", "blue", parties / "bare.toml")
    with pytest.raises(TrustError, match="Name one of green"):
        log_commands.send(parties / "blue", "red", parties / "out")
    with pytest.raises(TrustError, match="numbered from 0"):
        log_commands.show(parties / "blue", 7, as_json=False)


def test_a_damaged_folder_says_what_and_where(parties: Path) -> None:
    file = parties / "blue" / "log.json"
    file.write_text(file.read_text().replace("skyaccord/log/1", "skyaccord/log/2"))
    with pytest.raises(JournalError, match=r"log\.json: it does not read.*format"):
        log_commands.show(parties / "blue", None, as_json=False)
