"""A node that is open: its configuration, store, people, authority and the peers that are pinned."""

from __future__ import annotations

import threading
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field

from skyaccord.errors import StoreError
from skyaccord.node.authority.judge import NotBelieved, Pinned, Reason
from skyaccord.node.authority.own_files import OwnFiles, make_own_files, open_own_files, renew, revoke
from skyaccord.node.authority.peer_card import PeerCard, pinned_cards
from skyaccord.node.configuration import Configuration, read_configuration, write_configuration
from skyaccord.node.folder import Folder, write_private
from skyaccord.node.people.administration import OneTimePassword, Unchanged, add_person
from skyaccord.node.people.audit import LOCAL, NODE, Actor, Deed, write_down
from skyaccord.node.people.person import all_people
from skyaccord.node.people.roles import Role
from skyaccord.node.people.staff import Staff
from skyaccord.node.people.vault import make_vault, open_vault
from skyaccord.node.store.open import open_store
from skyaccord.node.store.store import Store


@dataclass(slots=True)
class Node:
    """One party's node. What may change while it runs changes under its lock."""

    configuration: Configuration
    folder: Folder
    store: Store
    staff: Staff
    files: OwnFiles
    cards: Sequence[PeerCard]
    refused: Counter[Reason] = field(default_factory=Counter)
    """Connections of peers that were refused since the node was opened, by reason."""

    _lock: threading.Lock = field(default_factory=threading.Lock)

    def own_authority(self) -> Sequence[Pinned]:
        """Return by whom certificates of this node's people are judged."""
        return (self.files.pinned(),)

    def peer_authorities(self) -> Sequence[Pinned]:
        """Return by whom certificates of peers are judged."""
        return tuple(card.pinned() for card in self.cards)

    def count_refusal(self, refusal: NotBelieved) -> None:
        """Count a connection that was refused."""
        with self._lock:
            self.refused[refusal.reason] += 1

    def keep_house(self, now_s: float) -> Sequence[str]:
        """Renew what ends soon, read the cards of peers anew, and return the names of what was renewed."""
        with self._lock:
            self.files, renewed = renew(self.files, self.configuration.hosts, now_s)
            self.cards = pinned_cards(self.folder)
        return renewed

    def revoke(self, serials: frozenset[int], actor: Actor) -> None:
        """Take certificates back that the own authority has issued."""
        with self._lock:
            self.files = revoke(self.files, serials, actor.now_s)
        write_down(self.store, actor, Deed.CERTIFICATE_REVOKED, ", ".join(f"{serial:x}" for serial in sorted(serials)))

    def close(self) -> None:
        """Let go of the store."""
        self.store.close()


def make_node(
    folder: Folder, configuration: Configuration, administrator: str, now_s: float
) -> tuple[Node, OneTimePassword]:
    """Make a node in a new folder and return it with its first administrator's one-time password.

    Raises:
        NodeError: the folder has something in it, or the store cannot be made or has people in it already.
    """
    folder.make()
    try:
        return _fill(folder, configuration, administrator, now_s)
    except BaseException:
        folder.unmake()
        raise


def _fill(
    folder: Folder, configuration: Configuration, administrator: str, now_s: float
) -> tuple[Node, OneTimePassword]:
    write_private(folder.configuration, write_configuration(configuration).encode("utf-8"))
    vault = make_vault(folder)
    files = make_own_files(folder, configuration.party, configuration.hosts, now_s)
    store = open_store(folder, configuration.store_url, now_s)
    try:
        staff = Staff(configuration.party, store, vault)
        given = _first_person(staff, configuration, administrator, now_s)
    except BaseException:
        store.close()
        raise
    return Node(configuration, folder, store, staff, files, ()), given


def _first_person(staff: Staff, configuration: Configuration, name: str, now_s: float) -> OneTimePassword:
    if all_people(staff.store):
        cure = "Name a database, or a schema of one, that no node has used"
        raise StoreError(staff.store.place, "a node has its people there already", cure)
    actor = Actor(NODE, LOCAL, now_s)
    write_down(staff.store, actor, Deed.NODE_MADE, configuration.party)
    given = add_person(staff, actor, name, "administrator", Role.ADMINISTRATOR)
    if isinstance(given, Unchanged):
        raise TypeError("a name cannot be taken where there is nobody")
    return given


def open_node(folder: Folder, now_s: float) -> Node:
    """Open a node, renewing what of its certificates ends soon.

    Raises:
        NodeError: the folder, the configuration, a certificate or the store cannot be used; says the cure.
    """
    folder.check()
    configuration = read_configuration(folder.configuration)
    vault = open_vault(folder)
    files = open_own_files(folder, configuration.party)
    cards = pinned_cards(folder)
    store = open_store(folder, configuration.store_url, now_s)
    node = Node(configuration, folder, store, Staff(configuration.party, store, vault), files, cards)
    node.keep_house(now_s)
    return node
