"""Both APIs under generated requests, a short run of `tests/proofs/apis.py`; and the documents they are made from."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from msgspec import Struct
from schemathesis.core.failures import FailureGroup

from skyaccord.node.people.roles import Act
from skyaccord.web.node_routes import NODE_ROUTES
from skyaccord.web.openapi import openapi_document, refusals_of
from skyaccord.web.peer_routes import PEER_ROUTES
from skyaccord.web.people_routes import PEOPLE_ROUTES
from skyaccord.web.route import Access, Call, Reply, Route
from skyaccord.web.session_routes import SESSION_ROUTES
from tests.web.apis import peers_target, people_target, two_nodes
from tests.web.generated import ask_all
from tests.web.house import House, make_house_node, open_house

EXAMPLES = 8
SEED = 20151103
TABLES = {"people": (*SESSION_ROUTES, *NODE_ROUTES, *PEOPLE_ROUTES), "peers": PEER_ROUTES}


def test_people_api_keeps_to_its_document(house: House) -> None:
    found = ask_all(people_target(house), EXAMPLES, SEED)
    assert found.total >= 150
    assert found.statuses[200] >= 20, "the session stood, and requests were let through"
    assert set(found.statuses) <= {200, 201, 204, 400, 401, 403, 404, 405, 409, 413, 415, 429}


def test_peers_api_keeps_to_its_document(tmp_path: Path) -> None:
    with two_nodes(tmp_path) as (blue, green):
        found = ask_all(peers_target(blue, green), EXAMPLES, SEED)
    assert found.total >= 2
    assert found.statuses[200] >= 2


class Wrong(Struct):
    """Says less than it promises."""

    party: str
    count: int


@pytest.mark.parametrize("body", [{"party": "blue"}, {"party": 1, "count": 1}])
def test_a_route_that_does_not_keep_to_its_document_is_found(tmp_path: Path, body: dict[str, object]) -> None:
    more = Route("GET", "/more", "more", "More.", lambda _: Reply(body), Access.OPEN, gives=Wrong)
    with open_house(make_house_node(tmp_path), (), (more,)) as house:
        target = people_target(house)
        alone = replace(target, leave_out=frozenset(route.name for route in TABLES["people"]))
        with pytest.raises(FailureGroup, match="violates schema"):
            ask_all(alone, 2, SEED)


@pytest.fixture(params=TABLES)
def document(request: pytest.FixtureRequest) -> tuple[Any, Any]:
    routes = TABLES[request.param]
    return json.loads(json.dumps(openapi_document("x", "1", routes), default=str)), routes


def references(value: Any) -> Iterator[str]:
    if isinstance(value, dict):
        if "$ref" in value:
            yield value["$ref"]
        for each in value.values():
            yield from references(each)
    elif isinstance(value, list):
        for each in value:
            yield from references(each)


def test_a_document_names_every_route_and_every_refusal(document: tuple[Any, Any]) -> None:
    content, routes = document
    assert content["openapi"] == "3.1.0"
    named = {(path, method) for path, methods in content["paths"].items() for method in methods}
    assert named == {(route.path, route.method.lower()) for route in routes}
    assert len({route.name for route in routes}) == len(routes)
    for route in routes:
        operation = content["paths"][route.path][route.method.lower()]
        statuses = {str(status.value) for status in (route.status, *refusals_of(route))}
        assert set(operation["responses"]) == statuses


def test_every_reference_of_a_document_leads_somewhere(document: tuple[Any, Any]) -> None:
    content, _ = document
    for reference in set(references(content)):
        assert reference.removeprefix("#/components/schemas/") in content["components"]["schemas"]


def test_every_text_that_people_send_is_bounded(document: tuple[Any, Any]) -> None:
    content, routes = document
    for kind in {route.takes.__name__ for route in routes if route.takes}:
        schema = content["components"]["schemas"][kind]
        assert schema["additionalProperties"] is False
        for name, each in schema["properties"].items():
            options = each.get("anyOf", [each])
            texts = [option for option in options if option.get("type") == "string"]
            assert all("maxLength" in text for text in texts), (kind, name)


def test_a_method_that_a_path_has_not_is_told_which_it_has(house: House) -> None:
    for path, has in (("/session", {"GET", "HEAD", "POST", "DELETE"}), ("/account/password", {"PUT"})):
        answer = house.client().ask("PATCH", path)
        assert answer.status == 405
        assert set(answer.headers["allow"].replace(" ", "").split(",")) == has
        assert answer.headers["content-type"] == "application/problem+json"


def test_further_tables_of_routes_get_the_same_guards(tmp_path: Path) -> None:
    def handle(_: Call) -> Reply:
        return Reply({"hello": 1})

    more = Route("GET", "/more", "more", "More.", handle, Access.PERSON, Act.READ_HOTLINE)
    node = make_house_node(tmp_path)
    with open_house(node, (), (more,)) as house:
        assert house.client().ask("GET", "/more").status == 401
        assert house.signed_in("administrator").ask("GET", "/more").status == 403
        assert house.signed_in("observer").ask("GET", "/more").json == {"hello": 1}
        assert "/more" in house.client().ask("GET", "/openapi.json").json["paths"]
