"""``NAME.guidance.html``: bands on a compass rose and tapes, step by step or played, with what forbids each band."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from importlib.resources import files
from typing import Final

from skyaccord.batch.daa.bands import FULL_TURN_DEG, UNIT
from skyaccord.detect.advisory import advised_against
from skyaccord.detect.guidance.axis import Kind
from skyaccord.detect.guidance.explain import Cause, explain
from skyaccord.detect.guidance.guide import AxisGuidance, Guidance
from skyaccord.detect.profile import Profile, Region
from skyaccord.detect.scenes import Step
from skyaccord.draw.page import draw_page
from skyaccord.draw.rose import Blip, Sector, draw_rose, legend
from skyaccord.draw.scale import number_text
from skyaccord.draw.svg import Markup, element
from skyaccord.draw.tape import Stretch, draw_tape
from skyaccord.units import NM

MOST_STEPS: Final = 240
RANGE_M: Final = 10 * NM
FEW: Final = 4
"""So many intruders are all named in the picture; of more only those that are alerting."""

NAMES: Final = {
    Kind.DIRECTION: "Direction",
    Kind.SPEED: "Speed",
    Kind.CLIMB: "Vertical speed",
    Kind.ALTITUDE: "Altitude",
}
UNITS: Final = {Kind.DIRECTION: "deg", Kind.SPEED: "kt", Kind.CLIMB: "ft/min", Kind.ALTITUDE: "ft"}
WINDOW: Final = {Kind.SPEED: 150.0, Kind.CLIMB: 4_000.0, Kind.ALTITUDE: 3_000.0}
TONES: Final = {region: f"g-{region.name.lower()}" for region in Region}
MEANING: Final = {
    Region.NONE: "free",
    Region.FAR: "conflict, far",
    Region.MID: "conflict, corrective",
    Region.NEAR: "conflict, near",
    Region.RECOVERY: "way out where nothing is free",
}


@dataclass(frozen=True, slots=True)
class Shown:
    """A step, its guidance and the alert level of each intruder."""

    step: Step
    guidance: Guidance
    levels: tuple[int, ...]


def guidance_page(name: str, profile: Profile, shown: Sequence[Shown]) -> str:
    """Return the page of a scenario; of many steps, evenly chosen ones are shown."""
    every = max(1, math.ceil(len(shown) / MOST_STEPS))
    chosen = shown[::every]
    left_out = f" Every {every}th step is shown." if every > 1 else ""
    own = chosen[0].step.ownship if chosen else "the ownship"
    body = element(
        "main",
        element("h1", f"Guidance for {own}: {name}"),
        element(
            "p",
            f"Profile {profile.name}. Where not to go, for one's own aircraft only: no clearance, and no way to meet "
            f"another.{left_out}",
        ),
        legend([(TONES[region], MEANING[region]) for region in Region]),
        _controls(len(chosen)),
        [_section(each, profile, is_first=k == 0) for k, each in enumerate(chosen)] or element("p", "No step to show."),
    )
    room = files("skyaccord.batch.daa")
    style, script = (room.joinpath(each).read_text("utf-8") for each in ("page.css", "page.js"))
    return draw_page(f"Guidance: {name}", body, style=style, script=script)


def _controls(count: int) -> Markup:
    return element(
        "form",
        element("button", "Play", type="button", id="play"),
        element("input", type="range", id="when", min=0.0, max=float(max(0, count - 1)), value=0.0, aria_label="Step"),
        element("output", id="told"),
        class_="controls",
        hidden=True,
    )


def _section(shown: Shown, profile: Profile, *, is_first: bool) -> Markup:
    step, when = shown.step, f"{number_text(shown.step.time_s)} s"
    scene = step.for_profile(profile)
    if len(advised_against(scene)):
        blank = element("p", "Follow the resolution advisory.", class_="advised")
        stage, why = element("div", blank, class_="stage"), None
    else:
        causes = {axis.kind: explain(scene, profile, axis) for axis in shown.guidance.axes}
        stage = element("div", _rose(shown, causes), _tapes(shown, causes), class_="stage")
        why = _why(shown, causes)
    heading = element("h2", f"At {when}")
    return element("section", heading, stage, why, class_="step", hidden=not is_first, data_when=when)


def _rose(shown: Shown, causes: dict[Kind, tuple[Cause | None, ...]]) -> Markup:
    axis = shown.guidance.axis(Kind.DIRECTION)
    unit = UNIT[Kind.DIRECTION]
    sectors = [
        Sector(band.low / unit, band.high / unit, TONES[band.region], _title(shown, axis, k, causes))
        for k, band in enumerate(axis.bands)
    ]
    track = axis.current / unit
    title = f"{NAMES[Kind.DIRECTION]} bands of {shown.step.ownship}, north up"
    return draw_rose(sectors, track, _blips(shown), f"{number_text(RANGE_M / NM / 2)} NM", title)


def _blips(shown: Shown) -> list[Blip]:
    blips = []
    scene = shown.step.scene
    for name, state, level in zip(shown.step.intruders, scene.intruders, shown.levels, strict=True):
        east, north = state[0] - scene.ownship[0], state[1] - scene.ownship[1]
        above_ft = (state[2] - scene.ownship[2]) / UNIT[Kind.ALTITUDE]
        is_named = level > 0 or len(shown.levels) <= FEW
        label = f"{name} {above_ft / 100:+03.0f}" if is_named else ""
        bearing, track = (math.degrees(math.atan2(a, b)) for a, b in ((east, north), (state[3], state[4])))
        blips.append(Blip(bearing, math.hypot(east, north) / RANGE_M, track, label, f"level{level}"))
    return blips


def _tapes(shown: Shown, causes: dict[Kind, tuple[Cause | None, ...]]) -> list[Markup]:
    tapes = []
    for kind, reach in WINDOW.items():
        axis = shown.guidance.axis(kind)
        current = axis.current / UNIT[kind]
        stretches = [
            Stretch(band.low / UNIT[kind], band.high / UNIT[kind], TONES[band.region], _title(shown, axis, k, causes))
            for k, band in enumerate(axis.bands)
        ]
        tapes.append(draw_tape(NAMES[kind], UNITS[kind], current, (current - reach, current + reach), stretches))
    return tapes


def _title(shown: Shown, axis: AxisGuidance, k: int, causes: dict[Kind, tuple[Cause | None, ...]]) -> str:
    band, cause = axis.bands[k], causes[axis.kind][k]
    text = f"{_range(axis.kind, band.low, band.high)}: {MEANING[band.region]}"
    return text if cause is None else f"{text}; {_cause(shown, cause)}"


def _range(kind: Kind, low: float, high: float) -> str:
    unit = UNIT[kind]
    ends = [low / unit, high / unit]
    if kind is Kind.DIRECTION and high - low >= math.tau - 1e-9:
        return "all directions"
    ends = [end % FULL_TURN_DEG for end in ends] if kind is Kind.DIRECTION else ends
    return f"{ends[0]:,.0f} to {ends[1]:,.0f} {UNITS[kind]}"


def _cause(shown: Shown, cause: Cause) -> str:
    return f"{shown.step.intruders[cause.intruder]}, in {cause.entry_s:.0f} s"


def _why(shown: Shown, causes: dict[Kind, tuple[Cause | None, ...]]) -> Markup:
    rows = []
    for axis in shown.guidance.axes:
        for band, cause in zip(axis.bands, causes[axis.kind], strict=True):
            if cause is not None:
                cells = (
                    NAMES[axis.kind],
                    _range(axis.kind, band.low, band.high),
                    MEANING[band.region],
                    _cause(shown, cause),
                )
                rows.append(element("tr", [element("td", cell) for cell in cells]))
    if not rows:
        return element("p", "Nothing is forbidden.")
    heads = element(
        "tr", [element("th", text, scope="col") for text in ("Manoeuvre", "From, to", "What", "Forbidden by, in")]
    )
    return element("div", element("table", element("thead", heads), element("tbody", rows)), class_="why")
