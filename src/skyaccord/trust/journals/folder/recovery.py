"""What opening a folder journal does: walk the last segment, make anew what is derived, cut off what a cut tore."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from skyaccord.errors import JournalError
from skyaccord.trust.journals.checks import CURE
from skyaccord.trust.journals.folder.derived import Derived
from skyaccord.trust.journals.folder.frames import Frame
from skyaccord.trust.journals.folder.records import decode_batch
from skyaccord.trust.journals.folder.segments import Segments
from skyaccord.trust.merkle.frontier import Frontier
from skyaccord.trust.merkle.hashing import hash_leaf
from skyaccord.trust.merkle.prove import frontier_at
from skyaccord.trust.merkle.stored_nodes import StoredNodes


@dataclass(frozen=True, slots=True)
class Recovery:
    """Brings segments and derived files to one state."""

    segments: Segments
    derived: Derived
    signed: int
    """Entries that a checkpoint was signed for: they were durable, and none of them can be torn."""
    is_erased: Callable[[int], bool]

    def run(self) -> Frontier:
        """Return the tree over all entries that are there.

        Only the last frame can be torn, and only where no checkpoint was signed for it; it is cut off.

        Raises:
            JournalError: something is damaged; nothing was cut off.
        """
        firsts = self.segments.firsts
        start = firsts[-1] if self.derived.has(firsts[-1]) else firsts[0]
        frontier = frontier_at(StoredNodes(self.derived.hashes, start).node, start)
        end: int | None = None
        for first in firsts[firsts.index(start) :]:
            if first != frontier.size:
                problem = f"it begins with entry {first}, and {frontier.size} stand before it"
                raise JournalError(self.segments.place_of(first), problem, CURE)
            end, held = 0, None
            for frame in self.segments.walk(first):
                if held is not None:
                    frontier = self._take(held, frontier, first)
                    end = held.end
                held = frame
            if held is not None and (first != firsts[-1] or self._is_whole(held)):
                frontier = self._take(held, frontier, first)
                end = held.end
        if frontier.size < self.signed:
            problem = f"{frontier.size} entries are left of the {self.signed} that its checkpoint was signed for"
            raise JournalError(self.segments.place_of(firsts[-1]), problem, CURE)
        self.segments.cut_tail(end)
        return frontier

    def _take(self, frame: Frame, frontier: Frontier, segment: int) -> Frontier:
        first, records = decode_batch(frame.checked)
        if first != frontier.size:
            problem = f"a frame begins with entry {first}, and {frontier.size} stand before it"
            raise JournalError(f"{self.segments.place_of(segment)}, byte {frame.offset}", problem, CURE)
        places, hashes = [], []
        for place, _, leaf in records:
            places.append(frame.checked_offset + place)
            hashes.append(hash_leaf(leaf))
        grown, made = frontier.grow(hashes)
        self.derived.append(first, made, places)
        return grown

    def _is_whole(self, frame: Frame) -> bool:
        """Return whether the bodies of the last frame were written whole; its leaves were, or it would not be read."""
        first, records = decode_batch(frame.checked)
        for index, (place, record, _) in enumerate(records, first):
            if not record.way_to_body or index < self.signed or self.is_erased(index):
                continue
            body = self.segments.read_body(index, frame.checked_offset + place, record)
            if body.commitment != record.commitment:
                return False
        return True
