"""How far a provision has come, and what a party does with it."""

from __future__ import annotations

from enum import StrEnum
from typing import Final


class State(StrEnum):
    """Of a provision, from the first word to the last."""

    PROPOSED = "proposed"  # some party has no text of it on the table
    BRACKETED = "bracketed"  # all have, and the texts differ
    AD_REFERENDUM = "ad_referendum"  # one text, which some delegation has yet to be allowed to agree to
    AGREED = "agreed"  # by all
    RECONCILED = "legally_reconciled"  # and the lawyers of all have found the languages to say the same


class Stance(StrEnum):
    """What a party does with a provision in a position."""

    PROPOSE = "propose"  # tables words, as its delegation's
    AGREE = "agree"  # binds itself to words: its own, or another's that are on the table
    RECONCILE = "reconcile"  # the same, after its lawyers
    WITHDRAW = "withdraw"  # takes its words back


RANK: Final = {state: k for k, state in enumerate(State)}
"""States in their order."""

REACHED: Final = {Stance.PROPOSE: State.AD_REFERENDUM, Stance.AGREE: State.AGREED, Stance.RECONCILE: State.RECONCILED}
"""The state that one text has reached once every party has gone this far."""


def words(state: State) -> str:
    """Return a state in words."""
    return state.value.replace("_", " ")
