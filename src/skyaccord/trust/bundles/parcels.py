"""Takes the entries of a whole bundle back out, so that the package can judge them as it judges its own log."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from skyaccord.trust.acceptance.agreement import Agreement
from skyaccord.trust.envelopes.parcel import Parcel
from skyaccord.trust.notes.base64_text import decode_base64


@dataclass(frozen=True, slots=True)
class Shown:
    """Whose log a bundle shows, under which agreements, and its entries."""

    party: str
    agreements: list[Agreement]
    parcels: list[Parcel]


def take_parcels(path: Path) -> Shown:
    """Return what a bundle shows that the verifier has found to hold, whole; nothing is checked here again."""
    with path.open("rb") as file:
        header = json.loads(next(file))
        parcels = [_parcel(json.loads(line)) for line in file]
    agreements = [Agreement(memorandum, roots) for memorandum, roots in header["memoranda"].items()]
    return Shown(header["party"], agreements, parcels)


def _parcel(line: Mapping[str, str]) -> Parcel:
    leaf, body, salt = (decode_base64(line[name]) for name in ("leaf", "body", "salt"))
    return Parcel(leaf or b"", body or None, salt or None)
