"""The memorandum: the document that the parties agreed, its rules as formulas, and the reader of its file."""

from skyaccord.memorandum.altitude_band import EVERY_ALTITUDE, AltitudeBand, AltitudeDatum
from skyaccord.memorandum.area import Area
from skyaccord.memorandum.canonical_form import canonical_form, content_hash
from skyaccord.memorandum.communications import Communications, Hotline, Precedence
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
    Always,
    And,
    Compare,
    Comparison,
    Eventually,
    Fact,
    For,
    Formula,
    ForNext,
    Implies,
    Not,
    Or,
    Since,
    Subject,
    Unless,
    Until,
    Within,
    WithinLast,
    atoms,
    comparisons,
    parts_of,
    signals_of,
)
from skyaccord.memorandum.formula_text import format_formula
from skyaccord.memorandum.load import load_memorandum, read_memorandum
from skyaccord.memorandum.named_area import Circle, NamedArea
from skyaccord.memorandum.named_line import NamedLine
from skyaccord.memorandum.parse_formula import parse_formula
from skyaccord.memorandum.presets import preset, preset_names, preset_text
from skyaccord.memorandum.reach import Reach, reach, reach_of
from skyaccord.memorandum.sentences import LANGUAGES, sentence
from skyaccord.memorandum.signals import SIGNALS, Bearer, Signal, Takes
from skyaccord.memorandum.validity import Validity
from skyaccord.model.frequency import Frequency

__all__ = [
    "ANY",
    "EVERY_ALTITUDE",
    "LANGUAGES",
    "SIGNALS",
    "Actor",
    "AltitudeBand",
    "AltitudeDatum",
    "Always",
    "And",
    "Area",
    "Bearer",
    "Breach",
    "Circle",
    "Communications",
    "Compare",
    "Comparison",
    "Confidence",
    "Eventually",
    "Evidence",
    "Fact",
    "For",
    "ForNext",
    "Formula",
    "Frequency",
    "Hotline",
    "Implies",
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
    "Since",
    "Source",
    "Subject",
    "Takes",
    "Unless",
    "Until",
    "Validity",
    "Within",
    "WithinLast",
    "atoms",
    "canonical_form",
    "comparisons",
    "content_hash",
    "format_formula",
    "is_in_force",
    "load_memorandum",
    "parse_formula",
    "parts_of",
    "preset",
    "preset_names",
    "preset_text",
    "reach",
    "reach_of",
    "read_memorandum",
    "sentence",
    "signals_of",
]
