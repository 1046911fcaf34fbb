"""Positions for tests, in few words."""

from __future__ import annotations

from skyaccord.talks.position import Position
from skyaccord.talks.read_position import read_position

HEAD = """
[position]
talks = "North"
parties = [{parties}]
party = "{party}"
round = {round}
at = 2026-01-{day:02}T12:00:00Z
"""
THREES = """
[[provision]]
id = "separation.threes"
text = "Aircraft keep {miles} NM or 3000 ft apart."
modality = "shall"
evidence = ["tracks"]
keep = "horizontal >= {miles} NM or vertical >= 3000 ft"
"""


def words(id: str, text: str, more: str = "") -> str:  # noqa: A002
    return f'[[provision]]\nid = "{id}"\ntext = "{text}"\nmodality = "shall"\nevidence = ["none"]\n{more}\n'


def stance(id: str, what: str, more: str = "") -> str:  # noqa: A002
    return f'[[provision]]\nid = "{id}"\nstance = "{what}"\n{more}\n'


def threes(miles: float, more: str = "") -> str:
    return THREES.format(miles=miles) + more + "\n"


def position(party: str, number: int, *provisions: str, day: int = 0, parties: str = '"blue", "green"') -> Position:
    head = HEAD.format(party=party, round=number, day=day or number, parties=parties)
    return read_position(head + "\n".join(provisions), f"{number}-{party}")
