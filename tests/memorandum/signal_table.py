"""What each signal of a rule takes, written down by hand from the document: what the reader's own table is held to."""

from __future__ import annotations

from skyaccord.memorandum import Takes

ARGUMENT = {
    Takes.NOTHING: "",
    Takes.AREA: "(north)",
    Takes.LINE: "(north)",
    Takes.CODE: "(7700)",
    Takes.LENGTH: "(1 NM)",
    Takes.FREQUENCY: "(121.5 MHz)",
}
"""An example of each."""

LITERAL = {"length": "1 ft", "time": "1 s", "speed": "1 kt", "angle": "1 deg", "turn rate": "1 deg/s"}
"""An example of each dimension."""

UNITS = {
    "length": {"m": 1.0, "km": 1000.0, "ft": 0.3048, "NM": 1852.0, "mi": 1609.344},
    "time": {"s": 1.0, "min": 60.0, "h": 3600.0},
    "speed": {
        "m/s": 1.0,
        "kt": 1852.0 / 3600.0,
        "ft/min": 0.3048 / 60.0,
        "fpm": 0.3048 / 60.0,
        "km/h": 1000.0 / 3600.0,
    },
    "angle": {"deg": 1.0},
    "turn rate": {"deg/s": 1.0},
}
"""SI factors by dimension and spelling."""

HZ = {"Hz": 1.0, "kHz": 1e3, "MHz": 1e6}

_LENGTH = ("horizontal", "vertical", "slant", "hmd", "vmd", "height_above", "nose_crossing", "wake_behind", "altitude")
DIMENSION = {
    **dict.fromkeys(_LENGTH, "length"),
    **dict.fromkeys(("t_cpa", "tau_mod"), "time"),
    **dict.fromkeys(("closure", "groundspeed", "vertical_rate"), "speed"),
    "aspect": "angle",
    "turn_rate": "turn rate",
}
"""Of each signal that is compared; the others are facts."""

TAKES = {
    "tau_mod": Takes.LENGTH,
    "inside": Takes.AREA,
    "notified": Takes.AREA,
    "acknowledged": Takes.AREA,
    "crosses": Takes.LINE,
    "squawking": Takes.CODE,
    "called": Takes.FREQUENCY,
    "answered": Takes.FREQUENCY,
}
"""Of each signal with parentheses."""

SIGNED = ("closure", "t_cpa", "height_above", "altitude", "vertical_rate")
OF_PAIR = ("horizontal", "vertical", "slant", "closure", "t_cpa", "hmd", "vmd", "tau_mod")
NEEDS_SUBJECT = ("aspect", "height_above", "nose_crossing", "wake_behind")
OF_AIRCRAFT = ("altitude", "groundspeed", "vertical_rate", "turn_rate", "inside", "crosses", "squawking")
OF_RECORD = ("called", "answered", "notified", "acknowledged", "checked")
HAS_NO_SUBJECT = (*OF_PAIR, "checked")
