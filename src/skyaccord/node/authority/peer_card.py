"""A peer's card: its authority, its list of what is revoked and its address, in a file that is carried across.

Who receives a card compares the authority's fingerprint with the other party by voice before it is believed.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final
from urllib.parse import urlsplit

from cryptography import x509

from skyaccord.errors import AuthorityError
from skyaccord.node.authority.certificates import fingerprint, pem, spoken
from skyaccord.node.authority.judge import Pinned
from skyaccord.node.authority.own_files import OwnFiles
from skyaccord.node.authority.revocations import number_of, read_list, serials_of
from skyaccord.node.configuration import is_party
from skyaccord.node.folder import Folder, read_private, write_private

FORMAT: Final = "skyaccord/peer-card/1"
MOST_BYTES: Final = 512 * 1024
_NAMES: Final = frozenset({"address", "authority", "format", "party", "revocations"})


@dataclass(frozen=True, slots=True)
class PeerCard:
    """What one party tells another so that their nodes can meet."""

    party: str
    address: str
    """Of its listener for peers, ``https://HOST:PORT``."""

    authority: x509.Certificate
    revocations: x509.CertificateRevocationList

    @property
    def fingerprint(self) -> str:
        """Of the authority: what is compared by voice."""
        return fingerprint(self.authority)

    def pinned(self) -> Pinned:
        """Return the authority as certificates are judged by it."""
        return Pinned(self.party, self.authority, serials_of(self.revocations))


def own_card(files: OwnFiles, address: str) -> PeerCard:
    """Return the card that a node gives to its peers."""
    return PeerCard(files.authority.party, address, files.authority.certificate, files.revocations)


def write_card(card: PeerCard) -> bytes:
    """Return a card as a file."""
    content = {
        "format": FORMAT,
        "party": card.party,
        "address": card.address,
        "authority": pem(card.authority),
        "revocations": pem(card.revocations),
    }
    return (json.dumps(content, indent=1) + "\n").encode("ascii")


def read_card(data: bytes, source: str) -> PeerCard:
    """Return the card in a file; nothing is believed of it yet.

    Raises:
        AuthorityError: it is none, or its parts do not belong together.
    """
    content = _members(data, source)
    try:
        authority = x509.load_pem_x509_certificate(content["authority"].encode("ascii"))
        authority.verify_directly_issued_by(authority)
        is_authority = authority.extensions.get_extension_for_class(x509.BasicConstraints).value.ca
    except Exception:  # noqa: BLE001 - the parser has many errors of its own
        is_authority = False
    if not is_authority:
        raise AuthorityError(source, "what it names as authority is none", "Ask for a new card")
    revocations = read_list(content["revocations"], authority, source)
    return PeerCard(content["party"], content["address"], authority, revocations)


def pin(folder: Folder, card: PeerCard, compared: str | None) -> PeerCard:
    """Believe a peer's authority from now on, and return the card that is kept.

    Args:
        folder: of the node.
        card: what was received.
        compared: the fingerprint that was compared by voice; may be ``None`` where that authority is pinned already and
            the card brings a new list or address.

    Raises:
        AuthorityError: another authority than the one compared or pinned, or an older list.
    """
    path = folder.peers / f"{card.party}.json"
    known = read_card(read_private(path, MOST_BYTES), str(path)) if path.exists() else None
    expected = compared.replace(" ", "").lower() if compared is not None else known and known.fingerprint
    if card.fingerprint != expected:
        cure = f"Compare by voice, then give the fingerprint: {spoken(card.fingerprint)}"
        raise AuthorityError(f"the card of {card.party}", "its authority is not the one that was compared", cure)
    if known and known.fingerprint == card.fingerprint and number_of(card.revocations) < number_of(known.revocations):
        raise AuthorityError(f"the card of {card.party}", "its list is older than the one known", "Ask for a new card")
    write_private(path, write_card(card))
    return card


def pinned_cards(folder: Folder) -> Sequence[PeerCard]:
    """Return the cards of all peers, by party; each stands under its own party's name alone."""
    cards = []
    for path in sorted(folder.peers.glob("*.json")):
        card = read_card(read_private(path, MOST_BYTES), str(path))
        if path.stem != card.party:
            raise AuthorityError(str(path), f"it is the card of {card.party}", "Pin it again under its own name")
        cards.append(card)
    return cards


def read_card_file(path: Path) -> PeerCard:
    """Return the card in a file that was carried across."""
    return read_card(read_private(path, MOST_BYTES), str(path))


def _members(data: bytes, source: str) -> dict[str, Any]:
    cure = f"Expected a file of the form {FORMAT}, as the other party's node wrote it"
    try:
        content = json.loads(data)
    except (ValueError, RecursionError):
        raise AuthorityError(source, "it is no peer's card", cure) from None
    if not isinstance(content, dict) or set(content) != _NAMES or content["format"] != FORMAT:
        raise AuthorityError(source, "it is no peer's card", cure)
    if not all(isinstance(value, str) for value in content.values()) or not is_party(content["party"]):
        raise AuthorityError(source, "it names no party", cure)
    if not _is_https(content["address"]):
        raise AuthorityError(
            source, f"{content['address'][:80]!r} is no address of a node", "Expected https://HOST:PORT"
        )
    return content


def _is_https(text: str) -> bool:
    try:
        parts = urlsplit(text)
        is_bare = not (parts.path or parts.query or parts.fragment or parts.username or parts.password)
        return parts.scheme == "https" and bool(parts.hostname) and parts.port is not None and is_bare
    except ValueError:
        return False
