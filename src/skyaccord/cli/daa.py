"""``skyaccord daa``: scenarios of DAIDALUS through alerting and guidance, into the columns its users know."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict
from pathlib import Path
from typing import Any

from skyaccord.batch.daa.run import ScenarioFiles, instantaneous, run_scenario, without_hysteresis
from skyaccord.cli.words import count
from skyaccord.detect.profiles import find_profile
from skyaccord.errors import InputError, SkyaccordError
from skyaccord.tracks.formats.daa_states import read_daa_states

ENDINGS = (".daa", ".xyz")


def run_daa(
    sources: Sequence[str],
    conf: str,
    out: Path,
    *,
    hysteresis: bool = True,
    at_once: bool = False,
    every_s: float | None = None,
    is_drawn: bool = False,
    as_json: bool = False,
) -> None:
    """Write three files for each scenario and say what they hold.

    Args:
        sources: scenario files, or folders of them.
        conf: a ``.conf`` file, or the name of a profile.
        out: folder for the files.
        hysteresis: whether alerts and bands are steadied as the configuration says.
        at_once: whether manoeuvres change the motion at once.
        every_s: guidance only so many seconds apart.
        is_drawn: whether each scenario gets a page with its guidance.
        as_json: print one JSON object instead of lines.
    """
    if every_s is not None and not every_s > 0.0:
        raise SkyaccordError(f"--every {every_s:g}: no number of seconds above 0; leave it out for every step")
    profile = find_profile(conf)
    profile = profile if hysteresis else without_hysteresis(profile)
    profile = instantaneous(profile) if at_once else profile
    paths = _scenario_paths(sources)
    written: dict[str, ScenarioFiles] = {}
    with _progress(len(paths)) as show:
        for number, path in enumerate(paths):
            scenario = read_daa_states(path)
            for line in (*scenario.report.complaints, *scenario.report.notes):
                print(f"{path}: {line}", file=sys.stderr)
            done = number

            def tell(share: float, done: int = done) -> None:
                show(done + share)

            try:
                files = run_scenario(scenario, path.stem, profile, out, every_s, tell, is_drawn=is_drawn)
            except OSError as error:
                raise InputError(str(out), f"cannot be written ({error.strerror})", "Name another folder") from None
            written[str(path)] = files
    if as_json:
        json.dump(_document(profile.name, written), sys.stdout, indent=1)
        sys.stdout.write("\n")
        return
    for path_text, files in written.items():
        steps, pairs = count(files.steps, "step"), count(files.pairs, "pair")
        print(
            f"{Path(path_text).name}: {steps}, {pairs}, {files.alerting_pairs:,} alerting; {files.page or files.alerts}"
        )


def _scenario_paths(sources: Sequence[str]) -> list[Path]:
    paths: list[Path] = []
    for source in map(Path, sources):
        found = sorted(p for p in source.iterdir() if p.suffix.lower() in ENDINGS) if source.is_dir() else [source]
        if not found:
            raise SkyaccordError(f"{source}: a folder without scenarios: expected files ending in .daa or .xyz")
        paths += found
    stems = [path.stem for path in paths]
    if twice := next((path for path in paths if stems.count(path.stem) > 1), None):
        raise SkyaccordError(
            f"{twice}: another scenario has the same name, and so would their files: give each its own folder"
        )
    return paths


@contextmanager
def _progress(total: int) -> Iterator[Any]:
    """Show how far the work is, with the time left, while standard error is a terminal; say nothing elsewhere."""
    from rich.console import Console
    from rich.progress import BarColumn, Progress, TextColumn, TimeRemainingColumn

    console = Console(stderr=True)
    if not console.is_terminal:
        yield lambda _: None
        return
    columns = TextColumn("scenarios"), BarColumn(), TimeRemainingColumn()
    with Progress(*columns, console=console, transient=True) as bar:
        task = bar.add_task("scenarios", total=float(total))
        yield lambda done: bar.update(task, completed=done)


def _document(profile: str, written: dict[str, ScenarioFiles]) -> dict[str, Any]:
    scenarios = [{"scenario": path, **asdict(files)} for path, files in written.items()]
    return {
        "profile": profile,
        "scenarios": [{k: str(v) if isinstance(v, Path) else v for k, v in s.items()} for s in scenarios],
    }
