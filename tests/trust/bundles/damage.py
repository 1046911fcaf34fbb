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


def _last(lines: Sequence[str], word: str) -> int:
    return max(number for number, line in enumerate(lines) if f'"{word}"' in line[:16])


def _entry(lines: Sequence[str]) -> int:
    return _last(lines, "body")


def _checkpoint(lines: Sequence[str]) -> int:
    return _last(lines, "checkpoint")


def _signed_again(by: str, root: bytes | None = None, origin: str | None = None) -> Callable[[Sequence[str]], Any]:
    """Put a checkpoint in place of the last, signed by this key."""

    def change(lines: Sequence[str]) -> dict[int, str | None]:
        place = _checkpoint(lines)
        was = parse_checkpoint(parse_note(json.loads(lines[place])["checkpoint"].encode()).text)
        text = Checkpoint(origin or was.origin, was.size, root or was.root).text
        note = SignedNote(text, (sign_text(text, NoteSigner.from_seed(origin or was.origin, key(by).seed)),))
        return _rewritten(lines, place, checkpoint=str(note))

    return change


def _of_nothing(lines: Sequence[str]) -> dict[int, str | None]:
    """The first entry is a checkpoint over nothing, with a root of something."""
    note = f"{json.loads(lines[0])['log']}\n0\n{'A' * 43}=\n\n\u2014 anyone AAAAAAA=\n"
    return {1: canonical({"checkpoint": note}).decode()}


def _uncosigned(lines: Sequence[str]) -> dict[int, str | None]:
    place = _checkpoint(lines)
    note = parse_note(json.loads(lines[place])["checkpoint"].encode())
    return _rewritten(lines, place, checkpoint=str(SignedNote(note.text, note.signatures[:1])))


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


def _first_checkpoint(lines: Sequence[str]) -> int:
    return min(number for number, line in enumerate(lines) if line.startswith('{"checkpoint"'))


def _late(lines: Sequence[str]) -> dict[int, str | None]:
    place = _first_checkpoint(lines)
    return {place: lines[place + 1], place + 1: lines[place]}


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


def _body_of_another(lines: Sequence[str]) -> dict[int, str | None]:
    other = json.loads(lines[_entry(lines) - 1])
    return _rewritten(lines, _entry(lines), body=other["body"], salt=other["salt"])


DAMAGES = [
    Damage("white space in a line", "blue", "not_canonical", lambda x: {2: x[2].replace('","', '", "', 1)}),
    Damage("no envelope in a line", "blue", "not_canonical", lambda x: _rewritten(x, 2, leaf="eA==")),
    Damage("member too many", "blue", "not_canonical", lambda x: _rewritten(x, 0, zone=1)),
    Damage("first line missing", "blue", "not_canonical", lambda _: {0: None}),
    Damage("two entries exchanged", "blue", "bundle_order", _exchanged),
    Damage("last entry left out", "blue", "checkpoint_root", lambda x: {_entry(x): None}),
    Damage("entry before a checkpoint left out", "blue", "checkpoint_root", lambda x: {_first_checkpoint(x) - 1: None}),
    Damage("a certificate left out", "blue", "unknown_key", lambda x: {2: None}),
    Damage("checkpoint an entry too late", "blue", "checkpoint_root", _late),
    Damage("a bundle within a bundle", "blue", "not_canonical", lambda x: {2: x[0] + "\n" + x[1] + "\n" + x[2]}),
    Damage(
        "an entry twice in a part", "part", "bundle_order", lambda x: {_entry(x): x[_entry(x)] + "\n" + x[_entry(x)]}
    ),
    Damage("idle bits in base64", "blue", "not_canonical", _idle_bits),
    Damage("another root pinned", "blue", "other_root", _pinned_otherwise),
    Damage("body of another entry", "blue", "body_mismatch", _body_of_another),
    Damage("no note", "blue", "checkpoint_form", lambda x: _rewritten(x, _checkpoint(x), checkpoint="it grew\n")),
    Damage("checkpoint over no entry", "blue", "checkpoint_unsigned", _of_nothing),
    Damage("checkpoint by a duty key", "blue", "checkpoint_unsigned", _signed_again("blue duty")),
    Damage("checkpoint by another party", "blue", "checkpoint_unsigned", _signed_again("green node")),
    Damage("checkpoint of other entries", "blue", "checkpoint_root", _signed_again("blue node", root=bytes(32))),
    Damage(
        "checkpoint of another log",
        "blue",
        "checkpoint_other_log",
        _signed_again("blue node", origin="skyaccord/blue/0123456789abcdef"),
    ),
    Damage("cosignature taken off", "blue", "not_cosigned", _uncosigned),
    Damage("last checkpoint missing", "blue", "incomplete", lambda x: {_checkpoint(x): None}),
    Damage("proof of an entry cut", "part", "not_included", lambda x: _proof_cut(x, _entry(x))),
    Damage("proof of another place", "part", "not_included", lambda x: _rewritten(x, 1, entry=1) | {2: None}),
    Damage("proof too long", "part", "not_included", lambda x: _rewritten(x, 1, proof=_proof(x, 1) + ["A" * 43 + "="])),
    Damage("proof of none", "part", "not_included", lambda x: _rewritten(x, 1, proof=[])),
    Damage("proof with a hash too short", "part", "not_canonical", lambda x: _rewritten(x, 1, proof=["AAAA"] * 4)),
    Damage("body of a certificate not shown", "part", "body_missing", lambda x: _rewritten(x, 1, body="", salt="")),
    Damage("receipt without what it answers", "blue", "receipt_unasked", _unanswered),
]
