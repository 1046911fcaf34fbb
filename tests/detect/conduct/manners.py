"""One clear case of each manner, drawn at random, with its truth: which manner, and who intercepted."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from skyaccord.detect.conduct.classify import Conduct, classify
from skyaccord.detect.conduct.manner import Manner
from skyaccord.detect.encounters import Found, find_encounters
from skyaccord.detect.volume import Volume
from skyaccord.units import FT, KT, NM
from tests.builders import Flight, make_tracks
from tests.detect.conduct.flights import Flown, Sensor, beside, fly_lead, nose_on, pursue, slowed, smooth, wgs84

VOLUME = Volume(3 * NM, 3000 * FT)
Random = np.random.Generator


@dataclass(frozen=True)
class Case:
    """Two true paths; ``interceptor`` is 0, 1 or ``None`` where nobody intercepted."""

    manner: Manner
    one: Flown
    two: Flown
    interceptor: int | None = None


def draw_sensor(random: Random) -> Sensor:
    every_s = float(random.choice([1.0, 2.0, 4.0, 5.0, 8.0, 10.0]))
    return Sensor(
        every_s=every_s,
        sigma_m=float(random.choice([3.0, 10.0, 20.0, 38.0])),
        lasting_s=float(random.choice([0.0, 20.0, 120.0])),
        phase_s=float(random.uniform(0.0, every_s)),
        states_error=bool(random.random() < 0.5),
    )


def reports(case: Case, random: Random, names: tuple[str, str] = ("aaaaaa", "bbbbbb")) -> dict[str, Flight]:
    return {
        name: draw_sensor(random).report(flown, random) for name, flown in zip(names, (case.one, case.two), strict=True)
    }


def find(flights: dict[str, Flight], volume: Volume = VOLUME) -> Found:
    return find_encounters(make_tracks(flights), volume)


def main_conduct(found: Found) -> Conduct:
    """Return the conduct of the encounter that lasted longest."""
    lasted = found.intervals.end_s - found.intervals.begin_s
    return classify(found)[int(np.argmax(lasted))]


def passing(random: Random, manner: Manner, angle_deg: float, speeds_kt: tuple[float, float]) -> Case:
    """Two that fly straight and pass each other about the middle of eight minutes."""
    seconds, course = 480.0, float(random.uniform(0.0, 360.0))
    paths = []
    for track, speed_kt, miss_m in zip(
        (course, course + angle_deg), speeds_kt, (0.0, float(random.uniform(0.0, 0.6 * NM))), strict=True
    ):
        back = speed_kt * KT * seconds / 2.0
        lon, lat, azimuth = wgs84().fwd(8.0, 46.0, track + 180.0, back)
        lon, lat, _ = wgs84().fwd(lon, lat, track + 90.0, miss_m)
        paths.append(fly_lead(seconds, speed_kt * KT, azimuth % 360.0, lat_deg=lat, lon_deg=lon))
    return Case(manner, paths[0], paths[1])


def rear_deg(angle_deg: float, speeds_kt: tuple[float, float]) -> float:
    """Return the smaller angle off the tail on which either approaches the other, by its velocity in a plane."""
    v = [
        speed * np.array((np.sin(np.radians(t)), np.cos(np.radians(t))))
        for speed, t in zip(speeds_kt, (0, angle_deg), strict=True)
    ]
    lines = []
    for own, other in ((v[0], v[1]), (v[1], v[0])):
        u = own - other
        lines.append(float(np.degrees(np.arccos(u @ other / np.linalg.norm(u) / np.linalg.norm(other)))))
    return min(lines)


def head_on(random: Random) -> Case:
    speeds = float(random.uniform(180, 480)), float(random.uniform(180, 480))
    return passing(random, Manner.HEAD_ON, float(random.uniform(160.0, 200.0)), speeds)


def crossing(random: Random) -> Case:
    while True:
        angle, speeds = (
            float(random.uniform(60, 115)),
            (float(random.uniform(180, 480)), float(random.uniform(180, 480))),
        )
        if rear_deg(angle, speeds) > 82.0:
            return passing(random, Manner.CROSSING, angle, speeds)


def overtaking(random: Random) -> Case:
    slow = float(random.uniform(150, 350))
    fast = slow + float(random.uniform(80, 150))
    while True:
        angle = float(random.uniform(-25, 25))
        if rear_deg(angle, (slow, fast)) < 55.0:
            return passing(random, Manner.OVERTAKING, angle, (slow, fast))


def formation(random: Random) -> Case:
    rate = float(random.choice([-1.0, 1.0]) * random.uniform(0.5, 1.5))
    turns = ((200.0, 200.0 + float(random.uniform(20, 80)), rate),) if random.random() < 0.7 else ()
    lead = fly_lead(480.0, float(random.uniform(180, 450)) * KT, float(random.uniform(0, 360)), turns)
    ahead = np.full(len(lead.t_s), -float(random.uniform(0.0, 600.0)))
    right = np.full(len(lead.t_s), float(random.choice([-1, 1]) * random.uniform(60.0, 600.0)))
    return Case(Manner.FORMATION, lead, beside(lead, ahead, right, float(random.uniform(-50, 50)) * FT))


def _joining(random: Random, arrive_s: float, hold_s: float, leave: bool) -> tuple[Flown, Flown]:
    """A lead that flies straight, and one that comes from astern, slows down alongside and breaks away or stays."""
    seconds = arrive_s + hold_s + 120.0
    lead = fly_lead(seconds, float(random.uniform(220, 420)) * KT, float(random.uniform(0, 360)))
    t_s, side = lead.t_s, float(random.choice([-1, 1]))
    closing = float(random.uniform(35, 80))
    ahead = -slowed(t_s, arrive_s, closing, float(random.uniform(35, 60))) - float(random.uniform(0, 150))
    station_m = float(random.uniform(300, 700))
    right = side * (station_m + float(random.uniform(300, 1500)) * (1.0 - smooth(t_s, arrive_s - 120.0, arrive_s)))
    if leave:
        begin = arrive_s + hold_s
        gone = np.clip(t_s - begin, 0.0, None)
        rate = float(random.uniform(50, 90))  # m/s to the side after some seconds
        right = right + side * rate * np.where(gone < 15.0, gone**2 / 30.0, gone - 7.5)
        ahead = ahead - 0.25 * rate * np.where(gone < 15.0, gone**2 / 30.0, gone - 7.5)
    return lead, beside(lead, ahead, right, float(random.uniform(0, 60)) * FT)


def identification(random: Random) -> Case:
    lead, other = _joining(random, 300.0, float(random.uniform(60, 200)), leave=True)
    return Case(Manner.IDENTIFICATION_APPROACH, lead, other, 1)


def escort(random: Random) -> Case:
    lead, other = _joining(random, 300.0, float(random.uniform(420, 700)), leave=bool(random.random() < 0.5))
    return Case(Manner.ESCORT, lead, other, 1)


def shadowing(random: Random) -> Case:
    """Fly behind another through two turns, nose on it, cutting the corners, its distance kept by its speed."""
    rate = float(random.choice([-1, 1]) * random.uniform(1.2, 1.6))
    lasts = float(random.uniform(70.0, 100.0)) / abs(rate)
    turns = ((200.0, 200.0 + lasts, rate), (420.0, 420.0 + lasts, -rate))
    lead = fly_lead(620.0, float(random.uniform(220, 400)) * KT, float(random.uniform(0, 360)), turns)
    return Case(Manner.SHADOWING, lead, pursue(lead, float(random.uniform(2.1, 2.6)) * NM, 300 * FT), 1)


def parallel(random: Random) -> Case:
    lead = fly_lead(480.0, float(random.uniform(180, 450)) * KT, float(random.uniform(0, 360)))
    same = np.ones(len(lead.t_s))
    if random.random() < 0.5:  # one above the other on an airway
        ahead, right, above = float(random.uniform(-600, 600)), float(random.uniform(-300, 300)), 1000 * FT
    else:
        ahead, right, above = float(random.uniform(-600, 600)), float(random.uniform(1.8, 2.6)) * NM, 0.0
    return Case(Manner.PARALLEL, lead, beside(lead, ahead * same, right * same, above))


CASES: dict[Manner, Callable[[Random], Case]] = {
    Manner.HEAD_ON: head_on,
    Manner.CROSSING: crossing,
    Manner.OVERTAKING: overtaking,
    Manner.FORMATION: formation,
    Manner.IDENTIFICATION_APPROACH: identification,
    Manner.ESCORT: escort,
    Manner.SHADOWING: shadowing,
    Manner.PARALLEL: parallel,
}


def steered(random: Random) -> Case:
    """Turn onto another that flies straight, nose on it all the way, and pass close behind it."""
    lead = fly_lead(400.0, float(random.uniform(200, 300)) * KT, float(random.uniform(0, 360)))
    side, abeam_m = float(random.choice([-1, 1])), float(random.uniform(5.0, 7.0)) * NM
    return Case(Manner.UNDETERMINED, lead, nose_on(lead, side * abeam_m, float(random.uniform(1.25, 1.5))), 1)
