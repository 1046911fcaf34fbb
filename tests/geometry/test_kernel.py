"""The decorator of compiled functions: caching that cannot go stale, and that never stands in the way."""

from __future__ import annotations

import os
import subprocess
import sys
import textwrap
from pathlib import Path

import pytest

SOURCE = Path(__file__).parents[2] / "src"

CALLEE = """
from skyaccord.geometry.kernel import kernel

@kernel
def callee(x: float) -> float:
    return x + {add}
"""

CALLER = """
from skyaccord.geometry.callee import callee
from skyaccord.geometry.kernel import kernel

@kernel
def caller(x: float) -> float:
    return 10.0 * callee(x)
"""


@pytest.fixture
def package(tmp_path: Path) -> Path:
    """Return a small package of the same name that holds only the decorator and two kernels."""
    room = tmp_path / "package" / "skyaccord" / "geometry"
    room.mkdir(parents=True)
    (room.parent / "__init__.py").touch()
    (room / "__init__.py").touch()
    (room / "kernel.py").write_bytes((SOURCE / "skyaccord" / "geometry" / "kernel.py").read_bytes())
    (room / "callee.py").write_text(CALLEE.format(add="1.0"))
    (room / "caller.py").write_text(CALLER)
    return tmp_path / "package"


def run(package: Path, home: str, program: str, **environment: str) -> str:
    code = textwrap.dedent(program)
    env = {"PATH": os.environ["PATH"], "PYTHONPATH": str(package), "HOME": home, **environment}
    done = subprocess.run(
        [sys.executable, "-c", code], env=env, capture_output=True, text=True, timeout=120, check=False
    )
    assert done.returncode == 0, done.stderr
    return done.stdout.strip()


CALL = "from skyaccord.geometry.caller import caller; print(caller(2.0))"


def test_edited_callee_leaves_no_stale_caller(package: Path, tmp_path: Path) -> None:
    home = str(tmp_path / "home")
    assert run(package, home, CALL) == "30.0"
    assert list((tmp_path / "home").rglob("*.nbc")), "machine code is kept"
    callee = package / "skyaccord" / "geometry" / "callee.py"
    callee.write_text(CALLEE.format(add="2.0"))
    # Python's own bytecode cache does not see an edit of equal length within one second; no person edits so fast.
    later_s = callee.stat().st_mtime + 10.0
    os.utime(callee, (later_s, later_s))
    assert run(package, home, CALL) == "40.0"


def test_second_process_loads_what_the_first_compiled(package: Path, tmp_path: Path) -> None:
    home = str(tmp_path / "home")
    program = """
        from skyaccord.geometry.caller import caller
        caller(2.0)
        stats = caller._dispatcher.stats
        print(sum(stats.cache_hits.values()), sum(stats.cache_misses.values()))
    """
    assert run(package, home, program) == "0 1"
    assert run(package, home, program) == "1 0"


COUNTER = """
import numpy as np
from skyaccord.geometry.kernel import kernel

@kernel
def count_to(n: int) -> object:
    out = np.zeros(n)
    for k in range(n):
        out[k] = k
    return out
"""


def test_what_is_loaded_needs_no_compiler(package: Path, tmp_path: Path) -> None:
    (package / "skyaccord" / "geometry" / "counter.py").write_text(COUNTER)
    program = """
        import sys
        from skyaccord.geometry.counter import count_to
        print([count_to(n).sum() for n in (3, 4, 1000)] == [3.0, 6.0, 499500.0], "numba.np.arraymath" in sys.modules)
    """
    home = str(tmp_path / "home")
    assert run(package, home, program) == "True True"
    assert run(package, home, program) == "True False"


def test_what_is_loaded_can_be_called_by_what_is_compiled_after_it(package: Path, tmp_path: Path) -> None:
    home = str(tmp_path / "home")
    callee = "from skyaccord.geometry.callee import callee; print(callee(2.0))"
    assert run(package, home, callee) == "3.0"
    assert run(package, home, f"{callee}; {CALL}") == "3.0\n30.0"


def test_damaged_cache_costs_time_only(package: Path, tmp_path: Path) -> None:
    home = tmp_path / "home"
    run(package, str(home), CALL)
    for file in home.rglob("*.nb?"):
        file.write_bytes(b"damaged")
    assert run(package, str(home), CALL) == "30.0"


def test_works_where_nothing_can_be_written(package: Path, tmp_path: Path) -> None:
    blocked = tmp_path / "blocked"
    blocked.write_text("a file where the home folder and the temporary folder should be")
    program = f"""
        import tempfile
        tempfile.tempdir = {str(blocked)!r}
        from skyaccord.geometry.kernel import cache_folder
        from skyaccord.geometry.caller import caller
        print(cache_folder(), caller(2.0))
    """
    assert run(package, str(blocked), program) == "None 30.0"


def test_home_that_cannot_be_written_falls_back_to_a_private_folder(package: Path, tmp_path: Path) -> None:
    blocked = tmp_path / "blocked"
    blocked.touch()
    temporary = tmp_path / "temporary"
    temporary.mkdir()
    program = "from skyaccord.geometry.kernel import cache_folder; print(cache_folder())"
    folder = Path(run(package, str(blocked), program, TMPDIR=str(temporary)))
    assert temporary in folder.parents
    assert folder.stat().st_mode & 0o077 == 0


def test_folder_that_others_could_have_filled_is_refused(package: Path, tmp_path: Path) -> None:
    blocked = tmp_path / "blocked"
    blocked.touch()
    temporary = tmp_path / "temporary"
    shared = temporary / f"skyaccord-{os.getuid()}"
    shared.mkdir(parents=True)
    shared.chmod(0o777)
    program = "from skyaccord.geometry.kernel import cache_folder; print(cache_folder())"
    assert run(package, str(blocked), program, TMPDIR=str(temporary)) == "None"


def test_first_calls_from_many_threads_agree(package: Path, tmp_path: Path) -> None:
    program = """
        from concurrent.futures import ThreadPoolExecutor
        from skyaccord.geometry.caller import caller
        with ThreadPoolExecutor(16) as pool:
            print(set(pool.map(caller, [2.0] * 64)))
    """
    assert run(package, str(tmp_path / "home"), program) == "{30.0}"


def test_importing_kernels_does_not_import_numba(package: Path, tmp_path: Path) -> None:
    program = "import sys, skyaccord.geometry.caller; print('numba' in sys.modules)"
    assert run(package, str(tmp_path / "home"), program) == "False"
