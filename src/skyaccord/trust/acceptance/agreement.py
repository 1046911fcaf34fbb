"""What acceptance must know of a memorandum: its hash, its parties, and the root that it pins for each."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from skyaccord.errors import SkyaccordError
from skyaccord.trust.envelopes.envelope import is_hash
from skyaccord.trust.members import PARTY


@dataclass(frozen=True, slots=True)
class Agreement:
    """A memorandum by its hash; ``roots`` has the fingerprint of each party's root key."""

    hash: str
    roots: Mapping[str, str]

    def __post_init__(self) -> None:
        for party, root in self.roots.items():
            if not PARTY.fullmatch(party) or not is_hash(root):
                words = f"the party {party[:64]!a} has no root fingerprint to be pinned"
                raise SkyaccordError(f'{words}: write [party.NAME] root = "sha256:…" in the memorandum')
        if not is_hash(self.hash):
            raise SkyaccordError(f"{self.hash[:80]!a} is not the hash of a memorandum: sha256: and 64 digits")
        if len(set(self.roots.values())) < len(self.roots):
            raise SkyaccordError("two parties have one root key: each needs its own")
