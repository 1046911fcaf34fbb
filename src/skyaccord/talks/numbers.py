"""The numbers of two texts side by side, in one unit."""

from __future__ import annotations

from dataclasses import dataclass

from skyaccord.memorandum.document import Provision
from skyaccord.talks.table import Clause
from skyaccord.talks.vary import parameters_of
from skyaccord.units import Quantity


@dataclass(frozen=True, slots=True)
class Figure:
    """A parameter of a rule: what each party has of it, as written and in one unit."""

    name: str
    unit: str  # of the first party that has it
    written: dict[str, tuple[Quantity, ...]]

    def values(self, party: str) -> tuple[float, ...]:
        """Return a party's values in the common unit."""
        factor = Quantity(1.0, self.unit).si
        return tuple(quantity.si / factor for quantity in self.written.get(party, ()))

    @property
    def is_same(self) -> bool:
        """Return whether all that have it have it alike, whatever the units."""
        return len({tuple(sorted(q.si for q in quantities)) for quantities in self.written.values()}) == 1

    @property
    def spread(self) -> float | None:
        """Return by what the greatest value exceeds the least, in the common unit; ``None`` where one has none."""
        values = [value for party in self.written for value in self.values(party)]
        return max(values) - min(values) if len(self.written) > 1 else None


def figures(clause: Clause) -> tuple[Figure, ...]:
    """Return the numbers of a provision by parameter, in the order in which they first stand."""
    found: dict[str, dict[str, tuple[Quantity, ...]]] = {}
    for party in clause.parties:
        if party in clause.standing:
            for name, quantities in parameters_of(clause.standing[party].words.provision).items():
                found.setdefault(name, {})[party] = quantities
    return tuple(Figure(name, next(iter(of.values()))[0].unit, of) for name, of in found.items())


def distance(one: Provision, other: Provision) -> float | None:
    """Return how far two provisions' numbers are apart, 0 to 1; ``None`` where neither has any.

    Of each parameter: the difference over the greater, in one unit; 1 where one side lacks it or they differ in how
    many values it has. Then the mean.
    """
    mine, theirs = parameters_of(one), parameters_of(other)
    names = dict.fromkeys((*mine, *theirs))
    if not names:
        return None
    return sum(_apart(mine.get(name, ()), theirs.get(name, ())) for name in names) / len(names)


def _apart(mine: tuple[Quantity, ...], theirs: tuple[Quantity, ...]) -> float:
    if len(mine) != len(theirs) or not mine:
        return 1.0
    pairs = zip(sorted(q.si for q in mine), sorted(q.si for q in theirs), strict=True)
    steps = [abs(a - b) / max(abs(a), abs(b)) if a != b else 0.0 for a, b in pairs]
    return sum(steps) / len(steps)
