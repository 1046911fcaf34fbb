"""Routes for peers. All ask for the certificate of a pinned party's node; envelopes are signed besides."""

from __future__ import annotations

from collections.abc import Sequence
from http import HTTPStatus
from typing import Final

from msgspec import Struct

from skyaccord.model.instants import format_instant
from skyaccord.node.authority.certificates import pem
from skyaccord.web.problem import Refused
from skyaccord.web.route import Access, Call, Reply, Route


class PeerHealthAnswer(Struct, frozen=True):
    """Who answers, whom it takes the caller for, and its clock: the caller measures the difference of clocks by it."""

    party: str
    caller: str
    time: str


class RevocationsAnswer(Struct, frozen=True):
    """The authority's list of what is revoked, in PEM."""

    party: str
    revocations: str


def _health(call: Call) -> Reply:
    return Reply(PeerHealthAnswer(call.node.configuration.party, caller_of(call), format_instant(call.now_s)))


def _revocations(call: Call) -> Reply:
    return Reply(RevocationsAnswer(call.node.configuration.party, pem(call.node.files.revocations)))


def caller_of(call: Call) -> str:
    """Return the party whose node asks, by its certificate; an envelope within must be signed by that party too."""
    if call.shown is None:
        raise Refused(HTTPStatus.FORBIDDEN, "certificate", "there is none", "Show one")
    return call.shown.bearer.party


PEER_ROUTES: Final[Sequence[Route]] = (
    Route(
        *("GET", "/health", "showHealth", "Whether the node answers, and its clock.", _health, Access.PEER),
        gives=PeerHealthAnswer,
    ),
    Route(
        *("GET", "/revocations", "listRevocations", "What the authority has taken back.", _revocations, Access.PEER),
        gives=RevocationsAnswer,
    ),
)
