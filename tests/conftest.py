"""What all tests share: the recordings and programs that are there, and hypothesis's profiles."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

from tests.postgresql import Server, found_programs, private_server

settings.register_profile("short", derandomize=True, deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.register_profile("long", max_examples=5000, deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile(os.environ.get("SKYACCORD_HYPOTHESIS", "short"))


def is_required(name: str) -> bool:
    """Return whether SKYACCORD_REQUIRE says that tests may not skip for want of something."""
    return name in os.environ.get("SKYACCORD_REQUIRE", "").split()


def absent(name: str, reason: str) -> None:
    """Skip, or fail where the thing was promised to be there."""
    if is_required(name):
        pytest.fail(f"{name} is required here: {reason}")
    pytest.skip(reason)


@pytest.fixture(scope="session")
def recordings() -> Path:
    """Return the folder of recorded traffic; skip where SKYACCORD_RECORDINGS names none."""
    folder = os.environ.get("SKYACCORD_RECORDINGS", "")
    if not folder or not Path(folder).is_dir():
        absent("recordings", "no recorded traffic: set SKYACCORD_RECORDINGS to its folder")
    return Path(folder)


@pytest.fixture(scope="session")
def reference() -> Path:
    """Return the folder of DAIDALUS's outputs; skip where SKYACCORD_REFERENCE names none."""
    folder = os.environ.get("SKYACCORD_REFERENCE", "")
    if not folder or not Path(folder).is_dir():
        absent("reference", "no outputs of DAIDALUS: set SKYACCORD_REFERENCE to their folder")
    return Path(folder)


@pytest.fixture(scope="session")
def chromium() -> str:
    """Return the path of Chromium; skip where it is not installed."""
    found = shutil.which("chromium") or shutil.which("chromium-browser")
    if found is None:
        absent("chromium", "Chromium is not installed: scripts/install-tools")
    return str(found)


@pytest.fixture(scope="session")
def postgresql() -> Iterator[Server]:
    """Return a PostgreSQL server of the tests' own; skip where the programs are not installed."""
    programs = found_programs()
    if programs is None:
        absent("postgresql", "PostgreSQL is not installed: scripts/install-tools")
    assert programs is not None
    with private_server(programs) as server:
        yield server
