"""A party opened to speak: its line, and the room in which people use it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from skyaccord.node.hotline.office import Office
from skyaccord.node.hotline.room import Room
from skyaccord.node.identity.party import open_party
from skyaccord.node.node import Node
from skyaccord.node.party_line import PartyLine


@dataclass(frozen=True, slots=True)
class Speaking:
    """Neither the line nor the room is at work yet."""

    line: PartyLine
    room: Room


def open_to_speak(node: Node, passphrase: str, clock: Callable[[], float]) -> Speaking:
    """Open the party of a node; errors as `open_party`."""
    party = open_party(node, passphrase, clock)
    office = Office(node.configuration.party, party.memoranda, party.keys)
    return Speaking(party.line, Room(office, party.line, node.store, clock))
