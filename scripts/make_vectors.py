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

from skyaccord.model.canonical_json import canonical  # noqa: E402
from skyaccord.model.instants import from_seconds  # noqa: E402
from skyaccord.trust.acceptance.review import review  # noqa: E402
from skyaccord.trust.bundles.export import export_bundle  # noqa: E402
from skyaccord.trust.envelopes.parcel import Parcel  # noqa: E402
from skyaccord.trust.notes.cosign import cosign  # noqa: E402
from skyaccord.trust.notes.note_key import NoteSigner, SignatureKind  # noqa: E402
from tests.trust.bundles.corpus import acknowledged, logged  # noqa: E402
from tests.trust.bundles.damage import damaged_bundles  # noqa: E402
from tests.trust.cast import NOW_S, PLAIN, Scene, Side, agreement, key  # noqa: E402
from tests.trust.forgeries.all import FORGERIES  # noqa: E402
from tests.trust.forgeries.forgery import Forgery  # noqa: E402
from tests.trust.model.rfc8785 import CANONICAL, NOT_CANONICAL  # noqa: E402

WITNESS = "witness.example"
NAMES = [
    *(f"{party} {role}" for party in ("blue", "green") for role in ("root", "duty", "node", "tls")),
    *("blue root 2", "blue relief", "green relief", "red root", "red duty", "witness"),
]


def encoded(data: bytes | None) -> str | None:
    """Return octets in base64."""
    return None if data is None else base64.b64encode(data).decode()


@contextmanager
def fixed_salts() -> Iterator[None]:
    """Let salts be the same each time."""
    numbers = itertools.count(1)
    with mock.patch("secrets.token_bytes", lambda _: hashlib.sha256(f"salt {next(numbers)}".encode()).digest()):
        yield
