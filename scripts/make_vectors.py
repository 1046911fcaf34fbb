"""Write docs/protocol/vectors: what another implementation of the protocol is held against.

Usage: python scripts/make_vectors.py [FOLDER]. The same every time: a key's seed is SHA-256 of its name ("blue root"),
salts are SHA-256 of "salt 1", "salt 2" and on in each case. The forgeries are those that the tests refuse.
"""

from __future__ import annotations

import base64
import hashlib
import itertools
import json
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from unittest import mock

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT))

from skyaccord.trust.envelopes.parcel import Parcel  # noqa: E402
from skyaccord.trust.reasons import Reason  # noqa: E402
from tests.model.test_canonical_json import APPENDIX_B  # noqa: E402
from tests.model.test_read_canonical_json import REFUSED  # noqa: E402
from tests.trust.bundles.corpus import (  # noqa: E402
    LOGGED,
    WITNESS,
    bundle_of,
    found_by_package,
    logged,
    sound_bundles,
)
from tests.trust.bundles.damage import DAMAGES  # noqa: E402
from tests.trust.cast import Note, Scene, key  # noqa: E402

NAMES = (
    *(f"{party} {role}" for party in ("blue", "green") for role in ("root", "duty", "node", "tls")),
    *("blue root 2", "blue root 3", "blue relief", "green relief", "red root", "red duty", "witness"),
)
KINDS = {"talk.note": ("1,2", "duty"), "talk.pulse": ("1", "node")}
LONGEST = 400  # octets of a vector of canonical JSON


def encoded(data: bytes | None) -> str | None:
    """Return octets in base64."""
    return None if data is None else base64.b64encode(data).decode()


@contextmanager
def fixed_salts() -> Iterator[None]:
    """Let salts be the same each time."""
    numbers = itertools.count(1)
    with mock.patch(
        "secrets.token_bytes", side_effect=lambda _: hashlib.sha256(f"salt {next(numbers)}".encode()).digest()
    ):
        yield


def keys() -> dict[str, Any]:
    """Return keys by their names."""
    return {
        name: {
            "seed": key(name).seed.hex(),
            "public_key": encoded(key(name).public),
            "fingerprint": key(name).fingerprint,
        }
        for name in NAMES
    }


def canonical_json() -> dict[str, Any]:
    """Return texts that are canonical JSON, and such that are not, with the fault and its place."""
    sound = [*(f"[{number}]" for number in dict.fromkeys(APPENDIX_B.values()) if "." in number or "e" in number)]
    sound += ["{}", "[]", '{"":0,"a":[true,false,null,"\\u001f\\n\\"\\\\/\x7f\u00e9"]}', '{"\U0001f600":1,"\ufb33":2}']
    refused = [
        {"octets": encoded(data), "fault": fault.value, "place": place}
        for data, (fault, place) in REFUSED.items()
        if len(data) <= LONGEST
    ]
    return {"canonical": sound, "refused": refused}


def is_of_another_room(reason: str, entry: Parcel) -> bool:
    """Return whether a fault lies in what a body states of a kind that the protocol does not describe."""
    return reason == Reason.BODY_CONTENT and b'"kind":"talk.' in entry.leaf


def logs() -> dict[str, Any]:
    """Return logs with one forgery each: the parcels by their leaf's hash, and what is found."""
    parcels: dict[str, Any] = {}
    cases = []
    for forgery in LOGGED:
        with fixed_salts():
            side, entries = logged(forgery)
        order = []
        for each in entries:
            data = (each.leaf, each.body or b"", each.salt or b"")
            name = hashlib.sha256(b"".join(hashlib.sha256(part).digest() for part in data)).hexdigest()[:16]
            parcels[name] = {"leaf": encoded(each.leaf), "body": encoded(each.body), "salt": encoded(each.salt)}
            order.append(name)
        found = [[int(place.split()[1]), reason] for place, reason in found_by_package(side, entries)]
        found = [[index, reason] for index, reason in found if not is_of_another_room(reason, entries[index])]
        name = f"{forgery.family}: {forgery.name}"
        case = {"name": name, "party": side.name, "parties": list(side.parties), "entries": order, "faults": found}
        if sum(len(parcels[each]["body"] or "") for each in order) < 50_000:
            cases.append(case | {"reason": forgery.reason.value})
    used = {each for case in cases for each in case["entries"]}
    return {"parcels": {name: parcel for name, parcel in parcels.items() if name in used}, "cases": cases}


def bundles() -> tuple[dict[str, bytes], dict[str, Any]]:
    """Return bundles, and what becomes of them when lines are changed."""
    with fixed_salts():
        sound = sound_bundles()
    with fixed_salts():
        scene = Scene()
        scene.blue.say(Note("to be erased?").body(), "green", "duty")
        other = bundle_of(scene.blue)
    damaged = []
    for each in DAMAGES:
        lines = sound[each.bundle].decode().splitlines()
        replaced = {str(number): text for number, text in sorted(each.change(lines).items())}
        damaged.append({"name": each.name, "bundle": each.bundle, "lines": replaced, "reason": each.reason})
    about = {
        "roots": {party: key(f"{party} root").fingerprint for party in ("blue", "green")},
        "kinds": {name: {"versions": versions, "roles": roles} for name, (versions, roles) in KINDS.items()},
        "witness": str(WITNESS.key),
        "sound": {"blue": [13, 1], "green": [10, 0], "part": [10, 0]},
        "damaged": damaged,
        "two_stories": {"bundles": ["blue", "other"], "reasons": ["checkpoint_fork", "equivocation"]},
    }
    return {**sound, "other": other}, about


def files() -> dict[str, bytes]:
    """Return the files of the folder by their names."""
    written, about = bundles()
    texts = {"keys": keys(), "canonical": canonical_json(), "logs": logs(), "bundles": about}
    found = {
        f"{name}.json": json.dumps(value, indent=1, ensure_ascii=True).encode() + b"\n" for name, value in texts.items()
    }
    return found | {f"{name}.bundle": data for name, data in written.items()}


def main() -> None:
    """Write the files."""
    folder = Path(sys.argv[1]) if len(sys.argv) > 1 else ROOT / "docs" / "protocol" / "vectors"
    folder.mkdir(parents=True, exist_ok=True)
    for name, data in files().items():
        (folder / name).write_bytes(data)
        print(f"{folder / name}: {len(data):,} octets")


if __name__ == "__main__":
    main()
