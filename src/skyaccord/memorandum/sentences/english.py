"""English."""

from __future__ import annotations

from types import MappingProxyType
from typing import Final

from skyaccord.memorandum.formula import Comparison
from skyaccord.memorandum.rule_hints import FREQUENCY_UNITS
from skyaccord.memorandum.sentences.language import Language
from skyaccord.units import SPELLINGS

ENGLISH: Final = Language(
    code="en",
    signals=MappingProxyType(
        {
            "horizontal": "horizontal distance",
            "vertical": "vertical distance",
            "slant": "slant distance",
            "closure": "the closure rate",
            "t_cpa": "the time to the closest point of approach",
            "hmd": "the horizontal miss distance",
            "vmd": "the vertical miss distance",
            "tau_mod": "modified tau with a DMOD of {argument}",
            "aspect": "the aspect angle",
            "height_above": "the height above the other",
            "nose_crossing": "the distance ahead at which the other crosses the nose",
            "wake_behind": "the distance of the other behind in the wake",
            "altitude": "the altitude",
            "groundspeed": "the ground speed",
            "vertical_rate": "the vertical rate",
            "turn_rate": "the rate of turn",
            "inside": "inside the area {argument} is {subject}",
            "crosses": "the line {argument} is crossed by {subject}",
            "squawking": "squawk {argument} is set by {subject}",
            "called": "a call on {argument} is made by or to {subject}",
            "answered": "an answer on {argument} is given by or to {subject}",
            "notified": "a notice of the area {argument} is in hand from {subject}",
            "acknowledged": "an acknowledged notice of the area {argument} is in hand from {subject}",
            "checked": "the ground line is checked",
        }
    ),
    subjects=MappingProxyType(
        {
            "": "the aircraft",
            "either": "at least one of the two aircraft",
            "both": "both aircraft",
            "interceptor": "the interceptor",
            "intercepted": "the intercepted aircraft",
        }
    ),
    anyone="anyone whom the rule is about",
    compare=MappingProxyType(
        {
            Comparison.LESS: "{term} is less than {quantity}",
            Comparison.AT_MOST: "{term} is at most {quantity}",
            Comparison.MORE: "{term} is more than {quantity}",
            Comparison.AT_LEAST: "{term} is at least {quantity}",
        }
    ),
    units=MappingProxyType({unit: unit for unit in (*SPELLINGS, *FREQUENCY_UNITS)}),
    decimal=".",
    pair=MappingProxyType({"and": "both {} and {}", "or": "either {} or {}"}),
    many=MappingProxyType({"and": "all of ({})", "or": "at least one of ({})"}),
    links=MappingProxyType(
        {
            "implies": "if ({}), then ({})",
            "since": "once ({1}) and ever since ({0})",
            "until": "({1}) comes about and until then ({0})",
            "unless": "({0}) unless and until ({1})",
        }
    ),
    wraps=MappingProxyType(
        {
            "not": "it is not so that {}",
            "always": "from now to the end ({})",
            "eventually": "now or later ({})",
        }
    ),
    lasts=MappingProxyType(
        {
            "for": "for {time} without a break {part}",
            "for the next": "for the next {time} without a break {part}",
            "within": "at some instant within {time} {part}",
            "within the last": "at some instant within the last {time} {part}",
        }
    ),
    party="an aircraft of {}",
)
