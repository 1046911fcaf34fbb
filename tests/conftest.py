"""What all tests share: the recordings where they are there, and hypothesis's profiles."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

settings.register_profile("short", derandomize=True, deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.register_profile("long", max_examples=5000, deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile(os.environ.get("SKYACCORD_HYPOTHESIS", "short"))


@pytest.fixture(scope="session")
def recordings() -> Path:
    """Return the folder of recorded traffic; skip where SKYACCORD_RECORDINGS names none."""
    folder = os.environ.get("SKYACCORD_RECORDINGS", "")
    if not folder or not Path(folder).is_dir():
        pytest.skip("no recorded traffic: set SKYACCORD_RECORDINGS to its folder")
    return Path(folder)
