"""Every route of the line for every role, asked over real sockets; and the same routes under generated requests."""

from __future__ import annotations

import time
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest

from skyaccord.node.people.audit import read_audit
from skyaccord.node.people.roles import Role
from skyaccord.node.people.sessions import resume_session
from skyaccord.web.hotline_routes import hotline_routes
from skyaccord.web.people_routes import PEOPLE_ROUTES
from skyaccord.web.route import Route
from skyaccord.web.session_routes import SESSION_ROUTES
from tests.web.generated import Target, ask_all
from tests.web.hotline.parties import make_parties, running
from tests.web.house import NAMES, House

SPEAKERS = {Role.DUTY_OFFICER, Role.SUPERVISOR}
READERS = SPEAKERS | {Role.NEGOTIATOR, Role.OBSERVER}

# Written down here once more, and not taken from the code.
MAY_USE = {
    "showInbox": READERS,
    "listMessages": READERS,
    "showThread": READERS,
    "showStatistics": READERS,
    "export": READERS,
    "listen": READERS,
    "say": SPEAKERS,
    "acknowledge": SPEAKERS,
    "check": SPEAKERS,
    "answerCheck": SPEAKERS,
    "minute": SPEAKERS,
    "countersign": SPEAKERS,
    "differ": SPEAKERS,
    "handOver": SPEAKERS,
    "import": SPEAKERS,
}
EXAMPLES = 5
SEED = 20151103


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    (blue, _), _ = make_parties(tmp_path_factory.mktemp("roles"), ("blue", "green"))
    with running(blue) as opened:
        yield opened


@pytest.fixture(scope="module")
def routes(house: House) -> dict[str, Route]:
    assert house.speaks is not None
    return {route.name: route for route in hotline_routes(house.speaks.room)}


@pytest.fixture(scope="module")
def cookies(house: House) -> dict[Role, str | None]:
    return {role: house.signed_in(name).cookie for role, name in NAMES.items()}


def path_of(route: Route) -> str:
    return route.path.replace("{message}", "abcdef012345").replace("{party}", "nobody")


def test_the_table_names_every_route(routes: dict[str, Route]) -> None:
    assert set(MAY_USE) == set(routes)


@pytest.mark.parametrize("role", Role)
@pytest.mark.parametrize("name", sorted(set(MAY_USE) - {"listen"}))
def test_role_crossing(
    house: House, routes: dict[str, Route], cookies: dict[Role, str | None], name: str, role: Role
) -> None:
    client = house.client()
    client.cookie = cookies[role]
    answer = client.ask(routes[name].method, path_of(routes[name]))
    is_by_role = answer.status == 403 and answer.json["place"] == "role"
    assert is_by_role == (role not in MAY_USE[name]), answer
    if is_by_role:
        noted = next(each for each in read_audit(house.node.store) if each.deed == "role.refused")
        assert (noted.who, noted.subject) == (NAMES[role], f"{routes[name].method} {routes[name].path}")


def test_an_administrator_may_not_listen(house: House, cookies: dict[Role, str | None]) -> None:
    client = house.client()
    client.cookie = cookies[Role.ADMINISTRATOR]
    assert client.ask("GET", "/hotline/events").status == 403


@pytest.mark.parametrize("name", sorted(MAY_USE))
def test_without_a_session_nothing_is_answered(house: House, routes: dict[str, Route], name: str) -> None:
    assert house.client().ask(routes[name].method, path_of(routes[name])).status == 401


def test_generated_requests_find_the_routes_as_their_document_says(house: House) -> None:
    client = house.signed_in("duty-officer")

    def before(case: Any) -> None:
        if resume_session(house.node.store, client.cookie or "", client.address, None, time.time()) is None:
            client.cookie = house.signed_in("duty-officer").cookie
        case.cookies = {**(case.cookies or {}), "__Host-skyaccord": client.cookie}

    others = frozenset(route.name for route in (*SESSION_ROUTES, *PEOPLE_ROUTES))
    url = f"https://127.0.0.1:{house.running.people.port}"
    target = replace(Target(url, house.authority, before=before), leave_out=others | {"listen"})
    found = ask_all(target, EXAMPLES, SEED)
    assert found.total >= 100
    assert found.statuses[200] + found.statuses[201] >= 15
    assert set(found.statuses) <= {200, 201, 400, 403, 404, 405, 409, 413, 415}, found.statuses
