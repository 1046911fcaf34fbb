"""States of many aircraft at one instant."""

from __future__ import annotations

from dataclasses import dataclass

from skyaccord.model.tracks import Floats


@dataclass(frozen=True, slots=True)
class States:
    """One entry an aircraft; unknown altitude is NaN."""

    lat_deg: Floats  # WGS-84
    lon_deg: Floats  # WGS-84
    altitude_m: Floats  # all in one datum
    groundspeed_mps: Floats
    track_deg: Floats  # clockwise from true north
    vertical_rate_mps: Floats

    def __len__(self) -> int:
        return len(self.lat_deg)
