"""Shifts: what is open when one duty hands over to the next, and whether what it signed for is that."""

from __future__ import annotations

from dataclasses import dataclass

from skyaccord.hotline.bodies.handover import Handover
from skyaccord.hotline.book.book import Book


@dataclass(frozen=True, slots=True)
class Taken:
    """A handover, and how what was signed for differs from what was open."""

    envelope: str
    handover: Handover
    left_out: tuple[str, ...]  # open, and not signed for
    too_many: tuple[str, ...]  # signed for, and not open or not known

    @property
    def is_whole(self) -> bool:
        """Return whether the duty that took over signed for exactly what was open."""
        return not self.left_out and not self.too_many


def list_open(book: Book, as_of_s: float) -> tuple[str, ...]:
    """Return the envelopes to which something remained to be said, as the party knew at an instant of its clock.

    What came in later from before that instant does not belong to it: no one could sign for it.
    """
    known = (entry for entry in book if entry.known_s(book.plan.me) <= as_of_s)
    return tuple(entry.envelope for entry in known if not book.clock(entry.envelope, as_of_s).is_settled)


def list_handovers(book: Book) -> tuple[Taken, ...]:
    """Return the handovers of this party, in the order in which they were signed."""
    return tuple(_taken(book, entry.envelope, entry.body) for entry in book if isinstance(entry.body, Handover))


def find_duty(book: Book, now_s: float) -> str | None:
    """Return the duty that took over last; ``None`` where none ever did."""
    found = [each.handover for each in list_handovers(book) if each.handover.as_of_s <= now_s]
    return max(reversed(found), key=lambda handover: handover.as_of_s).taking if found else None


def _taken(book: Book, envelope: str, handover: Handover) -> Taken:
    was_open = list_open(book, handover.as_of_s)
    left_out = tuple(each for each in was_open if each not in handover.open)
    return Taken(envelope, handover, left_out, tuple(each for each in handover.open if each not in was_open))
