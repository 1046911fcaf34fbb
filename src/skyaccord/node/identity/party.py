"""A party in its node's folder: made, introduced to a peer, opened to run."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from random import SystemRandom
from typing import Final

from skyaccord.errors import AuthorityError, ConfigurationError, JournalError
from skyaccord.hotline.trust_kinds import HOTLINE_KINDS
from skyaccord.memorandum.document import Memorandum
from skyaccord.memorandum.load import load_memorandum
from skyaccord.node.authority.peer_card import own_card, pin, read_card_file
from skyaccord.node.configuration import Configuration
from skyaccord.node.desk.journal_files import JournalFiles, connect_across_threads
from skyaccord.node.desk.steps import pass_by
from skyaccord.node.folder import Folder, read_private, write_private
from skyaccord.node.identity.bootstrap import agreement_of, bootstrap, bootstrap_text
from skyaccord.node.identity.introduction import (
    MOST_BYTES,
    Introduction,
    read_introduction,
    same_code,
    write_introduction,
)
from skyaccord.node.identity.keys import PartyKeys, open_keys, read_certificates
from skyaccord.node.node import Node
from skyaccord.node.party import Party, open_correspondence
from skyaccord.node.party_line import PartyLine
from skyaccord.node.people.audit import LOCAL, NODE, Actor, Deed, write_down
from skyaccord.trust.acceptance.correspondence import Correspondence
from skyaccord.trust.acceptance.outcome import Refused
from skyaccord.trust.envelopes.seal import Message
from skyaccord.trust.journals.sqlite.database import Connection
from skyaccord.trust.keys.signing_key import SigningKey, fingerprint
from skyaccord.trust.kinds import KINDS
from skyaccord.trust.origin import log_origin

ALL_KINDS: Final = KINDS.joined(HOTLINE_KINDS)
CERTIFICATE: Final = "key.certificate"


@dataclass(frozen=True, slots=True)
class OpenParty:
    """A party whose log is open: its line, the memoranda it works under by peer, its keys by duty."""

    line: PartyLine
    memoranda: Mapping[str, Memorandum]
    keys: PartyKeys


def introduce_self(node: Node, root: SigningKey, preset: str, now_s: float) -> Introduction:
    """Write the introduction that is given to peers, ``introduction.json`` in the folder, and return it."""
    introduction = Introduction(own_card(node.files, own_address(node.configuration)), root.public, preset, now_s)
    write_private(node.folder.introduction, write_introduction(introduction, root))
    return introduction


def own_address(configuration: Configuration) -> str:
    """Return where peers call the node."""
    host = configuration.hosts[0]
    return f"https://{f'[{host}]' if ':' in host else host}:{configuration.peers.port}"


def own_introduction(folder: Folder) -> Introduction:
    """Return what the party says of itself."""
    return read_introduction(read_private(folder.introduction, MOST_BYTES), str(folder.introduction))


def add_peer(node: Node, root: SigningKey, keys: PartyKeys, other: Introduction, code: str, now_s: float) -> Memorandum:
    """Believe another party from now on: pin its authority and root, and say to it which keys are this party's.

    The bootstrap memorandum of both is written beside its card. What is said is in the log when this returns and is
    delivered once the node runs.

    Args:
        node: open, and not running.
        root: of this party.
        keys: of this party.
        other: what the peer says of itself.
        code: of the peer's root, as it was compared by voice.
        now_s: one's own clock.

    Raises:
        AuthorityError: the code is another one, or another root is pinned for that party.
    """
    if not same_code(code, other.code):
        cure = f"Compare by voice. This file's code is {other.code}"
        raise AuthorityError(f"the introduction of {other.party}", "its root is not the one that was compared", cure)
    own = own_introduction(node.folder)
    if own.root != root.public:
        raise AuthorityError("keys/root.key", "it is not the root that was introduced", "Put the party's own back")
    text = bootstrap_text(own, other)
    memorandum = bootstrap(own, other)
    place = node.folder.memorandum_with(other.party)
    if place.exists() and load_memorandum(place).hash != memorandum.hash:
        cure = "A party that changed its root or card says so in the log; a new beginning needs new nodes on both sides"
        raise AuthorityError(str(place), f"another memorandum with {other.party} stands already", cure)
    pin(node.folder, other.card, other.card.fingerprint)
    write_private(place, text.encode("utf-8"))
    _say_keys(node, root, keys, other.party, memorandum, now_s)
    write_down(node.store, Actor(NODE, LOCAL, now_s), Deed.PEER_PINNED, f"{other.party} {other.root_fingerprint}")
    return memorandum


def read_memoranda(folder: Folder) -> Mapping[str, Memorandum]:
    """Return the memorandum with each peer that was introduced, by peer."""
    found = {}
    for path in sorted(folder.peers.glob("*.toml")):
        read_card_file(path.with_suffix(".json"))  # who is believed and who is spoken with are the same
        found[path.stem] = load_memorandum(path)
    return found


def open_party(node: Node, passphrase: str, clock: Callable[[], float]) -> OpenParty:
    """Open the party's log and keys; the line works once its `open` is called.

    Raises:
        TrustError: a key or the log cannot be used.
        ConfigurationError: no peer has been introduced.
    """
    memoranda = read_memoranda(node.folder)
    if not memoranda:
        cure = f"skyaccord node peer add {node.folder.path} THE-OTHER-PARTYS-introduction.json"
        raise ConfigurationError(str(node.folder.peers), "there is no peer to speak with", cure)
    keys = open_keys(node.folder, passphrase)
    party = _party(node, keys, memoranda.values())
    return OpenParty(PartyLine(party, _journals(node.folder), clock, SystemRandom(), store=node.store), memoranda, keys)


def _party(node: Node, keys: PartyKeys, memoranda: Iterable[Memorandum]) -> Party:
    agreements = [agreement_of(each) for each in memoranda]
    return Party(node.configuration.party, agreements, ALL_KINDS, keys.node)


def _journals(folder: Folder) -> JournalFiles:
    origin = log_origin(own_introduction(folder).party, fingerprint(read_certificates(folder)[0].public))
    return JournalFiles(folder.path, origin, connect=_connect)


def _connect(path: Path) -> Connection:
    path.touch(mode=0o600)  # what SQLite writes beside it has the same mode
    return connect_across_threads(path)


@contextmanager
def _correspondence(node: Node, keys: PartyKeys) -> Iterator[Correspondence]:
    memoranda = read_memoranda(node.folder).values()
    journal = _journals(node.folder).open()
    try:
        yield open_correspondence(_party(node, keys, memoranda), journal, pass_by)
    finally:
        journal.close()


def _say_keys(node: Node, root: SigningKey, keys: PartyKeys, peer: str, memorandum: Memorandum, now_s: float) -> None:
    """Say the party's keys to a peer: as many of them as were not said before."""
    me = node.configuration.party
    certificates = read_certificates(node.folder)
    with _correspondence(node, keys) as correspondence:
        said = len(correspondence.standing.stream((me, peer)).places)
        for each in certificates[said:]:
            message = Message(memorandum.hash, me, peer, CERTIFICATE, 1, each.body())
            outcome = correspondence.send(message, root, now_s)
            if isinstance(outcome, Refused):
                raise JournalError("the party's log", f"it does not take a certificate: {outcome.words}", "Tell us")
