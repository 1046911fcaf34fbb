"""The bootstrap memorandum: what two parties work under until talks exist, made by each from both introductions.

Both nodes write the same text and so have the same hash. It pins the two roots and states the times of the ground line;
it says nothing about the air.
"""

from __future__ import annotations

from typing import Final

from skyaccord.errors import ConfigurationError
from skyaccord.hotline.book.plan import ACKNOWLEDGE_S
from skyaccord.memorandum.communications import Communications, Precedence
from skyaccord.memorandum.document import Memorandum
from skyaccord.memorandum.load import read_memorandum
from skyaccord.memorandum.presets import preset
from skyaccord.model.instants import format_instant
from skyaccord.node.identity.introduction import Introduction
from skyaccord.trust.acceptance.agreement import Agreement

CHECK_EVERY_S: Final = 12 * 3600.0
"""Where the preset states none: once in a shift of twelve hours."""

VALID_S: Final = 400 * 86_400.0
"""As long as the keys that it lets speak."""


def bootstrap_text(one: Introduction, other: Introduction) -> str:
    """Return the memorandum's text; the same whichever of the two is named first.

    Raises:
        ConfigurationError: they go by different presets, or the preset leaves one of them out.
    """
    first, second = sorted((one, other), key=lambda each: each.party)
    _check(first, second)
    agreed = preset(first.preset)
    from_s = max(first.made_s, second.made_s)
    excluded = ", ".join(f'"{name}"' for name in agreed.excluded)
    return "\n".join(
        [
            "# Until talks conclude a memorandum. Both nodes make this text from both introductions; do not change it.",
            "[memorandum]",
            f'title = "Bootstrap memorandum of {first.party} and {second.party}, times of {first.preset}"',
            f'parties = ["{first.party}", "{second.party}"]',
            f"excluded = [{excluded}]" if excluded else "",
            f"valid = {{ from = {format_instant(from_s)}, until = {format_instant(from_s + VALID_S)} }}",
            f'[party.{first.party}]\nroot = "{first.root_fingerprint}"',
            f'[party.{second.party}]\nroot = "{second.root_fingerprint}"',
            *_line(agreed.communications),
            "[[provision]]",
            'id = "line.kept"',
            'text = "The parties keep a ground line and acknowledge what is said on it. Nothing else is agreed here."',
            'modality = "shall"\nevidence = ["hotline"]\nactor = "centre"',
            "",
        ]
    )


def bootstrap(one: Introduction, other: Introduction) -> Memorandum:
    """Return the memorandum of two introductions."""
    return read_memorandum(bootstrap_text(one, other), "bootstrap memorandum")


def agreement_of(memorandum: Memorandum) -> Agreement:
    """Return what acceptance must know of a memorandum."""
    return Agreement(memorandum.hash, {each.name: each.root for each in memorandum.party_details})


def _check(first: Introduction, second: Introduction) -> None:
    place = f"the introduction of {second.party}"
    if first.party == second.party or first.root == second.root:
        raise ConfigurationError(place, "both are of one party", "Take the file of the other party")
    if first.preset != second.preset:
        problem = f"{first.party} goes by {first.preset!r}, {second.party} by {second.preset!r}"
        raise ConfigurationError(place, problem, "Agree on one and make the node anew: node init --preset NAME")
    left_out = {first.party, second.party} & set(preset(first.preset).excluded)
    if left_out:
        problem = f"the preset {first.preset} leaves {left_out.pop()} out"
        raise ConfigurationError(place, problem, "Choose another preset: skyaccord memorandum list")


def _line(agreed: Communications | None) -> list[str]:
    hotline = agreed.hotline if agreed else None
    stated = dict(hotline.acknowledge_s) if hotline else {}
    every_s = hotline.check_every_s if hotline and hotline.check_every_s else CHECK_EVERY_S
    times = (f'{each.value} = "{stated.get(each, ACKNOWLEDGE_S[each]):g} s"' for each in Precedence)
    return ["[communications.hotline]", f'check_every = "{every_s:g} s"', f"acknowledge = {{ {', '.join(times)} }}"]
