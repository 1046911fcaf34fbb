"""Fuzz targets of the ground line: what the other party sends, and what a person writes down."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Final

from skyaccord.errors import SkyaccordError
from skyaccord.hotline.fallback.armour import write_armour
from skyaccord.hotline.fallback.bundle import read_bundle, write_bundle
from skyaccord.hotline.fallback.codes import read_codes, write_codes
from skyaccord.hotline.fallback.outcome import Outcome, Whole
from skyaccord.hotline.fallback.packing import MOST_OCTETS
from skyaccord.hotline.fallback.read_armour import read_armour
from skyaccord.hotline.fallback.spelling import spell, unspell
from skyaccord.hotline.kinds import KINDS, decode, encode
from skyaccord.hotline.words.say import say
from skyaccord.model.canonical_json import canonical
from tests.hotline.golden import GOLDEN


def _message(data: bytes) -> bool:
    """Read the first octet as the kind, the rest as JSON in any spelling."""
    kind = KINDS[data[0] % len(KINDS)] if data else KINDS[0]
    try:
        content = json.loads(data[1:])
        body = decode(kind.name, 1, content)
    except (SkyaccordError, ValueError, RecursionError):
        return False
    assert canonical(encode(body)) == canonical(content)
    english, russian = (say(body, language).split("\n") for language in ("en", "ru"))
    assert len(english) == len(russian) > 10
    return True


def _bundle(data: bytes) -> bool:
    try:
        parcels = read_bundle(data)
    except SkyaccordError:
        return False
    assert write_bundle(parcels) == data
    return parcels[0].body is not None


def _read_by_hand(read: Callable[[str], Outcome]) -> Callable[[bytes], bool]:
    """Return a target that reads text; whatever is not whole has faults that name something."""

    def target(data: bytes) -> bool:
        outcome = read(data.decode("utf-8", "replace"))
        if isinstance(outcome, Whole):
            assert len(outcome.data) <= MOST_OCTETS
            return True
        assert outcome.faults
        assert all(fault.words for fault in outcome.faults)
        return False

    return target


HOTLINE: Final = {
    "messages of the ground line": _message,
    "bundles of parcels": _bundle,
    "lines read over a telephone": _read_by_hand(read_armour),
    "spelling words": _read_by_hand(lambda text: read_armour(unspell(text))),
    "texts of QR codes": _read_by_hand(lambda text: read_codes(text.split("\n"))),
}
"""Fuzz targets by the name of what is read."""


def _seeds() -> dict[str, list[bytes]]:
    places = {kind.name: number for number, kind in enumerate(KINDS)}
    bodies = list(GOLDEN.values())
    return {
        "messages of the ground line": [bytes([places[name]]) + body for name, body in GOLDEN.items()],
        "bundles of parcels": [b"{}\nAAAA\n" + body for body in bodies] + [b"{}\n-\n-\n{}\n-\n{}"],
        "lines read over a telephone": [write_armour(body).encode() for body in bodies],
        "spelling words": [spell(write_armour(body)).encode() for body in bodies[:3]],
        "texts of QR codes": ["\n".join(write_codes(body, 100)).encode() for body in bodies],
    }


SEEDS: Final = _seeds()
