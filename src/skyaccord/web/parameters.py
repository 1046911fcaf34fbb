"""The parameters of a path or query, checked by the schema that OpenAPI shows."""

from __future__ import annotations

import re
from collections.abc import Mapping
from http import HTTPStatus
from typing import Any, Final

from starlette.requests import Request

from skyaccord.web.problem import Refused
from skyaccord.web.route import Parameter, Route

NUMBER: Final = re.compile(r"0|[1-9][0-9]{0,15}")


def read_parameters(request: Request, route: Route) -> Mapping[str, Any]:
    """Return the values of a request's parameters.

    Raises:
        Refused: one that is unknown, doubled or not as its schema says.
    """
    known = {each.name: each for each in route.parameters}
    given = [("path", name, value) for name, value in request.path_params.items()]
    given += [("query", name, value) for name, value in request.query_params.multi_items()]
    values: dict[str, Any] = {}
    for place, name, text in given:
        parameter = known.get(name)
        if parameter is None or parameter.place != place or name in values:
            names = ", ".join(each.name for each in route.parameters if each.place == "query") or "none"
            raise Refused(HTTPStatus.BAD_REQUEST, f"{place} {name[:40]!r}", "unknown or given twice", f"Known: {names}")
        values[name] = _value(parameter, text)
    return values


def _value(parameter: Parameter, text: str) -> Any:
    schema = parameter.schema
    if schema["type"] == "integer":
        if NUMBER.fullmatch(text) and schema["minimum"] <= int(text) <= schema["maximum"]:
            return int(text)
        expected = f"a whole number from {schema['minimum']} to {schema['maximum']}"
    else:
        if re.fullmatch(schema["pattern"], text):
            return text
        expected = f"text of the form {schema['pattern']}"
    detail = f"{text[:40]!r} came"
    raise Refused(HTTPStatus.BAD_REQUEST, f"{parameter.place} {parameter.name}", detail, f"Expected {expected}")
