"""What prose says of the code, checked on the code."""

from __future__ import annotations

import ast
import re
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
PACKAGE = ROOT / "src" / "skyaccord"
SUFFIXES = ("_m", "_mps", "_mps2", "_s", "_s2", "_deg", "_degps", "_rad", "_ft", "_kt", "_nm", "_fpm")
PHYSICAL = re.compile(
    r"(^|_)(altitude|height|range|distance|speed|velocity|duration|latitude|longitude|lat|lon|bearing|miss|radius)$"
)
SI_ROOMS = ("model", "geometry", "detect", "rules")


def modules(*rooms: str) -> Iterator[tuple[Path, ast.Module]]:
    for path in sorted(PACKAGE.rglob("*.py")):
        room = path.relative_to(PACKAGE).parts[0]
        if not rooms or room in rooms:
            yield path, ast.parse(path.read_text())


def names_of_floats(tree: ast.Module) -> Iterator[tuple[str, int]]:
    """Yield the names of parameters and fields that are annotated as float."""
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef):
            for argument in (*node.args.args, *node.args.kwonlyargs):
                if argument.annotation and ast.unparse(argument.annotation) in ("float", "float | None"):
                    yield argument.arg, argument.lineno
        if isinstance(node, ast.ClassDef):
            for line in node.body:
                if isinstance(line, ast.AnnAssign) and ast.unparse(line.annotation) in ("float", "float | None"):
                    yield ast.unparse(line.target), line.lineno


@pytest.mark.parametrize("room", SI_ROOMS)
def test_physical_quantities_carry_their_unit_in_the_name(room: str) -> None:
    bare = [
        f"{path.relative_to(ROOT)}:{line} {name}"
        for path, tree in modules(room)
        for name, line in names_of_floats(tree)
        if PHYSICAL.search(name) and not name.endswith(SUFFIXES)
    ]
    assert bare == [], "end the name in its unit, as range_m"


def test_every_room_and_public_function_has_a_docstring() -> None:
    silent = []
    for path, tree in modules():
        if not ast.get_docstring(tree):
            silent.append(str(path.relative_to(ROOT)))
        for node in tree.body:
            public = isinstance(node, ast.FunctionDef | ast.ClassDef) and not node.name.startswith("_")
            if public and not ast.get_docstring(node):
                silent.append(f"{path.relative_to(ROOT)}:{node.lineno} {node.name}")
    assert silent == []


def test_environment_and_clock_are_read_by_the_command_line_alone() -> None:
    allowed = {PACKAGE / "geometry" / "kernel.py"}  # finds the user's cache folder
    reads = re.compile(r"os\.environ|os\.getenv|time\.time\(|datetime\.now|utcnow")
    found = [
        f"{path.relative_to(ROOT)}: {match[0]}"
        for path in PACKAGE.rglob("*.py")
        if path.relative_to(PACKAGE).parts[0] != "cli" and path not in allowed
        for match in reads.finditer(path.read_text())
    ]
    assert found == []


def test_importing_a_room_does_no_work_and_loads_nothing_heavy() -> None:
    program = (
        "import sys, skyaccord.detect.encounters, skyaccord.rules.judge, skyaccord.tracks.read, skyaccord.cli.main\n"
        "print(sorted({'numba', 'pandas', 'polars'} & set(sys.modules)))"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True, timeout=60)
    assert done.stdout.strip() == "[]"


def test_help_loads_no_numeric_library() -> None:
    program = "import sys, skyaccord.cli.main; print(sorted({'numpy', 'pyarrow', 'numba'} & set(sys.modules)))"
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True, timeout=60)
    assert done.stdout.strip() == "[]"


def test_no_schema_has_a_field_for_a_target_a_weapon_or_intelligence() -> None:
    from skyaccord.model import tables

    forbidden = re.compile(r"target|weapon|hostile|enemy|threat|intelligence|strike|kill", re.IGNORECASE)
    schemas = (tables.TRACKS, tables.ENCOUNTERS, tables.VERDICTS, tables.SEVERITIES, tables.RECORDS)
    columns = [name for table in schemas for name in table.names]
    fields = [name for _, tree in modules("model", "memorandum") for name in field_names(tree)]
    assert [name for name in (*columns, *fields) if forbidden.search(name)] == []


def field_names(tree: ast.Module) -> Iterator[str]:
    for node in ast.walk(tree):
        if isinstance(node, ast.ClassDef):
            for line in node.body:
                if isinstance(line, ast.AnnAssign):
                    yield ast.unparse(line.target)


def test_constraints_pin_every_dependency_and_name_no_registry() -> None:
    text = (ROOT / "constraints.txt").read_text()
    assert "://" not in text
    pinned = {line.split("==")[0].lower() for line in text.splitlines() if "==" in line}
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())
    wanted = [*project["project"]["dependencies"], *(p for g in project["dependency-groups"].values() for p in g)]
    assert {re.split(r"[<>=\[]", name)[0].lower() for name in wanted} <= pinned


@pytest.mark.parametrize("document", ["README.md", *(f"docs/{p.name}" for p in sorted((ROOT / "docs").glob("*.md")))])
def test_every_file_that_a_document_links_to_is_there(document: str) -> None:
    text = (ROOT / document).read_text()
    links = re.findall(r"\]\(([^)#:\s]+)(?:#[^)]*)?\)", text)
    missing = [link for link in links if not ((ROOT / document).parent / link).exists()]
    assert missing == []
