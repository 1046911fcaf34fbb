"""The canonical form of a memorandum: what is hashed and signed.

It holds what was agreed, and all of it, defaults written out, in this way:

- lengths and frequencies keep the unit they were written in (``3.0 NM`` and ``3NM`` become ``3 NM``; 3 NM and 5556 m
  stay two texts), because the parties signed those words;
- durations are in seconds (``3 min`` becomes ``180 s``), instants in UTC with milliseconds;
- rules are in the canonical text of `format_formula`; a polygon is its vertices, whichever file they came from;
- what a file may leave out and did leave out, and what has no default, has no key here.

Comments, order of keys, white space and the choice between inline tables and headers do not reach it.
"""

from __future__ import annotations

from typing import Final, TypeAlias

from skyaccord.memorandum.altitude_band import AltitudeBand
from skyaccord.memorandum.communications import Communications, Hotline
from skyaccord.memorandum.document import Breach, Keep, Memorandum, Party, Provision
from skyaccord.memorandum.formula_text import format_formula
from skyaccord.memorandum.named_area import Circle, NamedArea
from skyaccord.memorandum.named_line import NamedLine
from skyaccord.memorandum.quantity_text import format_duration, format_quantity
from skyaccord.model.canonical_json import Json, digest
from skyaccord.model.instants import format_instant

FORMAT: Final = "skyaccord/memorandum/1"
"""Changes when the same words would be written differently; old hashes stay checkable by it."""

Form: TypeAlias = dict[str, Json]


def canonical_form(memorandum: Memorandum) -> Form:
    """Return a memorandum as JSON values; ``hash`` itself is not in it."""
    form: Form = {
        "format": FORMAT,
        "title": memorandum.title,
        "parties": memorandum.parties,
        "valid": {
            "from": format_instant(memorandum.valid.from_s),
            "until": format_instant(memorandum.valid.until_s),
        },
        "provisions": [provision_form(provision) for provision in memorandum.provisions],
    }
    if memorandum.area is not None:
        form["area"] = {"polygon": memorandum.area.polygon} | _band(memorandum.area.band)
    if memorandum.excluded:
        form["excluded"] = memorandum.excluded
    if memorandum.areas:
        form["areas"] = {area.name: _named_area(area) for area in memorandum.areas}
    if memorandum.lines:
        form["lines"] = {line.name: _named_line(line) for line in memorandum.lines}
    if memorandum.communications is not None:
        form["communications"] = _communications(memorandum.communications)
    if memorandum.party_details:
        form["party"] = {party.name: _party(party) for party in memorandum.party_details}
    return form | _stated(notes=memorandum.notes)


def content_hash(memorandum: Memorandum) -> str:
    """Return the identity of a memorandum: ``sha256:`` over its canonical form."""
    return digest(canonical_form(memorandum))


def provision_form(provision: Provision) -> Form:
    """Return a provision as JSON values."""
    form: Form = {
        "id": provision.id,
        "text": provision.text,
        "modality": provision.modality.value,
        "evidence": [evidence.value for evidence in provision.evidence],
        "actor": provision.actor,
        "source": {"text": provision.source.text, "confidence": provision.source.confidence.value},
    }
    match provision.rule:
        case Keep(formula, restore_s, reenter_s):
            form["keep"] = format_formula(formula)
            form["restore"] = format_duration(restore_s)
            form["reenter"] = format_duration(reenter_s)
        case Breach(formula):
            form["breach"] = format_formula(formula)
    if provision.alternatives:
        form["alternatives"] = [format_formula(formula) for formula in provision.alternatives]
    return form | _stated(notes=provision.notes)


def _named_area(area: NamedArea) -> Form:
    match area.shape:
        case Circle(centre, radius):
            form: Form = {"centre": centre, "radius": format_quantity(radius)}
        case ring:
            form = {"polygon": ring}
    return form | _band(area.band) | _stated(name=area.full_name)


def _named_line(line: NamedLine) -> Form:
    return {"points": line.points} | _stated(name=line.full_name)


def _band(band: AltitudeBand) -> Form:
    return _stated(
        floor=format_quantity(band.floor) if band.floor is not None else "",
        ceiling=format_quantity(band.ceiling) if band.ceiling is not None else "",
        datum=band.datum.value if band.datum is not None else "",
    )


def _communications(communications: Communications) -> Form:
    form: Form = {"frequencies": [str(frequency) for frequency in communications.frequencies]}
    if communications.hotline is not None:
        form["hotline"] = _hotline(communications.hotline)
    return form


def _hotline(hotline: Hotline) -> Form:
    form: Form = {
        "acknowledge": {precedence.value: format_duration(within_s) for precedence, within_s in hotline.acknowledge_s}
    }
    if hotline.check_every_s is not None:
        form["check_every"] = format_duration(hotline.check_every_s)
    return form


def _party(party: Party) -> Form:
    return _stated(name=party.full_name, root=party.root)


def _stated(**texts: str) -> Form:
    """Return the texts that are not empty."""
    return {key: text for key, text in texts.items() if text}
