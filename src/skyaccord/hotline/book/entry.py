"""A message in one party's log."""

from __future__ import annotations

from dataclasses import dataclass

from skyaccord.hotline.bodies.body import Body
from skyaccord.hotline.kinds import Kind, find_kind
from skyaccord.trust.envelopes.envelope import Envelope
from skyaccord.trust.merkle.hashing import hash_leaf


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


def make_entry(envelope: Envelope, body: Body, received_s: float | None) -> Entry:
    """Return the entry of an envelope that was accepted or sent, with what its body states.

    Args:
        envelope: the envelope.
        body: what acceptance decoded, or what was encoded.
        received_s: when the recipient's node had it, by the recipient's clock; ``None`` without a receipt.
    """
    header = envelope.header
    return Entry(name_envelope(envelope.leaf), header.sender, header.recipient, body, header.time_s, received_s)


def name_envelope(leaf: bytes) -> str:
    """Return the name by which messages refer to an envelope: the hash of its leaf in the log (RFC 6962)."""
    return "sha256:" + hash_leaf(leaf).hex()
