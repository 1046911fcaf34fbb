"""The Arrow schemas of the tables that skyaccord reads and writes.

The track table keeps the names and units that users of ``traffic``, OpenSky and pyModeS already have (degrees, feet,
knots); every other table is SI with the unit in the column's name. Instants are UTC with microseconds.
"""

from __future__ import annotations

from typing import Final

import pyarrow as pa

INSTANT: Final = pa.timestamp("us", tz="UTC")

TRACKS: Final = pa.schema(
    [
        pa.field("timestamp", INSTANT),
        pa.field("icao24", pa.string()),  # lower hex, or any stable id
        pa.field("callsign", pa.string()),
        pa.field("latitude", pa.float64()),  # deg, WGS-84
        pa.field("longitude", pa.float64()),  # deg, WGS-84
        pa.field("altitude", pa.float64()),  # ft, pressure altitude (1013.25 hPa)
        pa.field("geoaltitude", pa.float64()),  # ft, above the WGS-84 ellipsoid
        pa.field("groundspeed", pa.float64()),  # kt
        pa.field("track", pa.float64()),  # deg true
        pa.field("vertical_rate", pa.float64()),  # ft/min
        pa.field("squawk", pa.string()),  # four octal digits
        pa.field("onground", pa.bool_()),
        pa.field("party", pa.string()),
        pa.field("source", pa.string()),
        pa.field("nac_p", pa.int8()),  # navigation accuracy category for position, DO-260B
        pa.field("nic", pa.int8()),  # navigation integrity category, DO-260B
    ]
)
"""One row per report. Every column but timestamp, icao24, latitude and longitude may be null throughout."""

ADVISORIES: Final = pa.schema(
    [
        pa.field("timestamp", INSTANT),  # when it was received
        pa.field("icao24", pa.string()),  # of the aircraft that follows it
        pa.field("carrier", pa.string()),  # squitter, register (BDS 3,0) or coordination (DF 16)
        pa.field("address_checked", pa.bool_()),  # by parity, or heard so elsewhere in the recording
        pa.field("advisory", pa.string()),  # in words, as "climb"
        pa.field("sense", pa.string()),  # up, down or both; null where none is active
        pa.field("is_corrective", pa.bool_()),
        pa.field("is_positive", pa.bool_()),  # climb or descend; else a limit of vertical speed
        pa.field("is_crossing", pa.bool_()),  # through the threat's altitude
        pa.field("is_reversal", pa.bool_()),
        pa.field("is_increased", pa.bool_()),
        pa.field("is_multiple", pa.bool_()),  # more than one threat
        pa.field("is_terminated", pa.bool_()),  # it has ended within the last 18 s
        pa.field("complements", pa.list_(pa.string())),  # what the other aircraft asked not to do (RAC)
        pa.field("threat", pa.string()),  # icao24 of the threat, where it has one
        pa.field("threat_altitude_m", pa.float64()),  # pressure altitude
        pa.field("threat_range_m", pa.float64()),
        pa.field("threat_bearing_deg", pa.float64()),  # from the aircraft's nose, clockwise
        pa.field("bits", pa.string()),  # the 56 bits as received, 14 hex digits
        pa.field("source", pa.string()),
    ]
)
"""One row per received report of an ACAS resolution advisory; the same advisory is reported many times."""

ENCOUNTERS: Final = pa.schema(
    [
        pa.field("id", pa.string()),
        pa.field("a", pa.string()),
        pa.field("b", pa.string()),
        pa.field("callsign_a", pa.string()),
        pa.field("callsign_b", pa.string()),
        pa.field("party_a", pa.string()),
        pa.field("party_b", pa.string()),
        pa.field("start", INSTANT),
        pa.field("end", INSTANT),
        pa.field("starts_by", pa.string()),  # crossing, gap or track
        pa.field("ends_by", pa.string()),
        pa.field("complete", pa.bool_()),  # both ends are crossings
        pa.field("t_cpa", INSTANT),  # least horizontal distance within the encounter
        pa.field("min_horizontal_m", pa.float64()),  # at t_cpa
        pa.field("vertical_at_cpa_m", pa.float64()),  # at t_cpa; null without a common datum
        pa.field("min_vertical_m", pa.float64()),
        pa.field("min_slant_m", pa.float64()),
        pa.field("t_closest", INSTANT),  # least max(horizontal/D, vertical/H)
        pa.field("horizontal_at_closest_m", pa.float64()),
        pa.field("vertical_at_closest_m", pa.float64()),
        pa.field("min_normalised", pa.float64()),  # at t_closest
        pa.field("datum", pa.string()),  # pressure, ellipsoid, mixed or none
        pa.field("horizontal_error_m", pa.float64()),  # 95 %, at t_closest
        pa.field("vertical_error_m", pa.float64()),
        pa.field("below_floor", pa.bool_()),  # the minimum is smaller than such data can measure
        pa.field("quality", pa.string()),  # good, fair or doubtful
        pa.field("reasons", pa.list_(pa.string())),
        pa.field("manner", pa.string()),  # head_on, crossing, overtaking, formation, …; null where it was not asked for
        pa.field("manner_ground", pa.string()),  # what decided, in words
        pa.field("interceptor", pa.string()),  # a or b; null where the tracks do not tell
        pa.field("role_ground", pa.string()),  # why it was taken as interceptor, or why neither
    ]
)

PASSAGES: Final = pa.schema(
    [
        pa.field("id", pa.string()),
        pa.field("aircraft", pa.string()),
        pa.field("callsign", pa.string()),
        pa.field("party", pa.string()),
        pa.field("start", INSTANT),
        pa.field("end", INSTANT),
        pa.field("starts_by", pa.string()),  # crossing, gap or track
        pa.field("ends_by", pa.string()),
        pa.field("complete", pa.bool_()),
        pa.field("horizontal_error_m", pa.float64()),  # 95 %, at its begin
        pa.field("vertical_error_m", pa.float64()),
        pa.field("quality", pa.string()),  # good, fair or doubtful
        pa.field("reasons", pa.list_(pa.string())),
    ]
)
"""One row for each time in which an aircraft was, or may have been, where a rule about one aircraft speaks of."""

VERDICTS: Final = pa.schema(
    [
        pa.field("encounter", pa.string()),  # or the passage
        pa.field("provision", pa.string()),
        pa.field("outcome", pa.string()),
        pa.field("margin", pa.float64()),  # normalised robustness; negative inside the rule's limit
        pa.field("from", INSTANT),
        pa.field("until", INSTANT),
        pa.field("lost_s", pa.float64()),  # how long a kept distance was lost, by the clock of the provision
        pa.field("as_if", pa.bool_()),  # outside the memorandum's validity, judged as if it had been in force
        pa.field("reason", pa.string()),
        pa.field("evidence", pa.list_(pa.string())),
    ]
)

SEVERITIES: Final = pa.schema(
    [
        pa.field("encounter", pa.string()),
        pa.field("scale", pa.string()),  # ukab, faa_nmac, eln or factors
        pa.field("possible", pa.list_(pa.string())),  # classes that the tracks leave open, gravest first
        pa.field("proposed", pa.string()),  # the class that alone is left; null where there are several, or none
        pa.field("grounds", pa.list_(pa.string())),  # what the tracks gave
        pa.field("not_in_tracks", pa.list_(pa.string())),  # what the scale needs and tracks cannot give
        pa.field("decided_by", pa.string()),  # whose decision the class is: nothing here assigns one
    ]
)
"""One row for each encounter and scale that is meant for such two; pairs in doubt (D…) have none."""

RECORDS: Final = pa.schema(
    [
        pa.field("timestamp", INSTANT),
        pa.field("kind", pa.string()),  # of model.records.RecordKind
        pa.field("channel", pa.string()),  # radio, ground_line or unknown
        pa.field("frequency_hz", pa.float64()),  # null where it is not radio, or not known
        pa.field("caller", pa.string()),
        pa.field("called", pa.string()),
        pa.field("party", pa.string()),  # whose notice, acknowledgement or call it is
        pa.field("area", pa.string()),  # the name of an area that it is about
        pa.field("from", INSTANT),  # the time over which a notice speaks
        pa.field("until", INSTANT),
        pa.field("reference", pa.string()),  # by which a notice and its acknowledgements are known
        pa.field("language", pa.string()),
        pa.field("text", pa.string()),
        pa.field("source", pa.string()),  # the file
        pa.field("line", pa.int64()),  # and the line of it
    ]
)
"""One row for each thing said by radio or on the ground line. Every column but the instant, kind and channel may be
null throughout."""

AT_INSTANTS: Final = pa.schema(
    [TRACKS.field(name) for name in ("timestamp", "icao24", "latitude", "longitude", "altitude", "groundspeed")]
    + [TRACKS.field(name) for name in ("track", "vertical_rate")]
)
"""One row for each aircraft that is known at an instant."""

ALERT_LEVELS: Final = pa.schema(
    [
        pa.field("timestamp", INSTANT),
        pa.field("ownship", pa.string()),
        pa.field("icao24", pa.string()),  # of the intruder
        pa.field("level", pa.int8()),  # 0 none; null where it cannot be determined
        pa.field("t_entry_s", pa.float64()),  # until the volume of that level is entered, 0 inside; null without one
        pa.field("horizontal_m", pa.float64()),  # distance now
        pa.field("vertical_m", pa.float64()),  # the same, in the datum of the next column
        pa.field("datum", pa.string()),  # pressure, ellipsoid or none
        pa.field("reason", pa.string()),  # why there is no level; null where there is one
    ]
)
"""One row for each instant and intruder."""

GUIDANCE: Final = pa.schema(
    [
        pa.field("timestamp", INSTANT),
        pa.field("ownship", pa.string()),
        pa.field("manoeuvre", pa.string()),  # direction, groundspeed, vertical_rate or altitude
        pa.field("low", pa.float64()),  # deg, kt, ft/min, ft; directions may be below 0 or above 360
        pa.field("high", pa.float64()),
        pa.field("region", pa.string()),  # NONE, FAR, MID, NEAR, RECOVERY; null where it cannot be determined
        pa.field("icao24", pa.string()),  # who forbids it
        pa.field("t_entry_s", pa.float64()),  # when the volume would be entered
        pa.field("reason", pa.string()),  # why there is no region
    ]
)
"""One row for each instant, manoeuvre and band."""

CONFLICTS: Final = pa.schema(
    [
        pa.field("timestamp", INSTANT),
        pa.field("a", pa.string()),
        pa.field("b", pa.string()),  # null where ``a`` could not be searched
        pa.field("t_entry_s", pa.float64()),  # from the instant on, both flying straight
        pa.field("t_exit_s", pa.float64()),
        pa.field("t_cpa_s", pa.float64()),  # least horizontal distance within the look-ahead
        pa.field("hmd_m", pa.float64()),  # at t_cpa_s
        pa.field("vmd_m", pa.float64()),  # at t_cpa_s; null without a common datum
        pa.field("datum", pa.string()),  # pressure, ellipsoid or none
        pa.field("reason", pa.string()),  # what was assumed or missing; null where nothing was
    ]
)
"""One row for each instant and pair, and one for each aircraft that could not be searched."""
