"""The reports of a scenario file: who said what, where it can be read, and the numbers in it."""

from __future__ import annotations

from collections.abc import Collection

from skyaccord.tracks.scenarios.plan import Confidence, Figures, Reported, SpeedKind
from skyaccord.tracks.scenarios.strict_fields import StrictFields
from skyaccord.units import LENGTH, SPEED, TIME


def read_reported(fields: StrictFields, aircraft: Collection[str]) -> Reported:
    """Return one ``[[reported]]`` table; the aircraft that it names must be among those of the file."""
    with fields:
        what, by, source = (fields.get(key, str) for key in ("what", "by", "source"))
        confidence = Confidence(fields.one_of("confidence", tuple(Confidence)))
        return Reported(
            what,
            by,
            source,
            confidence,
            distance_m=fields.span("distance", LENGTH),
            clearance_m=fields.span("clearance", LENGTH),
            vertical_m=fields.span("vertical", LENGTH),
            lasted_s=fields.span("lasted", TIME),
            figures=_figures(fields, aircraft),
            is_flown=fields.get("flown", bool) if fields.has("flown") else True,
        )


def _figures(fields: StrictFields, aircraft: Collection[str]) -> Figures:
    figures = Figures(
        of=fields.one_of("of", aircraft) if fields.has("of") else "",
        beside=fields.one_of("beside", aircraft) if fields.has("beside") else "",
        altitude_m=fields.optional("altitude", LENGTH),
        speed_mps=fields.optional("speed", SPEED),
        speed_kind=SpeedKind(fields.one_of("speed_is", tuple(SpeedKind)))
        if fields.has("speed_is")
        else SpeedKind.UNTOLD,
        path_m=fields.span("path", LENGTH),
        climbed_m=fields.optional("climbed", LENGTH),
        took_s=fields.optional("took", TIME),
        is_head_on=fields.get("head_on", bool) if fields.has("head_on") else False,
    )
    _check(fields, figures)
    return figures


def _check(fields: StrictFields, figures: Figures) -> None:
    """Refuse numbers that nothing can be made of."""
    has_way = figures.path_m is not None or figures.climbed_m is not None
    if has_way != (figures.took_s is not None):
        fields.refuse("took and path or climbed belong together", 'Add what is missing, as took = "17 s"')
    if figures.took_s is not None and figures.took_s <= 0:
        fields.refuse("took no time", "Give a time above zero", "took")
    has_motion = has_way or figures.speed_mps is not None
    if has_motion and not figures.of:
        fields.refuse("a speed, a path or a climb of no aircraft", "Add of = the aircraft's id")
    if has_motion and figures.altitude_m is None:
        fields.refuse("a speed, a path or a climb without the altitude", "Add altitude, or the one that is assumed")
    if (figures.beside or figures.is_head_on) and figures.speed_mps is None:
        fields.refuse("beside and head_on say at which speed", "Add speed")
