"""How a party introduces itself: its node's card, its root key and the preset it goes by, signed with the root.

The root vouches for all of it, so that people compare one code by voice.
"""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from typing import Any, Final

from skyaccord.errors import AuthorityError, SkyaccordError
from skyaccord.hotline.fallback.letters import to_letters
from skyaccord.hotline.fallback.spelling import spell
from skyaccord.model.canonical_json import canonical
from skyaccord.model.instants import format_instant, parse_instant
from skyaccord.node.authority.peer_card import PeerCard, read_card, write_card
from skyaccord.trust.keys.signing_key import SigningKey, fingerprint
from skyaccord.trust.keys.soundness import is_sound
from skyaccord.trust.notes.base64_text import decode_base64, encode_base64
from skyaccord.trust.notes.ed25519 import is_signed

FORMAT: Final = "skyaccord/introduction/1"
_SIGNED: Final = b"skyaccord/introduction/1\n"
MOST_BYTES: Final = 1 << 20
_NAMES: Final = frozenset({"card", "format", "made", "preset", "root", "signature"})
CODE_LETTERS: Final = 25
"""125 bits of SHA-256: as many as nobody can find a second root for."""

_CURE: Final = "Ask the other party for the file that its node wrote"


@dataclass(frozen=True, slots=True)
class Introduction:
    """What a party says of itself before anything else."""

    card: PeerCard
    root: bytes
    preset: str
    """Of whose communications both make the bootstrap memorandum."""

    made_s: float

    @property
    def party(self) -> str:
        """Whose it is."""
        return self.card.party

    @property
    def root_fingerprint(self) -> str:
        """What the memorandum pins."""
        return fingerprint(self.root)

    @property
    def code(self) -> str:
        """Five groups of five letters, of the root key: what both compare by voice."""
        letters = to_letters(hashlib.sha256(self.root).digest())[:CODE_LETTERS]
        return " ".join(letters[at : at + 5] for at in range(0, CODE_LETTERS, 5))

    @property
    def code_in_words(self) -> str:
        """The code as it is read over a telephone."""
        return spell(self.code)


def write_introduction(introduction: Introduction, root: SigningKey) -> bytes:
    """Return the file, signed with the root."""
    content = {
        "card": json.loads(write_card(introduction.card)),
        "format": FORMAT,
        "made": format_instant(introduction.made_s),
        "preset": introduction.preset,
        "root": encode_base64(root.public),
    }
    signed = content | {"signature": encode_base64(root.sign(_SIGNED + canonical(content)))}
    return (json.dumps(signed, indent=1, sort_keys=True) + "\n").encode("ascii")


def read_introduction(data: bytes, source: str) -> Introduction:
    """Return what a file says; that the root is the other party's is known once the code was compared.

    Raises:
        AuthorityError: it is none, or its own root has not signed it.
    """
    content = _members(data, source)
    signature, root = decode_base64(content.pop("signature")), decode_base64(content["root"])
    is_key = root is not None and len(root) == 32 and is_sound(root)
    if root is None or signature is None or not is_key:
        raise AuthorityError(source, "it has no root key", _CURE)
    if not is_signed(root, signature, _SIGNED + canonical(content)):
        raise AuthorityError(source, "its root has not signed it: it was changed on the way", _CURE)
    card = read_card(json.dumps(content["card"]).encode("utf-8"), source)
    try:
        return Introduction(card, root, content["preset"], parse_instant(content["made"]))
    except SkyaccordError:
        raise AuthorityError(source, "it does not say when it was made", _CURE) from None


def same_code(one: str, other: str) -> bool:
    """Return whether two codes are the same, however they are spaced and capitalised."""
    return "".join(one.split()).upper() == "".join(other.split()).upper()


def _members(data: bytes, source: str) -> dict[str, Any]:
    try:
        content = json.loads(data)
    except (ValueError, RecursionError):
        raise AuthorityError(source, "it is no introduction of a party", _CURE) from None
    is_one = isinstance(content, dict) and set(content) == _NAMES and content["format"] == FORMAT
    if not is_one or not isinstance(content["card"], dict):
        raise AuthorityError(source, "it is no introduction of a party", _CURE)
    if not all(isinstance(content[name], str) for name in _NAMES - {"card"}):
        raise AuthorityError(source, "it is no introduction of a party", _CURE)
    return dict(content)
