"""Faults of a record, and which of them the record itself can show.

Observable, and this was fixed before any result was seen: silence between two reports of an aircraft, a missing value,
and every displacement of a position that the record contradicts. It contradicts one where, between two of the
aircraft's reports, positions move otherwise than the reported velocity says (where none is reported: than the step
before) by more than all that is granted: twice the accuracy stated or assumed, the half steps of both stamps, a turn of
30° of bank, and 5 % of speed. What is within the accuracy stated or assumed is granted, and draws with nothing else
wrong count as observable.

Unobservable: a constant error of one source's clock or altimeter, a displacement that nothing in the record
contradicts (smooth, constant or small), and what happened before the first or after the last report of either aircraft.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

import numpy as np

from skyaccord.units import FT, NM
from tests.safety.flights import CLASSES, Encounters, Flights, Floats
from tests.safety.sensors import Reports, Sensor, draw_sensor, observe, quantise

TURN_MPS2 = 9.81 * np.tan(np.radians(30.0))
SPEED_ERROR = 0.05
SPANS = (1, 2, 4, 8, 16)  # reports over which positions are compared with velocities
SILENCE_S = 60.0  # positions are not compared across more


class Fault(StrEnum):
    CLEAN = "clean: no noise, exact stamps, every second, NACp 10 or 11"
    SPARSE = "as clean, every 1 to 10 s, NACp 9 to 11"
    NOISE = "noise, rates, stamps and steps only"
    DROPOUT = "silence of 10 s to 5 min"
    FROZEN = "position held for 5 s to 2 min"
    FROZEN_STATE = "whole state held for 5 s to 2 min"
    JUMP = "position displaced by 200 m to 30 NM for 1 s to 2 min"
    ALTITUDE = "altitude missing throughout, for 10 s to 200 s, or in half of the reports"
    DUPLICATE = "another aircraft under the same id, 0.5 to 60 NM away"
    LATE = "record begins late or ends early"
    SEVERAL = "several of the above at once"
    CLOCK = "clock of one source off by up to 3 s"
    ALTIMETER = "altimeter of one aircraft off by up to 250 ft"
    OFFSET = "all positions of one aircraft displaced by 200 m to 10 NM"


BOTH = (Fault.CLEAN, Fault.SPARSE)  # what concerns both aircraft; faults concern one
NEVER_SEEN = (Fault.CLOCK, Fault.ALTIMETER, Fault.OFFSET)
FAULTS = tuple(Fault)


@dataclass
class Record:
    """What is recorded of one aircraft of each encounter, and what of it is hidden."""

    sensor: Sensor
    reports: Reports
    hidden_from_s: Floats  # while the position is not recorded or wrong; infinite where never
    hidden_until_s: Floats
    no_altitude_from_s: Floats  # while the altitude is not recorded
    no_altitude_until_s: Floats


def degrade(rng: np.random.Generator, encounters: Encounters, fault: Floats) -> tuple[Record, Record]:
    """Return what is recorded of both aircraft, ``fault`` one index of `FAULTS` an encounter."""
    side = rng.integers(2, size=len(encounters))
    several = fault == FAULTS.index(Fault.SEVERAL)
    records = []
    for s, flights in enumerate((encounters.own, encounters.other)):
        hit = {kind: (fault == k) & ((side == s) | (kind in BOTH)) for k, kind in enumerate(FAULTS)}
        for kind in (Fault.DROPOUT, Fault.FROZEN, Fault.JUMP, Fault.ALTITUDE):
            hit[kind] = hit[kind] | (several & (rng.uniform(size=len(fault)) < 0.4))
        records.append(_record(rng, flights, encounters.half_s, hit))
    return records[0], records[1]


def _record(rng: np.random.Generator, flights: Flights, half_s: Floats, hit: dict[Fault, Floats]) -> Record:
    count = len(half_s)
    sensor = draw_sensor(rng, count, hit[Fault.CLEAN], hit[Fault.SPARSE])
    clock_s = np.where(hit[Fault.CLOCK], rng.uniform(-3.0, 3.0, count), 0.0)
    reports = observe(rng, flights, half_s, sensor, clock_s)
    reports.altitude_m += (np.where(hit[Fault.ALTIMETER], rng.uniform(-250, 250, count), 0.0) * FT)[:, None]
    quantise(reports, sensor)
    nowhere = np.full(count, np.inf)
    record = Record(sensor, reports, nowhere, -nowhere, nowhere, -nowhere)
    _freeze(rng, record, hit[Fault.FROZEN], hit[Fault.FROZEN_STATE])
    _displace(rng, record, hit[Fault.JUMP], hit[Fault.OFFSET])
    _silence(rng, record, hit[Fault.DROPOUT])
    _cut(rng, record, half_s, hit[Fault.LATE])
    _blind(rng, record, hit[Fault.ALTITUDE])
    if hit[Fault.DUPLICATE].any():
        _double(rng, record, flights, half_s, hit[Fault.DUPLICATE])
    return record


def _hide(record: Record, which: Floats, from_s: Floats, until_s: Floats) -> Floats:
    """Note that positions of some are hidden over a time, and return which reports lie in it."""
    reach_s = 2.0 * record.sensor.every_s  # the reports around it are seen
    record.hidden_from_s = np.where(which, np.minimum(record.hidden_from_s, from_s - reach_s), record.hidden_from_s)
    record.hidden_until_s = np.where(which, np.maximum(record.hidden_until_s, until_s + reach_s), record.hidden_until_s)
    t_s = record.reports.t_s
    return which[:, None] & (t_s >= from_s[:, None]) & (t_s <= until_s[:, None])


def _about_closest(rng: np.random.Generator, lasts_s: Floats) -> tuple[Floats, Floats]:
    middle_s = rng.normal(0.0, 60.0, len(lasts_s))
    return middle_s - 0.5 * lasts_s, middle_s + 0.5 * lasts_s


def _freeze(rng: np.random.Generator, record: Record, position: Floats, state: Floats) -> None:
    reports, which = record.reports, position | state
    inside = _hide(record, which, *_about_closest(rng, rng.uniform(5.0, 120.0, len(which)))) & reports.is_there
    first = np.argmax(inside, axis=1)[:, None]
    held = np.take_along_axis(reports.position_m, first[None], 2)
    reports.displaced_m += np.where(inside, held - reports.position_m, 0.0)
    reports.position_m = np.where(inside, held, reports.position_m)
    whole = inside & state[:, None]
    for name in ("altitude_m", "speed_mps", "track_deg", "climb_mps"):
        value = getattr(reports, name)
        setattr(reports, name, np.where(whole, np.take_along_axis(value, first, 1), value))


def _displace(rng: np.random.Generator, record: Record, jump: Floats, offset: Floats) -> None:
    count = len(jump)
    lasts_s = np.exp(rng.uniform(0.0, np.log(120.0), count))
    from_s, until_s = _about_closest(rng, lasts_s)
    far_m = np.exp(rng.uniform(np.log(200.0), np.log(np.where(jump, 30 * NM, 10 * NM)), count))
    angle = rng.uniform(0.0, 2 * np.pi, count)
    inside = _hide(record, jump, from_s, until_s) | offset[:, None]
    shift = np.where(inside, np.stack([far_m * np.sin(angle), far_m * np.cos(angle)])[:, :, None], 0.0)
    record.reports.position_m += shift
    record.reports.displaced_m += shift


def _silence(rng: np.random.Generator, record: Record, which: Floats) -> None:
    inside = _hide(record, which, *_about_closest(rng, rng.uniform(10.0, 300.0, len(which))))
    record.reports.is_there &= ~inside


def _cut(rng: np.random.Generator, record: Record, half_s: Floats, which: Floats) -> None:
    at_s, is_late = rng.uniform(-0.5, 0.5, len(which)) * half_s, rng.uniform(size=len(which)) < 0.5
    inside = _hide(record, which, np.where(is_late, -half_s, at_s), np.where(is_late, at_s, half_s))
    record.reports.is_there &= ~inside


def _blind(rng: np.random.Generator, record: Record, which: Floats) -> None:
    reports, way = record.reports, rng.integers(3, size=len(which))
    from_s, until_s = _about_closest(rng, rng.uniform(10.0, 200.0, len(which)))
    from_s, until_s = np.where(way == 0, from_s, -np.inf), np.where(way == 0, until_s, np.inf)
    inside = (reports.t_s >= from_s[:, None]) & (reports.t_s <= until_s[:, None])
    inside &= (way[:, None] < 2) | (rng.uniform(size=inside.shape) < 0.5)
    reports.altitude_m = np.where(which[:, None] & inside, np.nan, reports.altitude_m)
    reach_s = 2.0 * record.sensor.every_s
    record.no_altitude_from_s = np.where(which, from_s - reach_s, np.inf)
    record.no_altitude_until_s = np.where(which, until_s + reach_s, -np.inf)


def _double(rng: np.random.Generator, record: Record, flights: Flights, half_s: Floats, which: Floats) -> None:
    """Let another aircraft report under the same id, flying straight."""
    count = len(which)
    kind = rng.integers(len(CLASSES), size=count)
    slow, fast, spread, change, low, high = (np.array(column)[kind] for column in zip(*CLASSES, strict=True))
    far_m, angle = np.exp(rng.uniform(np.log(0.5 * NM), np.log(60 * NM), count)), rng.uniform(0, 2 * np.pi, count)
    nothing = np.zeros(count)
    origin = flights.origin_m + np.stack([far_m * np.sin(angle), far_m * np.cos(angle), nothing])
    origin[2] = rng.uniform(low, high)
    other = Flights(
        speed_mps=rng.uniform(slow, fast),
        heading_rad=rng.uniform(0, 2 * np.pi, count),
        turn_radps=nothing + 1.0,
        turn_from_s=nothing,
        turn_for_s=nothing,
        climb_mps=rng.normal(size=count) * spread * (rng.uniform(size=count) < 0.5),
        change_mps2=change,
        change_from_s=nothing,
        change_for_s=nothing,
        origin_m=origin,
    )
    sensor = draw_sensor(rng, count, nothing > 0.0, nothing > 0.0)
    sensor.nac_p, sensor.granted_m = record.sensor.nac_p, record.sensor.granted_m  # one id states one accuracy
    sensor.radius_95_m = np.minimum(sensor.radius_95_m, record.sensor.granted_m)
    extra = observe(rng, other, half_s, sensor, nothing)
    quantise(extra, sensor)
    extra.displaced_m = extra.position_m - flights.at(extra.t_s)[:2]
    record.reports = record.reports.join(extra, which)
    _hide(record, which, -half_s, half_s)


def is_contradicted(record: Record) -> Floats:
    """Return of which aircraft the record contradicts positions, by itself alone."""
    reports, sensor = record.reports, record.sensor
    found = np.zeros(len(sensor.nac_p), bool)
    order = np.argsort(np.where(reports.is_there, reports.stamp_s, np.inf), axis=1, kind="stable")
    t_s = np.take_along_axis(np.where(reports.is_there, reports.stamp_s, np.nan), order, 1)
    place = np.take_along_axis(reports.position_m, np.broadcast_to(order, reports.position_m.shape), 2)
    speed, track = (np.take_along_axis(v, order, 1) for v in (reports.speed_mps, np.radians(reports.track_deg)))
    velocity = np.stack([speed * np.sin(track), speed * np.cos(track)])
    took_s = np.diff(t_s, axis=1)
    step = np.diff(place, axis=2)
    told = 0.5 * (velocity[..., 1:] + velocity[..., :-1]) * took_s
    before = np.concatenate([np.full((2, len(found), 1), np.nan), step[..., :-1]], axis=2)
    ratio = np.concatenate([np.full((len(found), 1), np.nan), took_s[:, 1:] / np.maximum(took_s[:, :-1], 1e-3)], axis=1)
    unsaid = np.isnan(told)
    told = np.where(unsaid, before * ratio, told)
    pace = np.nan_to_num(np.hypot(*told) / np.maximum(took_s, 1e-3))
    granted = 2.0 * sensor.granted_m[:, None] + sensor.stamp_step_s[:, None] * pace
    granted = granted + np.where(unsaid[0], 2.0, 1.0) * 0.5 * TURN_MPS2 * took_s**2
    for span in SPANS:
        if span > 1 and span < took_s.shape[1]:
            count = took_s.shape[1] - span + 1
            parts = [slice(k, k + count) for k in range(span)]
            wrong = np.hypot(*sum((step - told)[..., p] for p in parts))
            allowed = np.max([granted[:, p] for p in parts], axis=0)
            way_m, lasts_s = sum(pace[:, p] * took_s[:, p] for p in parts), sum(took_s[:, p] for p in parts)
            usable = ~np.any([unsaid[0][:, p] for p in parts], axis=0)
        else:
            wrong, allowed, way_m, lasts_s = np.hypot(*(step - told)), granted, pace * took_s, took_s
            usable = np.ones_like(wrong, bool)
        over = (wrong > allowed + SPEED_ERROR * way_m) & (lasts_s <= SILENCE_S) & usable
        found |= over.any(axis=1)
    return found
