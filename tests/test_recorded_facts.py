"""What is known of the recordings, found by the whole chain from file to verdict."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import numpy as np
import polars as pl
import pytest

from skyaccord.batch.question import Question
from skyaccord.batch.review import Review, review
from skyaccord.memorandum.load import read_memorandum
from skyaccord.memorandum.presets import preset
from skyaccord.model.encounter import Encounter, Outcome
from skyaccord.rules.judge import Between
from skyaccord.tracks.parties import Claim, Parties
from skyaccord.units import FT, NM

pytestmark = pytest.mark.recordings

HALF_MILE = read_memorandum(
    """
    [memorandum]
    title = "Half a mile or five hundred feet"
    parties = ["any"]
    valid = { from = 2000-01-01T00:00:00Z, until = 2100-01-01T00:00:00Z }
    [[provision]]
    id = "close"
    text = "Keep half a nautical mile or five hundred feet."
    modality = "shall"
    evidence = ["tracks"]
    keep = "horizontal >= 0.5 NM or vertical >= 500 ft"
    """
)
FIVE_MILES = preset("surveillance-minima")
THREES = preset("syria-2015-public-outline")


def named(result: Review, encounter: Encounter) -> frozenset[str]:
    aircraft = result.findings.aircraft
    return frozenset((aircraft[encounter.a].id, aircraft[encounter.b].id))


def pairs_of(result: Review) -> dict[frozenset[str], Encounter]:
    """Return the nearest encounter of each pair."""
    found = sorted(result.findings.encounters, key=lambda e: -e.min_normalised)
    return {named(result, e): e for e in found}


@pytest.mark.parametrize(
    ("file", "pair", "miss_nm", "height_ft"),
    [
        ("adsbactions_n36w122_20250601.parquet", ("aa0415", "ab0a19"), 0.02, None),
        ("adsbactions_n36w122_20250601.parquet", ("a4ff9c", "a7dbd2"), 0.15, 350.0),
        ("adsbactions_blackrock_20230829_1h.parquet", ("a1deaa", "a9ddb5"), None, None),
        ("adsbactions_blackrock_20230829_1h.parquet", ("a23e55", "ac88b6"), None, None),
    ],
)
def test_known_close_pairs_are_found(
    recordings: Path, file: str, pair: tuple[str, str], miss_nm: float | None, height_ft: float | None
) -> None:
    result = review(Question((recordings / file,), HALF_MILE))
    encounter = pairs_of(result)[frozenset(pair)]
    if miss_nm is not None:
        assert encounter.min_horizontal_m == pytest.approx(miss_nm * NM, abs=0.01 * NM)
    if height_ft is not None:
        assert encounter.vertical_at_cpa_m == pytest.approx(height_ft * FT, abs=10 * FT)


def test_parked_aircraft_at_the_desert_strip_make_no_pairs(recordings: Path) -> None:
    result = review(Question((recordings / "adsbactions_blackrock_20230829_1h.parquet",), HALF_MILE))
    assert pairs_of(result).keys() == {frozenset(("a1deaa", "a9ddb5")), frozenset(("a23e55", "ac88b6"))}


def test_formation_is_long_and_its_minimum_lies_below_the_measurement_floor(recordings: Path) -> None:
    result = review(Question((recordings / "traffic_dreamliner_formation_20171201.parquet",), THREES))
    longest = max(result.findings.encounters, key=lambda e: e.end_s - e.start_s)
    assert longest.end_s - longest.start_s > 1200.0
    assert longest.min_horizontal_m < 0.03 * NM
    assert longest.is_below_floor
    assert "measurement floor" in " ".join(longest.reasons)


def with_companion(recordings: Path, begin: str, end: str, offset_deg: float) -> pl.DataFrame:
    """Return the jammed flight and a generated aircraft that keeps beside its reported positions over a time."""
    flight = pl.read_parquet(recordings / "traffic_gps_spoofing_20240917.parquet")
    window = pl.lit(begin).str.to_datetime(time_zone="UTC"), pl.lit(end).str.to_datetime(time_zone="UTC")
    beside = flight.filter(pl.col("timestamp").is_between(*window)).with_columns(
        pl.lit("abcdef").alias("icao24"), pl.lit("GENERATED").alias("callsign"), pl.col("latitude") + offset_deg
    )
    return pl.concat([flight, beside])


def test_companion_of_the_jammed_flight_is_undetermined_while_it_is_jammed(recordings: Path) -> None:
    frame = with_companion(recordings, "2024-09-17T09:10:00", "2024-09-17T09:40:00", 0.01)
    result = review(Question((frame,), THREES))
    assert result.findings.verdicts
    assert {v.outcome for v in result.findings.verdicts} == {Outcome.UNDETERMINED}


def test_aircraft_where_the_jammed_flight_truly_was_is_undetermined_too(recordings: Path) -> None:
    # Straight from the last believable position to the next: what the flight must about have flown.
    flight = pl.read_parquet(recordings / "traffic_gps_spoofing_20240917.parquet")
    doubts = review(Question((flight,), THREES)).tally.doubts.values()
    jammed = max(doubts, key=lambda doubt: doubt.until_s - doubt.from_s)
    t = np.arange(jammed.from_s + 300.0, jammed.until_s - 300.0, 10.0)
    share = (t - jammed.from_s) / (jammed.until_s - jammed.from_s)
    other = pl.DataFrame(
        {
            "timestamp": pl.Series((t * 1e3).astype(np.int64)).cast(pl.Datetime("ms", "UTC")),
            "icao24": "abcdef",
            "latitude": 47.4369 + share * (53.5786 - 47.4369),
            "longitude": 22.9151 + share * (18.6838 - 22.9151),
            "altitude": 38_000.0,
            "groundspeed": 440.0,
        }
    )
    result = review(Question((flight, other), THREES))
    assert result.findings.doubtful
    assert {v.outcome for v in result.findings.verdicts} == {Outcome.UNDETERMINED}


def test_companion_before_the_jamming_is_a_breach(recordings: Path) -> None:
    frame = with_companion(recordings, "2024-09-17T08:10:00", "2024-09-17T08:20:00", 0.01)
    result = review(Question((frame,), THREES))
    assert Outcome.BREACH in {v.outcome for v in result.findings.verdicts}


def test_fire_aircraft_of_one_party_are_found_and_are_no_breach(recordings: Path) -> None:
    one_party = Parties((Claim("fire", ids=("*",)),))
    question = Question((recordings / "traffic_calfire_202009.parquet",), THREES, one_party, Between.ANY)
    result = review(question)
    assert len(result.findings.encounters) > 200
    assert {v.outcome for v in result.findings.verdicts} == {Outcome.NOT_ASSESSABLE}
    apart = review(Question(question.sources, THREES))
    assert Outcome.BREACH in {v.outcome for v in apart.findings.verdicts}


def test_swiss_day_has_about_151_pairs_within_five_miles_and_a_thousand_feet(recordings: Path) -> None:
    # 151 on a 5 s grid; between grid points some more come inside for seconds.
    result = review(Question((recordings / "traffic_switzerland_20180801.parquet",), FIVE_MILES))
    assert 151 <= len(pairs_of(result)) <= 170


@pytest.mark.parametrize("name", sorted(["syria-2015-public-outline", "surveillance-minima", "near-midair"]))
def test_every_recording_goes_through_with_every_preset(recordings: Path, name: str) -> None:
    for file in sorted(recordings.glob("*.parquet")):
        result = review(Question((file,), preset(name)))
        assert result.tally.rows > 0
        outcomes = Counter(v.encounter for v in result.findings.verdicts)
        assert outcomes.keys() <= {e.id for e in result.findings.all_encounters()}
