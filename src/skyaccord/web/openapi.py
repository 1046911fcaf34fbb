"""The OpenAPI 3.1 document of a listener, made from its table of routes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from http import HTTPStatus
from typing import Any, Final

import msgspec

from skyaccord.web.cookie import COOKIE
from skyaccord.web.guards.same_origin import MARK, SAFE
from skyaccord.web.problem import MEDIA_TYPE, Problem
from skyaccord.web.route import Access, Route

ALWAYS: Final = (
    HTTPStatus.BAD_REQUEST,
    HTTPStatus.REQUEST_TIMEOUT,
    HTTPStatus.REQUEST_ENTITY_TOO_LARGE,
    HTTPStatus.MISDIRECTED_REQUEST,
    HTTPStatus.SERVICE_UNAVAILABLE,
)
"""What every request may be refused with."""

_REF: Final = "#/components/schemas/{name}"


def openapi_document(title: str, version: str, routes: Sequence[Route]) -> Mapping[str, Any]:
    """Return the document as JSON values."""
    types = [kind for route in routes for kind in (route.takes, route.gives) if kind is not None]
    schemas, components = msgspec.json.schema_components([Problem, *dict.fromkeys(types)], ref_template=_REF)
    del schemas
    paths: dict[str, dict[str, Any]] = {}
    for route in routes:
        paths.setdefault(route.path, {})[route.method.lower()] = _operation(route)
    session = {"type": "apiKey", "in": "cookie", "name": COOKIE}
    return {
        "openapi": "3.1.0",
        "info": {"title": title, "version": version},
        "paths": paths,
        "components": {
            "schemas": components,
            "securitySchemes": {"session": session, "certificate": {"type": "mutualTLS"}},
        },
    }


def refusals_of(route: Route) -> Sequence[HTTPStatus]:
    """Return every status that a route may refuse with."""
    found = [*ALWAYS, *route.refuses]
    if route.access is not Access.OPEN:
        found += [HTTPStatus.UNAUTHORIZED, HTTPStatus.FORBIDDEN]
    if route.method not in SAFE:
        found.append(HTTPStatus.FORBIDDEN)
    if route.takes is not None:
        found.append(HTTPStatus.UNSUPPORTED_MEDIA_TYPE)
    return sorted(set(found))


def _operation(route: Route) -> dict[str, Any]:
    content: Any = {"application/json": {"schema": _reference(route.gives)}} if route.gives else None
    if route.streams:
        content = {"text/event-stream": {"schema": {"type": "string"}}}
    answer: dict[str, Any] = {"description": route.status.phrase} | ({"content": content} if content else {})
    problem = {MEDIA_TYPE: {"schema": _reference(Problem)}}
    responses: dict[str, Any] = {str(route.status.value): answer}
    for status in refusals_of(route):
        responses[str(status.value)] = {"description": status.phrase, "content": problem}
    operation: dict[str, Any] = {"operationId": route.name, "summary": route.about, "responses": responses}
    if parameters := _parameters(route):
        operation["parameters"] = parameters
    if route.takes is not None:
        body = {"application/json": {"schema": _reference(route.takes)}}
        operation["requestBody"] = {"required": True, "content": body}
    schemes = {Access.ENROLLING: "session", Access.PERSON: "session", Access.PEER: "certificate"}
    if scheme := schemes.get(route.access):
        operation["security"] = [{scheme: []}]
    if route.act is not None:
        operation["x-act"] = route.act.value
    return operation


def _parameters(route: Route) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = [
        {
            "name": each.name,
            "in": each.place,
            "required": each.place == "path",
            "description": each.about,
            "schema": dict(each.schema),
        }
        for each in route.parameters
    ]
    if route.method not in SAFE and route.access is not Access.PEER:
        about = "A form of another page cannot send it."
        schema = {"type": "string", "enum": ["1"]}
        found.append({"name": MARK, "in": "header", "required": True, "description": about, "schema": schema})
    return found


def _reference(kind: type[msgspec.Struct]) -> dict[str, str]:
    return {"$ref": _REF.format(name=kind.__name__)}
