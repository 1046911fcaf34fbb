"""What became of an envelope."""

from __future__ import annotations

from dataclasses import dataclass

from skyaccord.trust.reasons import Reason


@dataclass(frozen=True, slots=True)
class Accepted:
    """It stands in the log, durably, at this index."""

    index: int


@dataclass(frozen=True, slots=True)
class Known:
    """It stood in the log before, at this index; its receipt is given again, and it is counted as a replay."""

    index: int


@dataclass(frozen=True, slots=True)
class Refused:
    """It is not believed; ``evidence`` has the leaves that prove a fault of the sender, where they do."""

    reason: Reason
    words: str
    evidence: tuple[bytes, ...] = ()


Outcome = Accepted | Known | Refused
