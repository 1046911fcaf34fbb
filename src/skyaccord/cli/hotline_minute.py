"""The facts of a call as they are typed."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from skyaccord.errors import SkyaccordError
from skyaccord.model.instants import format_instant, parse_instant
from skyaccord.node.configuration import read_configuration
from skyaccord.node.folder import Folder


def content_of_call(
    folder: Path, to: str, text: str, times: tuple[str, str], caller: str, call: Mapping[str, Any]
) -> dict[str, Any]:
    """Return the members of a minute beside its heading.

    Args:
        folder: of this party's node.
        to: the other party.
        text: what was said.
        times: when it began and ended, ISO 8601.
        caller: which of the two called.
        call: medium, channel and the duties of both.
    """
    me = read_configuration(Folder(folder).configuration).party
    if caller not in (me, to):
        raise SkyaccordError(f"--caller: {caller[:80]!r} came. Expected {me} or {to}")
    started, until = (format_instant(parse_instant(each)) for each in times)
    called = to if caller == me else me
    return {**call, "from": started, "until": until, "caller": caller, "called": called, "text": text}
