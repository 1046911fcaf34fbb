"""Which aircraft flew as one."""

from __future__ import annotations

import numpy as np

from skyaccord.detect.conduct.classify import classify
from skyaccord.detect.conduct.formation import groups
from skyaccord.detect.conduct.manner import Manner
from skyaccord.detect.encounters import find_encounters
from skyaccord.units import KT
from tests.builders import Flight, make_tracks
from tests.detect.conduct.flights import Flown, Sensor, beside, fly_lead, slowed, smooth
from tests.detect.conduct.manners import VOLUME, find

SENSOR = Sensor(every_s=2.0, sigma_m=5.0)


def seen(flown: dict[str, Flown]) -> dict[str, Flight]:
    random = np.random.default_rng(30)
    return {name: SENSOR.report(path, random) for name, path in flown.items()}


def pair_of_interceptors() -> dict[str, Flown]:
    """Two that fly as one come from astern, slow down beside a third that flies straight, and stay there."""
    lead = fly_lead(900.0, 300 * KT, 45.0)
    ahead = -slowed(lead.t_s, 300.0, 60.0, 45.0)
    right = -400.0 - 900.0 * (1.0 - smooth(lead.t_s, 180.0, 300.0))
    first = beside(lead, ahead, right)
    second = beside(lead, ahead - 150.0, right - 200.0)
    return {"straight": lead, "first": first, "second": second}


def test_pair_of_interceptors_is_one_formation_without_the_one_they_joined() -> None:
    found = find(seen(pair_of_interceptors()))
    ids = [aircraft.id for aircraft in found.measured.tracks.aircraft]
    (formation,) = groups(found)
    assert {ids[k] for k in formation.aircraft} == {"first", "second"}
    manners = {
        frozenset((ids[c.a], ids[c.b])): (c.manner, c.interceptor if c.interceptor is None else ids[c.interceptor])
        for c in classify(found)
    }
    assert manners[frozenset(("first", "straight"))] == (Manner.ESCORT, "first")
    assert manners[frozenset(("second", "straight"))] == (Manner.ESCORT, "second")
    assert manners[frozenset(("first", "second"))] == (Manner.FORMATION, None)


def test_chain_of_pairs_is_one_formation_though_its_ends_are_apart() -> None:
    lead = fly_lead(300.0, 300 * KT, 45.0)
    same = np.ones(len(lead.t_s))
    flown = {f"n{k}": beside(lead, -800.0 * k * same, 1400.0 * k * same) for k in range(3)}
    (formation,) = groups(find(seen(flown)))
    assert formation.aircraft == (0, 1, 2)
    assert formation.until_s - formation.from_s > 200.0


def test_formations_at_different_times_stay_two() -> None:
    lead = fly_lead(200.0, 300 * KT, 45.0)
    other = beside(lead, np.zeros(len(lead.t_s)), np.full(len(lead.t_s), 300.0))
    flights = seen({"aaaaaa": lead, "bbbbbb": other, "cccccc": other})
    later = {name: flights[name].moved(later_s=3600.0) for name in ("aaaaaa", "cccccc")}
    joined = {"aaaaaa": flights["aaaaaa"].then(later["aaaaaa"]), "bbbbbb": flights["bbbbbb"], "cccccc": later["cccccc"]}
    found = find_encounters(make_tracks(joined), VOLUME)
    assert [formation.aircraft for formation in groups(found)] == [(0, 1), (0, 2)]


def test_nothing_found_has_no_groups() -> None:
    assert groups(find(seen({"alone": fly_lead(60.0, 300 * KT, 0.0)}))) == ()
