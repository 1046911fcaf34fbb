"""What every act of or about people needs: the store, the vault and the cost of a password."""

from __future__ import annotations

from dataclasses import dataclass, field

from skyaccord.node.people.password import COST, Cost, decoy
from skyaccord.node.people.vault import Vault
from skyaccord.node.store.store import Store


@dataclass(frozen=True, slots=True)
class Staff:
    """The people of one node."""

    party: str
    store: Store
    vault: Vault
    cost: Cost = COST
    decoy: str = field(init=False, repr=False)
    """What an unknown name's password is checked against, so that it takes as long as a known one's."""

    def __post_init__(self) -> None:
        object.__setattr__(self, "decoy", decoy(self.cost))


def code_purpose(name: str) -> str:
    """Return what a sealed secret of a person's authenticator is bound to."""
    return f"the authenticator of {name}"
