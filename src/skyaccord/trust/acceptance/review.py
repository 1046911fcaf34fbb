"""Judges a whole log again, entry by entry, each by what stands before it: what a stranger finds wrong with it.

Needed are the agreements and the entries; bodies that were erased may be missing. The tree and the checkpoints are
looked at elsewhere (`trust.audit`).
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from skyaccord.trust.acceptance.agreement import Agreement
from skyaccord.trust.acceptance.case import Direction
from skyaccord.trust.acceptance.judge import judge
from skyaccord.trust.acceptance.outcome import Known, Refused
from skyaccord.trust.acceptance.read import read_header
from skyaccord.trust.acceptance.standing import Admitted, Standing
from skyaccord.trust.envelopes.parcel import Parcel
from skyaccord.trust.keys.keyring import Denied
from skyaccord.trust.kinds import Kinds
from skyaccord.trust.reasons import Reason


@dataclass(frozen=True, slots=True)
class Finding:
    """An entry that should not stand where it does, and why."""

    index: int
    reason: Reason
    words: str


def review(entries: Sequence[Parcel], me: str, agreements: Iterable[Agreement], kinds: Kinds) -> list[Finding]:
    """Return what is wrong with the log of a party; nothing where each entry was rightly accepted.

    What was found wrong is passed over in judging what follows it. Times ahead of the clock are not looked for: the log
    does not say when an entry arrived.
    """
    standing = Standing(me, agreements, kinds)
    found = []
    for index, entry in enumerate(entries):
        judged = judge(entry, standing, lambda at: entries[at].leaf, float("inf"), Direction.LOGGED)
        if isinstance(judged, Admitted):
            standing.note(judged)
            continue
        standing.count += 1
        wrong = _again(judged) if isinstance(judged, Known) else judged
        found.append((index, wrong))
    return [_finding(index, wrong, entries[index], standing) for index, wrong in found]


def _again(known: Known) -> Refused:
    return Refused(Reason.REPLAY, f"it stands at {known.index} already")


def _finding(index: int, wrong: Refused, entry: Parcel, standing: Standing) -> Finding:
    """Say of a key that was unknown whether a later entry certified it."""
    envelope = read_header(entry.leaf)
    if wrong.reason is not Reason.UNKNOWN_KEY or isinstance(envelope, Refused):
        return Finding(index, wrong.reason, wrong.words)
    header = envelope.header
    roles = standing.kinds.table[header.kind].roles
    denied = standing.rings.of(header).may_sign(header.sender, header.key, roles, header.time_s, index)
    if isinstance(denied, Denied) and denied.reason is Reason.CERTIFIED_TOO_LATE:
        return Finding(index, denied.reason, denied.words)
    return Finding(index, wrong.reason, wrong.words)
