"""A profile as plain values, to compare two of them setting by setting."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from skyaccord.detect.profile import Profile


def facts(profile: Profile) -> dict[str, Any]:
    """Return every part of a profile but its name and how it was written; volumes as lists of numbers."""
    found = asdict(profile)
    for alerter in found["alerters"]:
        for level in alerter["levels"]:
            level["hazard"] = level["hazard"].tolist()
    return {key: value for key, value in found.items() if key not in ("name", "echo")}
