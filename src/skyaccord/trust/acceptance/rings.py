"""The keyrings of one party: for each other party, and for itself, what the two have said to each other about keys.

What one party says about its keys it says to each other party in an envelope of its own; between the first of these and
the last the others know different things, and an envelope is judged by what its recipient knows. So what I say counts
between me and whom I say it to, and what another says to me counts towards everyone.
"""

from __future__ import annotations

from collections.abc import Mapping

from skyaccord.trust.acceptance.agreement import Agreement
from skyaccord.trust.envelopes.envelope import Header
from skyaccord.trust.keys.fold import Said, Statement, fold
from skyaccord.trust.keys.keyring import Denied, Keyring, begin


class Rings:
    """The keyrings by the hash of an agreement, which pins its own roots, and by the other party."""

    def __init__(self, me: str) -> None:
        self.me = me
        self.rings: dict[str, dict[str, Keyring]] = {}

    def learn(self, agreement: Agreement) -> None:
        """Take an agreement: the roots that it pins."""
        self.rings[agreement.hash] = dict.fromkeys(agreement.roots, begin(agreement.roots))

    def of(self, header: Header) -> Keyring:
        """Return the keyring that an envelope is judged by."""
        return self.rings[header.memorandum][self._other(header)]

    def after(self, header: Header, index: int, statement: Statement) -> Mapping[str, Keyring] | Denied:
        """Return the keyrings that a statement changes, by the other party, or why it cannot stand.

        Args:
            header: that of its envelope; its key may sign it.
            index: the entry that it would be.
            statement: what the body states.
        """
        said, other = Said(header.sender, header.key, index), self._other(header)
        rings = self.rings[header.memorandum]
        first = fold(rings[other], said, statement)
        if isinstance(first, Denied):
            return first
        # What I have said to one I know myself; where it was said before, to another, that is when it counted.
        further = (other, self.me) if header.sender == self.me else rings
        folded = {name: fold(rings[name], said, statement) for name in further if name != other}
        return {other: first, **{name: ring for name, ring in folded.items() if isinstance(ring, Keyring)}}

    def put(self, memorandum: str, changed: Mapping[str, Keyring]) -> None:
        """Put keyrings in place of what they were."""
        self.rings[memorandum].update(changed)

    def _other(self, header: Header) -> str:
        return header.recipient if header.sender == self.me else header.sender
