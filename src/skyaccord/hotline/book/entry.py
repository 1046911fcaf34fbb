"""A message in one party's log."""

from __future__ import annotations

from dataclasses import dataclass

from skyaccord.hotline.bodies.body import Body
from skyaccord.hotline.kinds import Kind, find_kind


@dataclass(frozen=True, slots=True)
class Entry:
    """A message and when it was said.

    ``sent_s`` is the envelope's time, by the sender's clock. ``received_s`` is when the recipient's node had it, by the
    recipient's clock: one's own for what comes in, the receipt's for what goes out, ``None`` while there is none.
    """

    envelope: str
    sender: str
    recipient: str
    body: Body
    sent_s: float
    received_s: float | None = None

    @property
    def kind(self) -> Kind:
        """Return the kind of the message."""
        return find_kind(self.body)

    def known_s(self, me: str) -> float:
        """Return when a party knew of it, by its own clock."""
        return self.sent_s if self.sender == me or self.received_s is None else self.received_s

    @property
    def order(self) -> tuple[float, str]:
        """Return what messages are sorted by, so that the order of arrival does not show."""
        return (self.sent_s, self.envelope)
