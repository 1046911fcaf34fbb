"""The memorandum: the document that the parties agreed, its rules as formulas, and the reader of its file."""

from skyaccord.memorandum.altitude_band import EVERY_ALTITUDE, AltitudeBand, AltitudeDatum
from skyaccord.memorandum.area import Area
from skyaccord.memorandum.canonical_form import canonical_form, content_hash
from skyaccord.memorandum.communications import Communications, Frequency, Hotline, Precedence
from skyaccord.memorandum.document import (
    ANY,
    Actor,
    Breach,
    Confidence,
    Evidence,
    Keep,
    Memorandum,
    Modality,
    Party,
    Provision,
    Rule,
    Source,
    is_in_force,
)
from skyaccord.memorandum.formula import (
    And,
    Compare,
    Comparison,
    For,
    Formula,
    Not,
    Or,
    comparisons,
    signals_of,
)
from skyaccord.memorandum.formula_text import format_formula, sentence
from skyaccord.memorandum.load import load_memorandum, read_memorandum
from skyaccord.memorandum.named_area import Circle, NamedArea
from skyaccord.memorandum.named_line import NamedLine
from skyaccord.memorandum.parse_formula import parse_formula
from skyaccord.memorandum.presets import preset, preset_names, preset_text
from skyaccord.memorandum.reach import Reach, reach, reach_of
from skyaccord.memorandum.signals import SIGNALS, Signal
from skyaccord.memorandum.validity import Validity

__all__ = [
    "ANY",
    "EVERY_ALTITUDE",
    "SIGNALS",
    "Actor",
    "AltitudeBand",
    "AltitudeDatum",
    "And",
    "Area",
    "Breach",
    "Circle",
    "Communications",
    "Compare",
    "Comparison",
    "Confidence",
    "Evidence",
    "For",
    "Formula",
    "Frequency",
    "Hotline",
    "Keep",
    "Memorandum",
    "Modality",
    "NamedArea",
    "NamedLine",
    "Not",
    "Or",
    "Party",
    "Precedence",
    "Provision",
    "Reach",
    "Rule",
    "Signal",
    "Source",
    "Validity",
    "canonical_form",
    "comparisons",
    "content_hash",
    "format_formula",
    "is_in_force",
    "load_memorandum",
    "parse_formula",
    "preset",
    "preset_names",
    "preset_text",
    "reach",
    "reach_of",
    "read_memorandum",
    "sentence",
    "signals_of",
]
