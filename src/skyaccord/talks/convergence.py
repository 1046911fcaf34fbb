"""How near the parties are, as a number.

Of two texts of a provision the nearness is the mean of two parts: of the *words*, twice the tokens in common over
the tokens of both (Ratcliff and Obershelp, Dr. Dobb's Journal, July 1988, as `difflib` has it), the rule without its
numbers among them; and of the *numbers*, 1 less their distance (`numbers.distance`). Where neither text has a number
the words count alone. It is 1 where the texts are the same, 0 where one is missing, and below 1 wherever they differ.

Of a provision it is the mean over all pairs of parties, of the talks the mean over all provisions on the table. It says
how much text is still apart and nothing of how hard the rest is: the last number may be the whole matter.
"""

from __future__ import annotations

import re
from itertools import combinations
from typing import Final

from skyaccord.talks.brackets import rule_text
from skyaccord.talks.numbers import distance
from skyaccord.talks.position import Words
from skyaccord.talks.redline import similarity, tokens
from skyaccord.talks.table import Clause, Table

GREATEST_APART: Final = 0.99
"""Nearness of texts that differ is this at most: an order of remarks or evidence may differ where no word does."""

_NUMBER: Final = re.compile(r"[0-9]+(?:\.[0-9]+)? [^\s,]+")


def nearness(one: Words, other: Words) -> float:
    """Return how near two texts of a provision are, 0 to 1; 1 where and only where they are the same."""
    if one.hash == other.hash:
        return 1.0
    words = similarity(_tokens(one), _tokens(other))
    apart = distance(one.provision, other.provision)
    near = words if apart is None else 0.5 * (words + 1.0 - apart)
    return min(near, GREATEST_APART)


def convergence_of(clause: Clause) -> float:
    """Return the nearness of a provision over all pairs of parties."""
    pairs = list(combinations(clause.parties, 2))
    return sum(_between(clause, *pair) for pair in pairs) / len(pairs)


def convergence(table: Table) -> float:
    """Return the nearness of all provisions on the table; 0 where there is none."""
    return sum(map(convergence_of, table.clauses)) / len(table.clauses) if table.clauses else 0.0


def _between(clause: Clause, one: str, other: str) -> float:
    if one not in clause.standing or other not in clause.standing:
        return 0.0
    return nearness(clause.standing[one].words, clause.standing[other].words)


def _tokens(words: Words) -> list[str]:
    provision = words.provision
    rule = _NUMBER.sub("#", rule_text(provision))
    versions = [word for each in words.versions for word in tokens(each.text)]
    return [provision.modality.value, provision.actor, *tokens(provision.text), *versions, *tokens(rule)]
