"""The rules that generated encounters are judged by, each with the limits that the oracle uses."""

from __future__ import annotations

from dataclasses import dataclass

from skyaccord.memorandum.document import Memorandum
from skyaccord.memorandum.load import read_memorandum
from skyaccord.units import FT, NM


@dataclass(frozen=True)
class RuleCase:
    """A rule about one cylinder: lost while both distances are below the limits."""

    name: str
    text: str  # of the provision, in a memorandum file
    range_m: float
    height_m: float
    restore_s: float  # a loss longer than this is a breach
    reenter_s: float  # losses with less than this between them are one
    is_ban: bool = False

    def memorandum(self) -> Memorandum:
        return read_memorandum(
            f"""
            [memorandum]
            title = "Safety of the verdict"
            parties = ["blue", "green"]
            valid = {{ from = 2025-01-01T00:00:00Z, until = 2026-01-01T00:00:00Z }}
            [[provision]]
            id = "rule"
            text = "Keep apart."
            modality = "shall"
            evidence = ["tracks"]
            {self.text}
            """
        )


RULES = (
    RuleCase(
        "threes: 3 NM or 3,000 ft, restored within 180 s",
        'keep = "horizontal >= 3 NM or vertical >= 3000 ft"\nrestore = "180 s"\nreenter = "30 s"',
        3 * NM,
        3000 * FT,
        180.0,
        30.0,
    ),
    RuleCase(
        "surveillance minima: 5 NM or 1,000 ft",
        'keep = "horizontal >= 5 NM or vertical >= 1000 ft"',
        5 * NM,
        1000 * FT,
        0.0,
        30.0,
    ),
    RuleCase(
        "ban: within 500 ft and 100 ft",
        'breach = "horizontal < 500 ft and vertical < 100 ft"',
        500 * FT,
        100 * FT,
        0.0,
        0.0,
        is_ban=True,
    ),
)
