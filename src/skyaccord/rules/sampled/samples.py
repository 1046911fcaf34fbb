"""Sampled signals of one trace or of many."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from skyaccord.errors import SkyaccordError
from skyaccord.geometry.vectors import Floats, Ints
from skyaccord.memorandum.formula import Compare, Fact
from skyaccord.memorandum.formula_text import format_term


@dataclass(frozen=True, slots=True)
class Samples:
    """Signals at instants. Sample ``k`` of trace ``i`` has ``start[i] <= k < start[i + 1]``."""

    t_s: Floats  # (n,) ascending within a trace
    start: Ints  # (traces + 1,)
    signals: Mapping[str, Floats]  # by the name that a rule calls them, SI; facts as above 0 where they are so

    def __post_init__(self) -> None:
        """Refuse signals of another length and times that run backwards.

        Raises:
            SkyaccordError: with the name of the signal, or the first sample out of order.
        """
        for name, value in self.signals.items():
            if len(value) != len(self.t_s):
                raise SkyaccordError(f"signal {name!r} has {len(value)} samples and time has {len(self.t_s)}")
        steps = np.diff(self.t_s)
        steps[self.start[1:-1] - 1] = 1.0  # from one trace to the next
        backwards = np.flatnonzero(~(steps > 0.0))
        if backwards.size:
            raise SkyaccordError(f"sample {backwards[0] + 1} is not later than the one before it: sort the samples")

    @classmethod
    def of(cls, t_s: Floats, signals: Mapping[str, Floats]) -> Samples:
        """Return the samples of one trace."""
        return cls(t_s, np.array([0, len(t_s)]), signals)

    def of_atom(self, atom: Compare | Fact) -> Floats:
        """Return the signal that an atom speaks of.

        Raises:
            SkyaccordError: there is none of that name.
        """
        name = format_term(atom.signal, atom.subject, atom.argument)
        if name not in self.signals:
            known = ", ".join(sorted(self.signals)) or "none"
            raise SkyaccordError(f"the rule speaks of {name!r}, which is not among the signals: {known}")
        return self.signals[name]
