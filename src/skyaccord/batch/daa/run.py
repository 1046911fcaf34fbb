"""One scenario through alerting and guidance, to three files."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from pathlib import Path

from skyaccord.batch.daa.alerts import AlertWriter, alert_columns
from skyaccord.batch.daa.bands import bands_line
from skyaccord.batch.daa.geometry import COLUMNS, geometry_rows
from skyaccord.batch.daa.page import Shown, guidance_page
from skyaccord.detect.guidance.steadied import SteadiedGuide
from skyaccord.detect.profile import Hysteresis, Profile
from skyaccord.detect.scenes import Step, steps
from skyaccord.tracks.formats.daa_states import DaaScenario

_EVEN_S = 1e-6


@dataclass(frozen=True, slots=True)
class ScenarioFiles:
    """What was written of a scenario."""

    geometry: Path
    alerts: Path
    bands: Path
    page: Path | None
    steps: int
    pairs: int
    alerting_pairs: int  # rows with an alert above 0


def without_hysteresis(profile: Profile) -> Profile:
    """Return a profile whose answers are a pure function of the instant."""
    axes = {
        name: replace(getattr(profile, name), persistence=0.0) for name in ("direction", "speed", "climb", "altitude")
    }
    return replace(profile, hysteresis=Hysteresis(), persists_bands=False, **axes)


def instantaneous(profile: Profile) -> Profile:
    """Return a profile whose manoeuvres change the motion at once."""
    performance = replace(
        profile.performance,
        turn_rate_rps=0.0,
        bank_rad=0.0,
        acceleration_mps2=0.0,
        climb_acceleration_mps2=0.0,
        climb_rate_mps=0.0,
    )
    return replace(profile, performance=performance)


def run_scenario(
    scenario: DaaScenario,
    name: str,
    profile: Profile,
    out: Path,
    every_s: float | None = None,
    progress: Callable[[float], None] | None = None,
    *,
    is_drawn: bool = False,
) -> ScenarioFiles:
    """Write ``NAME.geometry.csv``, ``NAME.alerts.csv`` and ``NAME.bands.jsonl`` of a scenario.

    Args:
        scenario: its states.
        name: stem of the files.
        profile: alerting and guidance.
        out: folder, made where it is not there.
        every_s: guidance only at steps so many seconds apart, counted from the first; ``None`` for all.
        progress: told the share that is done.
        is_drawn: whether ``NAME.guidance.html`` is written too.
    """
    out.mkdir(parents=True, exist_ok=True)
    geometry, alerts, bands = [",".join(COLUMNS)], [",".join(alert_columns(profile))], []
    writer, guidance = AlertWriter(profile), SteadiedGuide(profile)
    found, shown = list(steps(scenario)), []
    for done, step in enumerate(found, 1):
        geometry += geometry_rows(step)
        alerts += writer.rows(step)
        is_shown = every_s is None or _is_multiple(step.time_s - found[0].time_s, every_s)
        if is_shown or profile.hysteresis.time_s > 0.0:  # steadied bands need every step
            told = guidance.update(step.for_profile(profile), step.time_s)
            if is_shown:
                bands.append(bands_line(step, told))
                shown.append(Shown(step, told, tuple(writer.levels[each] for each in step.intruders)))
        if progress is not None:
            progress(done / len(found))
    geometry_path, alerts_path, bands_path = (
        out / f"{name}.{kind}" for kind in ("geometry.csv", "alerts.csv", "bands.jsonl")
    )
    for path, lines in ((geometry_path, geometry), (alerts_path, alerts), (bands_path, bands)):
        _write(path, lines)
    page = out / f"{name}.guidance.html" if is_drawn else None
    if page is not None:
        page.write_text(guidance_page(name, profile, shown), "utf-8")
    return ScenarioFiles(
        geometry_path,
        alerts_path,
        bands_path,
        page,
        len(found),
        _pairs(found),
        sum(_is_alert(line) for line in alerts[1:]),
    )


def _is_multiple(value: float, step: float) -> bool:
    return abs(value - step * round(value / step)) < _EVEN_S


def _pairs(found: list[Step]) -> int:
    return sum(len(step.intruders) for step in found)


def _is_alert(line: str) -> bool:
    return line.split(",", 4)[3] not in ("", "0")


def _write(path: Path, lines: Iterable[str]) -> None:
    path.write_text("".join(f"{line}\n" for line in lines), "utf-8")
