"""The live service against histories fed one intruder at a time, and what it says of what it cannot judge."""

from __future__ import annotations

import math
import time
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from pyproj import Geod

from skyaccord.detect.advance import advance_states
from skyaccord.detect.hysteresis import AlertHistory
from skyaccord.detect.ladder import ladder
from skyaccord.detect.levels import pair_levels
from skyaccord.detect.live import Alert, AlertService
from skyaccord.errors import SkyaccordError
from skyaccord.model.states import States
from tests.detect.pairs import EN_ROUTE, LOOK_AHEAD_S, anywhere, around
from tests.detect.test_levels import part
from tests.frames.states import PROFILE

NAMES = "abcd"


def east_of(nm: float, **changed: float) -> States:
    """Return a westbound aircraft so far east of `OWN` on the equator; both at 300 kt."""
    values = {"lat_deg": 0.0, "lon_deg": nm / 60.0, "altitude_m": 3000.0, "groundspeed_mps": 154.3}
    values |= {"track_deg": 270.0, "vertical_rate_mps": 0.0} | changed
    return States(**{name: np.array([value]) for name, value in values.items()})


OWN = east_of(0.0, track_deg=90.0)


def together(*states: States) -> States:
    return States(*(np.concatenate([getattr(each, name) for each in states]) for name in States.__slots__))


def one(service: AlertService, now_s: float, state: States, **options: object) -> Alert:
    (alert,) = service.update(now_s, OWN, ["b"], state, **options)  # type: ignore[arg-type]
    return alert


# The pause before each update, and how far off each intruder is (NM; None: not in the update); every level occurs.
STEPS = st.lists(
    st.tuples(
        st.sampled_from([1.0, 1.0, 1.0, 0.5, 4.0, 6.0]),
        st.lists(
            st.one_of(st.none(), st.sampled_from([3.0, 6.5, 8.0, 10.5, 14.0, 16.0, 17.5, 40.0, -5.0])),
            min_size=len(NAMES),
            max_size=len(NAMES),
        ),
    ),
    max_size=25,
)


@given(steps=STEPS)
def test_updates_give_what_histories_of_single_intruders_give(steps: list[tuple[float, list[float | None]]]) -> None:
    service, rule, now_s = AlertService(PROFILE), ladder(EN_ROUTE, LOOK_AHEAD_S), 1000.0
    histories = {name: AlertHistory(PROFILE.hysteresis) for name in NAMES}
    for pause_s, distances in steps:
        now_s += pause_s
        present = {name: east_of(nm) for name, nm in zip(NAMES, distances, strict=True) if nm is not None}
        states = together(*present.values()) if present else part(OWN, slice(0, 0))
        found = {alert.intruder: alert for alert in service.update(now_s, OWN, list(present), states)}
        for name, state in present.items():
            standing = np.array([histories[name].standing(now_s)])
            raw = pair_levels(OWN, state, rule, standing=standing)
            expected = histories[name].update(int(raw.level[0]), now_s)
            assert (found[name].level, found[name].reason) == (expected, None)
            assert found[name].t_entry_s == (None if math.isnan(raw.entry_s[0]) else raw.entry_s[0])
        for name in set(found) - set(present):
            assert found[name].level is None
            assert found[name].last_level == histories[name].level


def test_an_intruder_that_stops_reporting_is_not_clear() -> None:
    service = AlertService(PROFILE)
    assert one(service, 0.0, east_of(8.0)).level == 3
    (missing,) = service.update(4.0, OWN, [], part(OWN, slice(0, 0)))
    assert missing == Alert("b", None, None, 3, "no state for 4.0 s")
    assert service.update(61.0, OWN, [], part(OWN, slice(0, 0))) == []
    assert len(service) == 0


@pytest.mark.parametrize(
    ("changed", "reason"),
    [
        ({"lat_deg": math.nan}, "no position"),
        ({"altitude_m": math.nan}, "no altitude"),
        ({"groundspeed_mps": math.inf}, "no groundspeed"),
        ({"track_deg": math.nan}, "no track"),
        ({"vertical_rate_mps": math.nan}, "no vertical_rate"),
    ],
)
def test_a_state_that_lacks_a_value_gives_the_reason_and_the_level_that_stood(
    changed: dict[str, float], reason: str
) -> None:
    service = AlertService(PROFILE)
    one(service, 0.0, east_of(8.0))
    assert one(service, 1.0, east_of(8.0, **changed)) == Alert("b", None, None, 3, reason)


def test_stale_and_future_states_have_no_level() -> None:
    service = AlertService(PROFILE)
    assert one(service, 20.0, east_of(8.0), at_s=np.array([8.0])).reason == "stale: 12.0 s old"
    assert one(service, 20.0, east_of(8.0), at_s=np.array([25.0])).reason == "dated 5.0 s after now"
    assert one(service, 20.0, east_of(8.0), at_s=np.array([math.nan])).level is None
    assert one(service, 20.0, east_of(8.0), ownship_at_s=5.0).reason == "ownship: stale: 15.0 s old"


def test_older_states_are_carried_on_to_now() -> None:
    # 10.05 NM ahead 9 s ago; closing at 600 kt it is now at 8.55 NM, or 9.3 NM where only one of them has moved on.
    fresh, older = AlertService(PROFILE), AlertService(PROFILE)
    now = one(fresh, 9.0, east_of(8.55))
    then = one(older, 9.0, east_of(9.3), at_s=np.array([0.0]))
    assert (then.level, now.level) == (3, 3)
    assert then.t_entry_s == pytest.approx(now.t_entry_s, abs=0.05)


def test_two_states_of_one_intruder_contradict() -> None:
    found = AlertService(PROFILE).update(0.0, OWN, ["b", "b"], together(east_of(8.0), east_of(9.0)))
    assert [(each.level, each.reason) for each in found] == [(None, "several states at this instant")] * 2


def test_an_alerter_that_the_profile_lacks_leaves_the_level_open() -> None:
    assert (
        one(AlertService(PROFILE), 0.0, east_of(8.0), alerters=np.array([2])).reason == "the profile has no alerter 2"
    )


def test_each_intruder_has_its_alerter() -> None:
    late = replace(EN_ROUTE, levels=tuple(replace(each, alerting_time_s=1.0) for each in EN_ROUTE.levels))
    service = AlertService(replace(PROFILE, alerters=(EN_ROUTE, late)))
    found = service.update(0.0, OWN, ["a", "b"], together(east_of(9.0), east_of(9.0)), alerters=np.array([1, 2]))
    assert [each.level for each in found] == [3, 0]


def test_memory_is_bounded() -> None:
    service = AlertService(PROFILE, most_absent=50)
    for k in range(200):
        names = [f"{k}-{n}" for n in range(20)]
        service.update(float(k), OWN, names, together(*[east_of(8.0)] * 20))
        assert len(service) <= 70
    assert len(service._histories) < 300


def test_a_place_that_is_taken_again_has_no_past() -> None:
    service = AlertService(PROFILE, most_absent=0)
    one(service, 0.0, east_of(8.0))
    service.update(1.0, OWN, ["c"], east_of(40.0))
    (alert, *_) = service.update(2.0, OWN, ["b"], east_of(40.0))
    assert (alert.level, alert.last_level) == (0, 0)


def test_numbers_of_ids_and_states_must_fit() -> None:
    with pytest.raises(SkyaccordError, match="give one ownship"):
        AlertService(PROFILE).update(0.0, OWN, ["a", "b"], east_of(8.0))


def test_states_are_advanced_along_the_geodesic() -> None:
    states = anywhere(np.random.default_rng(1), 500)
    found = advance_states(states, np.full(500, 10.0))
    geod = Geod(ellps="WGS84")
    way = states.groundspeed_mps * 10.0
    lon, lat, _ = geod.fwd(states.lon_deg, states.lat_deg, states.track_deg, way)
    _, _, off_m = geod.inv(lon, lat, found.lon_deg, found.lat_deg)
    assert np.max(off_m) < 2.0
    assert found.altitude_m == pytest.approx(states.altitude_m + 10.0 * states.vertical_rate_mps)


def test_ten_thousand_intruders_are_judged_well_within_a_second() -> None:
    rng = np.random.default_rng(2)
    own = part(anywhere(rng, 1), slice(None))
    states = around(rng, part(own, np.zeros(10_000, int)), 500_000.0, 6000.0)
    service, names = AlertService(PROFILE), [f"{k:06x}" for k in range(10_000)]
    service.update(0.0, own, names, states)
    begin = time.perf_counter()
    service.update(1.0, own, names, states)
    assert time.perf_counter() - begin < 1.0
