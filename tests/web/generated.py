"""Requests that schemathesis makes from the OpenAPI documents, sent over real sockets and held against them.

Positive requests keep to the document, negative ones break it. Each answer must be one that the document names, with
the schema and media type it gives; never a server error; a broken request must be refused.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

import requests
import schemathesis
from hypothesis import HealthCheck, Phase, given, seed, settings
from schemathesis.checks import CHECKS, load_all_checks
from schemathesis.generation import GenerationMode

Before = Callable[[Any], None]

LEFT_OUT = frozenset(
    {
        "positive_data_acceptance",  # names that nobody has, codes that are not right: refused, and rightly
        "ensure_resource_availability",  # belongs to chains of requests
        "use_after_free",
        "ignored_auth",  # signs in by means that this API has not; test_roles asks every route without a session
        "unsupported_method",  # sends requests of its own, without the session; asked for below
    }
)


@dataclass
class Found:
    """What was sent and what came of it."""

    requests: Counter[str] = field(default_factory=Counter)
    """By operation and kind."""

    statuses: Counter[int] = field(default_factory=Counter)
    checks: int = 0

    @property
    def total(self) -> int:
        return self.requests.total()


@dataclass(frozen=True)
class Target:
    """An API, and how it is reached."""

    url: str
    verify: str
    certificate: tuple[str, str] | None = None
    before: Before = lambda _: None
    """Called before each request, with its headers and cookies to be set."""

    leave_out: frozenset[str] = frozenset()
    """Operations that would end the session with which all are asked."""


def checks() -> list[Any]:
    load_all_checks()
    return [each for each in CHECKS.get_all() if each.__name__ not in LEFT_OUT]


def _tls(target: Target) -> dict[str, Any]:
    return {"verify": target.verify, "cert": target.certificate, "timeout": 20}


@contextmanager
def _session() -> Iterator[requests.Session]:
    with requests.Session() as made:
        made.trust_env = False
        yield made


def ask_all(target: Target, examples: int, seed_number: int) -> Found:
    """Send generated requests to every operation of an API, of both kinds; a finding is raised.

    Args:
        target: the API.
        examples: for each operation and kind.
        seed_number: the same requests for the same number.
    """
    found, asked = Found(), checks()
    with _session() as session:
        document = session.get(f"{target.url}/openapi.json", **_tls(target)).json()
        schema = schemathesis.openapi.from_dict(_without_sessions(document))
        for result in schema.get_all_operations():
            operation = result.ok()
            if operation.definition.raw["operationId"] in target.leave_out:
                continue
            for mode in (GenerationMode.POSITIVE, GenerationMode.NEGATIVE):
                _ask(target, session, operation, mode, examples, seed_number, found, asked)
    return found


def _without_sessions(document: dict[str, Any]) -> dict[str, Any]:
    """Leave out the cookie, which is ours to send: a broken one would be put right, and then rightly taken."""
    for methods in document["paths"].values():
        for operation in methods.values():
            operation.pop("security", None)
    return document


def _ask(
    target: Target, session: requests.Session, operation: Any, mode: Any, examples: int, number: int,
    found: Found, asked: list[Any],
) -> None:  # fmt: skip
    if mode is GenerationMode.NEGATIVE and not (list(operation.iter_parameters()) or operation.body):
        return

    @seed(number)
    @settings(
        max_examples=examples, database=None, deadline=None, derandomize=False, suppress_health_check=list(HealthCheck),
        phases=(Phase.generate,),
    )  # fmt: skip
    @given(operation.as_strategy(generation_mode=mode))
    def ask(case: Any) -> None:
        target.before(case)
        response = case.call(base_url=target.url, session=session, **_tls(target))
        found.requests[f"{operation.label} {mode.value}"] += 1
        found.statuses[response.status_code] += 1
        found.checks += len(asked)
        case.validate_response(response, checks=asked)

    ask()
