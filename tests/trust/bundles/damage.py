"""Bundles that were changed after they were written, or written so as to deceive: each must fail for its reason."""

from __future__ import annotations

import base64
import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from skyaccord.model.canonical_json import canonical
from skyaccord.trust.notes.checkpoint import Checkpoint, parse_checkpoint
from skyaccord.trust.notes.note_key import NoteSigner
from skyaccord.trust.notes.signed_note import SignedNote, parse_note, sign_text
from tests.trust.cast import key

Lines = list[str | None]


@dataclass(frozen=True)
class Damage:
    """What was done to which bundle, and the reason for which it does not hold."""

    name: str
    bundle: str
    reason: str
    change: Callable[[Sequence[str]], dict[int, str | None]]  # line: its text now, None where it was taken out


def changed(lines: Sequence[str], changes: dict[int, str | None]) -> str:
    """Return the text of a bundle with some lines changed."""
    kept = [changes.get(number, line) for number, line in enumerate(lines)]
    return "".join(f"{line}\n" for line in kept if line is not None)


def _rewritten(lines: Sequence[str], number: int, **members: Any) -> dict[int, str | None]:
    return {number: canonical(json.loads(lines[number]) | members).decode()}


def _entry(lines: Sequence[str]) -> int:
    return len(lines) - 1


def _signed_again(by: str, origin: str | None = None, size: int | None = None) -> Callable[[Sequence[str]], Any]:
    """Put another checkpoint in place of the bundle's, signed by this key."""

    def change(lines: Sequence[str]) -> dict[int, str | None]:
        was = parse_checkpoint(parse_note(json.loads(lines[0])["checkpoint"].encode()).text)
        text = Checkpoint(origin or was.origin, was.size if size is None else size, was.root).text
        note = SignedNote(text, (sign_text(text, NoteSigner.from_seed(origin or was.origin, key(by).seed)),))
        return _rewritten(lines, 0, checkpoint=str(note))

    return change


SIGNED_BY_ANOTHER = _signed_again("red node")


def _uncosigned(lines: Sequence[str]) -> dict[int, str | None]:
    note = parse_note(json.loads(lines[0])["checkpoint"].encode())
    return _rewritten(lines, 0, checkpoint=str(SignedNote(note.text, note.signatures[:1])))


def _exchanged(lines: Sequence[str]) -> dict[int, str | None]:
    place = _entry(lines)
    return {place: lines[place - 1], place - 1: lines[place]}


def _idle_bits(lines: Sequence[str]) -> dict[int, str | None]:
    place = 1
    salt = json.loads(lines[place])["salt"]
    assert salt[-2] in "AEIMQUYcgkosw048"
    return _rewritten(lines, place, salt=salt[:-2] + chr(ord(salt[-2]) + 1) + "=")


def _pinned_otherwise(lines: Sequence[str]) -> dict[int, str | None]:
    memoranda = {
        memorandum: roots | {"green": key("red root").fingerprint}
        for memorandum, roots in json.loads(lines[0])["memoranda"].items()
    }
    return _rewritten(lines, 0, memoranda=memoranda)


def _proof_cut(lines: Sequence[str], place: int) -> dict[int, str | None]:
    return _rewritten(lines, place, proof=json.loads(lines[place])["proof"][1:])


def _unanswered(lines: Sequence[str]) -> dict[int, str | None]:
    """The first envelope of blue, a root's, is not shown; all that follows from it is judged without."""
    leaves = {number: base64.b64decode(json.loads(line).get("leaf", "")) for number, line in enumerate(lines)}
    noted = min(
        number for number, leaf in leaves.items() if b'"kind":"talk.note"' in leaf and b'"sender":"blue"' in leaf
    )
    return {noted: None}


def _proof(lines: Sequence[str], place: int) -> list[str]:
    found: list[str] = json.loads(lines[place])["proof"]
    return found


def _party_left_out(lines: Sequence[str]) -> dict[int, str | None]:
    """Then its consent would not be asked for."""
    pinned = json.loads(lines[0])["memoranda"]
    less = {memorandum: {"blue": roots["blue"]} for memorandum, roots in pinned.items()}
    return _rewritten(lines, 0, memoranda=less)


def _proof(lines: Sequence[str]) -> list[str]:
    found: list[str] = json.loads(lines[1])["proof"]
    return found


def _body_of_another(lines: Sequence[str]) -> dict[int, str | None]:
    other = json.loads(lines[_entry(lines) - 1])
    return _rewritten(lines, _entry(lines), body=other["body"], salt=other["salt"])


DAMAGES = [
    Damage("white space in a line", "blue", "not_canonical", lambda x: {2: x[2].replace('","', '", "', 1)}),
    Damage("no envelope in a line", "blue", "not_included", lambda x: _rewritten(x, 2, leaf="eA==")),
    Damage("member too many", "blue", "not_canonical", lambda x: _rewritten(x, 0, zone=1)),
    Damage("first line missing", "blue", "not_canonical", lambda _: {0: None}),
    Damage("a bundle within a bundle", "blue", "not_canonical", lambda x: {2: x[0] + "\n" + x[2]}),
    Damage("two entries exchanged", "blue", "bundle_order", _exchanged),
    Damage("a certificate left out", "blue", "unknown_key", lambda _: {2: None}),
    Damage("an envelope left out that a receipt answers", "blue", "receipt_unasked", _unanswered),
    Damage("an entry twice", "part", "bundle_order", lambda x: {_entry(x): x[_entry(x)] + "\n" + x[_entry(x)]}),
    Damage("idle bits in base64", "blue", "not_canonical", _idle_bits),
    Damage("another root pinned", "blue", "other_root", _pinned_otherwise),
    Damage("a party left out", "blue", "other_root", _party_left_out),
    Damage("body of another entry", "blue", "body_mismatch", _body_of_another),
    Damage("body of a certificate not shown", "part", "body_missing", lambda x: _rewritten(x, 1, body="", salt="")),
    Damage("no note", "blue", "not_canonical", lambda x: _rewritten(x, 0, checkpoint="it grew\n")),
    Damage("checkpoint over nothing", "blue", "not_canonical", _signed_again("blue node", size=0)),
    Damage("checkpoint over fewer entries", "blue", "not_included", _signed_again("blue node", size=5)),
    Damage("checkpoint by a duty key", "blue", "checkpoint_unsigned", _signed_again("blue duty")),
    Damage("checkpoint by another party", "blue", "checkpoint_unsigned", _signed_again("green node")),
    Damage(
        "checkpoint of another log",
        "blue",
        "checkpoint_other_log",
        _signed_again("blue node", origin="skyaccord/blue/0123456789abcdef"),
    ),
    Damage("cosignature taken off", "blue", "not_cosigned", _uncosigned),
    Damage("proof cut", "part", "not_included", lambda x: _rewritten(x, 1, proof=_proof(x)[1:])),
    Damage("proof of another place", "part", "not_included", lambda x: _rewritten(x, 1, entry=1) | {2: None}),
    Damage("proof too long", "part", "not_included", lambda x: _rewritten(x, 1, proof=[*_proof(x), "A" * 43 + "="])),
    Damage("no proof", "part", "not_included", lambda x: _rewritten(x, 1, proof=[])),
    Damage("proof with a hash too short", "part", "not_canonical", lambda x: _rewritten(x, 1, proof=["AAAA"] * 4)),
]
