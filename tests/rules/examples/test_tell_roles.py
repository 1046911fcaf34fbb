"""Roles that an example tells stand in the rule as the parties that have them, wherever they stood."""

from __future__ import annotations

import pytest

from skyaccord.memorandum.document import Breach, Keep, Modality, Provision
from skyaccord.memorandum.formula import Subject
from skyaccord.memorandum.formula_text import format_formula
from skyaccord.memorandum.parse_formula import parse_formula
from skyaccord.rules.examples.example import Craft
from skyaccord.rules.examples.tell_roles import tell_roles

ROLES = {Subject.INTERCEPTOR: "blue", Subject.INTERCEPTED: "green"}
CRAFTS = [Craft(p, p, role, "", 0.0, 0.0, 0.0, 6000.0, 150.0, 90.0, ()) for role, p in ROLES.items()]
NO_ROLE = [Craft("one", "blue", None, "", 0.0, 0.0, 0.0, 6000.0, 150.0, 90.0, ())]


def provision(rule: Keep | Breach, *alternatives: str) -> Provision:
    return Provision("rule", "", Modality.SHALL, (), rule, tuple(parse_formula(text) for text in alternatives))


@pytest.mark.parametrize(
    "rule",
    [
        "aspect of intercepted <= 90 deg",
        "horizontal < 1 NM and (turn_rate of intercepted > 3 deg/s or vertical_rate of interceptor > 20 m/s)",
        "horizontal < 1 NM implies squawking(7700) of intercepted",
        "not (called(121.5 MHz) of interceptor)",
        "(altitude of interceptor > 10000 ft) for 30 s",
        "(altitude of interceptor > 10000 ft) within the last 30 s",
        "(altitude of interceptor > 10000 ft) since (altitude of intercepted > 10000 ft)",
        "(altitude of interceptor > 10000 ft) until (altitude of intercepted > 10000 ft)",
        "(altitude of interceptor > 10000 ft) unless (altitude of intercepted > 10000 ft)",
        "always (altitude of interceptor > 10000 ft)",
    ],
)
def test_roles_are_replaced_in_every_form_of_rule(rule: str) -> None:
    told = tell_roles(provision(Breach(parse_formula(rule)), rule), CRAFTS)
    wanted = format_formula(parse_formula(rule)).replace("interceptor", "blue").replace("intercepted", "green")
    assert [format_formula(reading) for reading in told.readings] == [wanted, wanted]


def test_time_to_restore_stays() -> None:
    told = tell_roles(provision(Keep(parse_formula("aspect of intercepted <= 90 deg"), 120.0, 10.0)), CRAFTS)
    assert told.rule == Keep(parse_formula("aspect of green <= 90 deg"), 120.0, 10.0)


def test_other_subjects_stay_and_so_does_everything_where_no_role_is_told() -> None:
    either = provision(Breach(parse_formula("altitude of either > 10000 ft and altitude of both > 5000 ft")))
    assert tell_roles(either, CRAFTS) == either
    of_role = provision(Breach(parse_formula("aspect of intercepted <= 90 deg")))
    assert tell_roles(of_role, NO_ROLE) is of_role
