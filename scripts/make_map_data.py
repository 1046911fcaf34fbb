"""Rebuild the map data of the package from the npm package world-atlas 2.0.2.

    python scripts/make_map_data.py world-atlas-2.0.2.tgz

Takes the archive as ``npm pack world-atlas@2.0.2`` writes it, or the folder it unpacks to, and writes
``coast-10m.bin`` and ``coast-50m.bin`` to ``src/skyaccord/data/map``. The same input gives the same bytes.

The files hold the arcs of Natural Earth's countries, each arc marked as coastline (one country uses it) or border
(two do), and the rings of its land; their form is described in that folder's README.
"""

from __future__ import annotations

import json
import struct
import sys
import tarfile
import zlib
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np

TURN = 99_999  # steps of longitude in 360 degrees, as world-atlas quantises them
TARGET = Path(__file__).parent.parent / "src" / "skyaccord" / "data" / "map"


def read_topology(source: Path, name: str) -> dict[str, Any]:
    """Read one TopoJSON file from the archive or the folder."""
    if source.is_dir():
        return json.loads((source / name).read_text("utf-8"))  # type: ignore[no-any-return]
    with tarfile.open(source) as archive:
        member = archive.extractfile(f"package/{name}")
        if member is None:
            raise SystemExit(f"{source} has no package/{name}: expected the archive of world-atlas 2.0.2")
        return json.load(member)  # type: ignore[no-any-return]


def rings_of(geometry: dict[str, Any]) -> Iterator[list[int]]:
    """Yield the rings of a geometry as arc numbers; ``~k`` is arc k read backwards."""
    kind = geometry.get("type")
    if kind == "GeometryCollection":
        for part in geometry["geometries"]:
            yield from rings_of(part)
    elif kind == "Polygon":
        yield from geometry["arcs"]
    elif kind == "MultiPolygon":
        for polygon in geometry["arcs"]:
            yield from polygon


def uses_of(countries: dict[str, Any]) -> Counter[int]:
    """Count the countries that use each arc."""
    uses: Counter[int] = Counter()
    for country in countries["geometries"]:
        uses.update({arc if arc >= 0 else ~arc for ring in rings_of(country) for arc in ring})
    return uses


def unwrapped(arc: np.ndarray) -> np.ndarray:
    """Return an arc's points, its longitudes going on beyond the edge where it crosses the date line."""
    points = np.cumsum(arc, axis=0)
    points[1:, 0] -= TURN * np.cumsum(np.round(np.diff(points[:, 0]) / TURN)).astype(np.int64)
    return points


def turns_of(ring: list[int], arcs: list[np.ndarray]) -> list[int]:
    """Return by how many turns each member of a ring is moved so that it begins where the one before it ends."""
    turns: list[int] = []
    end = 0
    for number in ring:
        points = arcs[number] if number >= 0 else arcs[~number][::-1]
        turns.append(round((end - points[0, 0]) / TURN) if turns else 0)
        end = points[-1, 0] + TURN * turns[-1]
    return turns


def planes(values: np.ndarray) -> bytes:
    """Zigzag integers, split into planes of bytes, the least significant first: the planes compress well."""
    zigzag = ((values << 1) ^ (values >> 63)).astype("<u4")
    return b"".join(((zigzag >> shift) & 255).astype(np.uint8).tobytes() for shift in (0, 8, 16))


def packed(topology: dict[str, Any]) -> bytes:
    """Return the file: a header and one zlib stream; see the README beside the data."""
    uses = uses_of(topology["objects"]["countries"])
    arcs = [unwrapped(np.array(arc, dtype=np.int64)) for arc in topology["arcs"]]
    rings = list(rings_of(topology["objects"]["land"]))
    steps = np.concatenate([np.diff(arc, axis=0, prepend=0) for arc in arcs])
    body = b"".join(
        (
            np.array([len(arc) for arc in arcs], "<u4").tobytes(),
            np.array([uses[k] >= 2 for k in range(len(arcs))], np.uint8).tobytes(),
            np.array([len(ring) for ring in rings], "<u4").tobytes(),
            np.array([arc for ring in rings for arc in ring], "<i4").tobytes(),
            np.array([turn for ring in rings for turn in turns_of(ring, arcs)], np.int8).tobytes(),
            planes(steps[:, 0]),
            planes(steps[:, 1]),
        )
    )
    if abs(topology["transform"]["scale"][0] * TURN - 360.0) > 1e-9:
        raise SystemExit("360 degrees are not 99,999 steps: this is not world-atlas 2.0.2")
    (sx, sy), (tx, ty) = topology["transform"]["scale"], topology["transform"]["translate"]
    counts = (len(arcs), len(steps), len(rings), sum(len(ring) for ring in rings))
    return b"SKYMAP2\n" + struct.pack("<4d4I", sx, sy, tx, ty, *counts) + zlib.compress(body, 9)


def main() -> None:
    """Write both files."""
    if len(sys.argv) != 2:
        raise SystemExit(__doc__)
    for detail in ("10m", "50m"):
        data = packed(read_topology(Path(sys.argv[1]), f"countries-{detail}.json"))
        (TARGET / f"coast-{detail}.bin").write_bytes(data)
        print(f"coast-{detail}.bin: {len(data):,} bytes")


if __name__ == "__main__":
    main()
