"""Reads the examples of a memorandum: a TOML file of ``[[example]]`` tables beside the preset (docs/examples.md).

What the file says is checked against the memorandum: provisions, parties and areas must be its own, and an example has
flights or records exactly where its provision has a rule.
"""

from __future__ import annotations

import tomllib
from collections.abc import Sequence
from typing import Final

from skyaccord.errors import FormatError
from skyaccord.memorandum.document import Memorandum, Provision
from skyaccord.model.encounter import Outcome
from skyaccord.rules.examples.example import Craft, Example, Kind, Saying
from skyaccord.rules.examples.read_craft import read_craft
from skyaccord.rules.examples.read_saying import read_saying
from skyaccord.tracks.scenarios.strict_fields import StrictFields
from skyaccord.units import TIME

LASTS_S: Final = 600.0
SAMPLE_S: Final = 5.0
LONGEST_S: Final = 4 * 3600.0
NAC_P: Final = 10
"""Accuracy of the reports where an example states none: 10 m, as most aircraft report today."""

_OUTCOMES: Final = {
    Kind.KEPT: (Outcome.COMPLIANT,),
    Kind.BROKEN: (Outcome.BREACH, Outcome.INFRINGED),
    Kind.BOUNDARY: (Outcome.COMPLIANT, Outcome.INFRINGED, Outcome.BREACH, Outcome.UNDETERMINED),
}


def read_examples(text: str, memorandum: Memorandum, source: str) -> tuple[Example, ...]:
    """Return the examples of a file, in its order.

    Args:
        text: TOML.
        memorandum: whose examples they are.
        source: what errors call the file.

    Raises:
        FormatError: the text is no TOML.
        InputError: something in it is wrong; says where, what, and how to mend it.
    """
    try:
        values = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise FormatError(source, f"no TOML: {error}", "Correct it") from None
    with StrictFields(source, text, "", values) as file:
        return tuple(_read_example(fields, memorandum) for fields in file.tables("example", "example"))


def _read_example(fields: StrictFields, memorandum: Memorandum) -> Example:
    with fields:
        provision = _read_provision(fields, memorandum)
        kind = Kind(fields.one_of("kind", [kind.value for kind in Kind]))
        fields.place = f"{kind} example of {provision.id!r}"
        crafts = tuple(read_craft(each, memorandum.parties) for each in fields.tables("flights", "flight"))
        sayings = tuple(read_saying(each, memorandum) for each in fields.tables("records", "record"))
        outcome = _read_outcome(fields, provision, kind, [*crafts, *sayings])
        return Example(
            provision.id,
            kind,
            fields.get("what", str),
            outcome,
            _read_time(fields, "lasts", LASTS_S),
            _read_time(fields, "sample", SAMPLE_S),
            _read_accuracy(fields),
            crafts,
            sayings,
        )


def _read_provision(fields: StrictFields, memorandum: Memorandum) -> Provision:
    name = fields.one_of("provision", [provision.id for provision in memorandum.provisions])
    provision = memorandum.provision(name)
    assert provision is not None  # noqa: S101 - it is one of them
    return provision


def _read_outcome(
    fields: StrictFields, provision: Provision, kind: Kind, played: Sequence[Craft | Saying]
) -> Outcome | None:
    if provision.rule is None:
        if fields.has("outcome") or played:
            fields.refuse("its provision has no rule to judge it by", "Leave out outcome, flights and records")
        return None
    if not played:
        fields.refuse("there is nothing to judge", "Add flights or records")
    return Outcome(fields.one_of("outcome", [outcome.value for outcome in _OUTCOMES[kind]]))


def _read_time(fields: StrictFields, key: str, default_s: float) -> float:
    time_s = fields.quantity(key, TIME) if fields.has(key) else default_s
    if not 0.0 < time_s <= LONGEST_S:
        fields.refuse(f"{key} is {time_s:g} s", f"Choose above 0 s and up to {LONGEST_S:g} s", key)
    return time_s


def _read_accuracy(fields: StrictFields) -> int | None:
    nac_p = fields.get("nac_p", int) if fields.has("nac_p") else NAC_P
    if not 0 <= nac_p <= 11:
        fields.refuse(f"nac_p is {nac_p}", "Choose 1 to 11, or 0 where reports state no accuracy", "nac_p")
    return nac_p or None
