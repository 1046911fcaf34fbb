"""The reports of a scenario file: who said what, where it can be read, and the numbers in it."""

from __future__ import annotations

from collections.abc import Mapping

from skyaccord.tracks.scenarios.plan import Confidence, Figures, Reported, SpeedKind
from skyaccord.tracks.scenarios.strict_fields import StrictFields
from skyaccord.units import LENGTH, SPEED, TIME


def read_reported(fields: StrictFields, types: Mapping[str, str]) -> Reported:
    """Return one ``[[reported]]`` table; ``types`` holds the type of each aircraft of the file, by id."""
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
            figures=_figures(fields, types),
            is_flown=fields.get("flown", bool) if fields.has("flown") else True,
        )


def _figures(fields: StrictFields, types: Mapping[str, str]) -> Figures:
    figures = Figures(
        of=fields.one_of("of", tuple(types)) if fields.has("of") else "",
        beside=fields.one_of("beside", tuple(types)) if fields.has("beside") else "",
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
    _check(fields, figures, types)
    return figures


def _check(fields: StrictFields, figures: Figures, types: Mapping[str, str]) -> None:
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
    for name in (figures.of, figures.beside):
        if has_motion and name and not types[name]:
            fields.refuse(f"the motion of {name!r}, whose type is not told", "Add its type, or leave the numbers out")
    if (figures.beside or figures.is_head_on) and figures.speed_mps is None:
        fields.refuse("beside and head_on say at which speed", "Add speed")
