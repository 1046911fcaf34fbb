"""Fuzz targets of what another party signs and sends: canonical JSON, envelopes, bodies, acceptance; key files."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from typing import Final

from skyaccord.model.canonical_json import canonical
from skyaccord.model.read_canonical_json import read_canonical, read_canonical_object
from skyaccord.trust.acceptance.outcome import Known, Refused
from skyaccord.trust.acceptance.read import open_parcel
from skyaccord.trust.envelopes.envelope import PROTOCOL, read_envelope, read_leaf
from skyaccord.trust.envelopes.parcel import unpack
from skyaccord.trust.envelopes.receipt import NAMES, read_receipt
from skyaccord.trust.envelopes.refounding import Refounding
from skyaccord.trust.keys import key_file
from skyaccord.trust.keys.revocation import Because, Revocation
from skyaccord.trust.keys.role import Role
from skyaccord.trust.keys.succession import Consent, Replacement, name_successor
from skyaccord.trust.kinds import KINDS
from skyaccord.trust.members import Members
from tests.trust.cast import NOW_S, Note, Scene, certificate, key

Target = Callable[[bytes], bool]


def _canonical(data: bytes) -> bool:
    assert canonical(read_canonical(data)) == data
    return True


def _envelope(data: bytes) -> bool:
    content = read_leaf(data)
    is_same = read_envelope(content).leaf == data
    assert is_same or content["protocol"] != PROTOCOL, "another protocol is refused by who judges it"
    return True


def _parcel(data: bytes) -> bool:
    assert unpack(data).packed() == data
    return True


def _body(name: str) -> Target:
    """Return a target that reads bytes as the body of a kind, in its only version."""
    (version,) = KINDS.table[name].versions.values()

    def target(data: bytes) -> bool:
        stated = version.decode(read_canonical_object(data))
        assert stated.body() == data  # type: ignore[attr-defined]
        return True

    return target


def _key_file(data: bytes) -> bool:
    sealing, hidden = key_file._read(data, "file")  # without scrypt, which takes as long as the file says
    assert key_file.LEAST_COST <= sealing.cost <= key_file.MOST_COST
    return bool(hidden)


@cache
def scene() -> tuple[Scene, bytes]:
    """Return two parties, and the one parcel that the second has and would know again."""
    found = Scene()
    return found, found.tell(Note("known").body(), "duty", "talk.note").packed()


def _acceptance(data: bytes) -> bool:
    """Hand bytes to a party as they come: only what it has already is not refused."""
    green = scene()[0].green
    before = green.standing.digest()
    (outcome,) = green.desk.receive([open_parcel(data)], NOW_S)
    assert isinstance(outcome, Known | Refused)
    assert green.standing.digest() == before
    return isinstance(outcome, Known)


TRUST_DECODERS: Final[dict[str, Target]] = {
    "canonical JSON": _canonical,
    "envelope": _envelope,
    "parcel": _parcel,
    **{f"body of {name}": _body(name) for name in KINDS.table},
    "key file": _key_file,
    "acceptance": _acceptance,
}
"""Fuzz targets by the name of what is decoded."""


@cache
def bodies() -> dict[str, bytes]:
    """Return a sound body of each kind."""
    root, new = key("blue root"), key("blue root 2")
    receipt = scene()[0].green.receipt(8).body
    assert receipt is not None
    return {
        "key.certificate": certificate("blue duty", Role.DUTY).body(),
        "key.revocation": Revocation(root.fingerprint, Because.LOST).body(),
        "root.successor": name_successor("blue", root.fingerprint, new).body(),
        "root.consent": Consent("blue", root.fingerprint, new.public).body(),
        "root.replacement": Replacement(root.fingerprint).body(),
        "log.receipt": receipt,
        "log.refounding": _refounding(receipt),
    }


def _refounding(receipt: bytes) -> bytes:
    note = read_receipt(Members(read_canonical_object(receipt), NAMES)).checkpoint
    return Refounding(note, 3, f"skyaccord/green/{'0' * 16}/0badcafe").body()


def trust_seeds(name: str) -> list[bytes]:
    """Return sound bytes for a target."""
    sound, parcel = scene()
    match name:
        case "canonical JSON":
            return [b'{"a":[1,-0.5,1e+21,null,true],"\xc3\xa9":"\\n\\u001f"}', *bodies().values()]
        case "envelope":
            return [each.leaf for each in sound.green.log]
        case "parcel" | "acceptance":
            return [parcel]
        case "key file":
            return [key_file.lock_key(key("blue root"), "x", key_file.LEAST_COST)]
    return [bodies()[name.removeprefix("body of ")]]
