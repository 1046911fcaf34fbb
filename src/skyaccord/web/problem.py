"""Refusals as the two APIs tell them: RFC 9457, with the place and the cure that all errors of skyaccord have."""

from __future__ import annotations

from dataclasses import dataclass, field
from http import HTTPStatus
from typing import Final

import msgspec
from starlette.responses import Response

MEDIA_TYPE: Final = "application/problem+json"


class Problem(msgspec.Struct, frozen=True):
    """What a refused request is answered with."""

    type: str
    title: str
    status: int
    detail: str
    place: str
    cure: str


@dataclass(frozen=True)
class Refused(Exception):  # noqa: N818 - an outcome, raised to leave a handler
    """A request that is refused; becomes a `Problem`."""

    status: HTTPStatus
    place: str
    detail: str
    cure: str
    headers: tuple[tuple[str, str], ...] = field(default=())


def refusal_response(refused: Refused) -> Response:
    """Return the answer to a request that is refused."""
    status = refused.status
    problem = Problem("about:blank", status.phrase, status.value, refused.detail, refused.place, refused.cure)
    response = Response(msgspec.json.encode(problem), status.value, media_type=MEDIA_TYPE)
    for name, value in refused.headers:
        response.headers[name] = value
    return response
