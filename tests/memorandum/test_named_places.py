"""Areas and lines that rules call by a name: what is taken, and that every refusal names line and cure."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from skyaccord.errors import MemorandumError
from skyaccord.memorandum import AltitudeBand, AltitudeDatum, Circle, NamedArea, NamedLine, read_memorandum
from skyaccord.memorandum.read_named import MOST_NAMED, MOST_VERTICES
from skyaccord.units import Quantity
from tests.memorandum.conftest import LEAST

TRIANGLE = "[[10, 50], [11, 50], [10, 51]]"


def refused(text: str) -> MemorandumError:
    """Return the error that a memorandum with these tables, which begin on its line 1, ends with."""
    with pytest.raises(MemorandumError) as caught:
        read_memorandum(text + "\n" + LEAST, "north.toml")
    return caught.value


def test_areas_and_lines_are_read_in_the_order_of_the_file() -> None:
    memorandum = read_memorandum(
        f"""
[line.river]
name = "The river"
points = [[10, 50], [11.5, 50.5]]
[area.valley]
polygon = {TRIANGLE}
[area.ridge]
name = "Ridge fire"
centre = [11, 50.5]
radius = "7 NM"
floor = "0 m"
ceiling = "9000 ft"
datum = "msl"
{LEAST}"""
    )
    ring = ((10.0, 50.0), (11.0, 50.0), (10.0, 51.0))
    band = AltitudeBand(Quantity(0.0, "m"), Quantity(9000.0, "ft"), AltitudeDatum.MSL)
    assert memorandum.areas == (
        NamedArea("valley", ring),
        NamedArea("ridge", Circle((11.0, 50.5), Quantity(7.0, "NM")), band, "Ridge fire"),
    )
    assert memorandum.lines == (NamedLine("river", ((10.0, 50.0), (11.5, 50.5)), "The river"),)
    assert memorandum.named_area("ridge") is memorandum.areas[1]
    assert memorandum.named_line("river") is memorandum.lines[0]
    assert memorandum.named_area("river") is memorandum.named_line("ridge") is None


def test_polygon_of_a_named_area_may_be_a_file(tmp_path: Path) -> None:
    (tmp_path / "a.geojson").write_text(json.dumps({"type": "Polygon", "coordinates": [json.loads(TRIANGLE)]}))
    memorandum = read_memorandum("[area.a]\npolygon = 'a.geojson'\n" + LEAST, folder=tmp_path)
    assert memorandum.hash == read_memorandum(f"[area.a]\npolygon = {TRIANGLE}\n" + LEAST).hash


@pytest.mark.parametrize("points", ["[[179, 0], [-179, 1]]", "[[-179.5, 85], [179.5, 85]]"])
def test_line_may_cross_the_date_line(points: str) -> None:
    assert read_memorandum(f"[line.a]\npoints = {points}\n" + LEAST).lines[0].points == tuple(
        (float(lon), float(lat)) for lon, lat in json.loads(points)
    )


def test_circle_may_hold_a_pole() -> None:
    (area,) = read_memorandum("[area.a]\ncentre = [0, 90]\nradius = '300 NM'\n" + LEAST).areas
    assert area.shape == Circle((0.0, 90.0), Quantity(300.0, "NM"))


MISTAKES = [
    # text, line, problem, cure
    ("area = 3", 1, "'area' is not a table", "[area.NAME]"),
    ("[area]\nvalley = 3", 2, "area.valley is a number", "polygon, centre"),
    ("[area.valley]", 1, "area.valley is empty", "Leave it out"),
    ("[area.valley]\nname = 'x'", 1, "neither 'polygon' nor 'centre'", "centre and radius"),
    (f"[area.valley]\npolygon = {TRIANGLE}\ncentre = [1, 2]", 3, "both 'polygon' and 'centre'", "or centre and radius"),
    (f"[area.valley]\npolygon = {TRIANGLE}\nradius = '1 m'", 3, "both 'polygon' and 'radius'", "or centre and radius"),
    ("[area.valley]\ncentre = [1, 2]", 1, "'radius' is missing in area.valley", "Add radius"),
    ("[area.valley]\nradius = '1 NM'", 1, "'centre' is missing in area.valley", "Add centre"),
    ("[area.valley]\ncentre = [1, 2]\nradius = '0 NM'", 3, "'radius' is 0 NM", "more than 0 m"),
    ("[area.valley]\ncentre = [1, 2]\nradius = '-1 NM'", 3, "'radius' is -1 NM", "more than 0 m"),
    ("[area.valley]\ncentre = [1, 2]\nradius = '1001 km'", 3, "'radius' is 1001 km", "at most 1000 km"),
    ("[area.valley]\ncentre = [1, 2]\nradius = '1 nm'", 3, "'radius' is '1 nm'", 'the spelling "NM"'),
    ("[area.valley]\ncentre = [1, 2, 3]\nradius = '1 NM'", 2, "'centre' is not two numbers", "[lon, lat]"),
    ("[area.valley]\ncentre = [1, 92]\nradius = '1 NM'", 2, "'centre' is out of range", "Longitude comes first"),
    ("[area.valley]\ncentre = [nan, 2]\nradius = '1 NM'", 2, "'centre' is out of range", "Longitude comes first"),
    ("[area.valley]\npolygon = [[1, 2], [3, 4]]", 2, "2 different vertices", "three different"),
    ("[area.valley]\npolygon = 'a.geojson'", 2, "but the memorandum is not a file", "into the text"),
    (f"[area.valley]\npolygon = {TRIANGLE}\nfloor = '1 m'", 1, "floor or ceiling without 'datum'", "pressure, ell"),
    (
        f"[area.valley]\npolygon = {TRIANGLE}\nfloor = '2 m'\nceiling = '1 m'\ndatum = 'msl'",
        4,
        "'ceiling' is not above 'floor'",
        "lower limit",
    ),
    (f"[area.valley]\npolygon = {TRIANGLE}\nheight = '1 m'", 3, "unknown key 'height' in area.valley", "Known keys"),
    (f"[area.valley]\npolygone = {TRIANGLE}", 2, "unknown key 'polygone'", "Did you mean 'polygon'?"),
    ("[area.valley]\npolygon = [[1, 2], [3, 4], [5, 86]]", 2, "vertex 3 of 'polygon' is too near a pole", "circle"),
    ("[area.a]\npolygon = [[0, 80], [120, 80], [-120, 80]]", 2, "'polygon' spans 240°", "circle around the pole"),
    (f"[area.'the valley']\npolygon = {TRIANGLE}", 1, "'the valley' cannot name areas", "letters, digits"),
    (f"[area.7-mile]\npolygon = {TRIANGLE}", 1, "'7-mile' cannot name areas", "Write a letter, then"),
    (f"[area.last]\npolygon = {TRIANGLE}", 1, "'last' cannot name areas", "no word of rules"),
    (f"[area.{'v' * 65}]\npolygon = {TRIANGLE}", 1, "cannot name areas", "letters, digits"),
    (f"[area.a]\npolygon = {TRIANGLE}\n[area.A]\npolygon = {TRIANGLE}", 1, "'a' in capitals only", "confused"),
    ("[line]\nriver = []", 2, "line.river is an empty list", "Write it as a table"),
    ("[line.river]\nname = 'x'", 1, "'points' is missing in line.river", "Add points"),
    ("[line.river]\npoints = 'river.geojson'", 2, "'points' is not a list", "[[lon, lat]"),
    ("[line.river]\npoints = [[1, 2]]", 2, "'points' has 1", "two points or more"),
    ("[line.river]\npoints = [[1, 2], [1, 2]]", 2, "vertex 2 of 'points' is that before it", "Leave one out"),
    ("[line.river]\npoints = [[1, 2], [1, true]]", 2, "vertex 2 of 'points' is not two numbers", "[[lon, lat]"),
    ("[line.river]\npoints = [[1, 2], [181, 3]]", 2, "vertex 2 of 'points' is out of range", "Longitude comes"),
    ("[line.river]\npoints = [[1, 2], [1, 89]]", 2, "vertex 2 of 'points' is too near a pole", "end the line before"),
    ("[line.river]\npoints = [[0, 2], [100, 2], [-175, 2]]", 2, "'points' spans 185°", "Stay below 180°"),
    ("[line.river]\npoints = [[0, 2], [180, 2]]", 2, "'points' spans 180°", "Stay below 180°"),
    ("[line.river]\npoint = [[1, 2], [3, 4]]", 2, "unknown key 'point'", "Did you mean 'points'?"),
]


@pytest.mark.parametrize(("text", "line", "problem", "cure"), MISTAKES)
def test_mistake_is_refused_with_line_and_cure(text: str, line: int, problem: str, cure: str) -> None:
    error = refused(text)
    assert (error.source, error.line, error.provision) == ("north.toml", line, None)
    assert problem in error.problem
    assert cure in error.cure


def test_more_vertices_than_can_be_measured_to_are_refused() -> None:
    def line(count: int) -> str:
        return f"[line.a]\npoints = {[[k / 1000, 50] for k in range(count)]}"

    assert f"at most {MOST_VERTICES}" in refused(line(MOST_VERTICES + 1)).cure.lower()
    assert read_memorandum(f"{line(MOST_VERTICES)}\n{LEAST}").lines


@pytest.mark.parametrize(("kind", "table"), [("area", f"polygon = {TRIANGLE}"), ("line", "points = [[1, 2], [3, 4]]")])
def test_more_named_places_than_can_be_are_refused(kind: str, table: str) -> None:
    def tables(count: int) -> str:
        return "\n".join(f"[{kind}.n{k}]\n{table}" for k in range(count))

    assert refused(tables(MOST_NAMED + 1)).problem == f"{MOST_NAMED + 1} tables [{kind}.NAME]"
    assert read_memorandum(f"{tables(MOST_NAMED)}\n{LEAST}")
