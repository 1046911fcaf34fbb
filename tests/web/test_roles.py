"""Every route of the people's listener for every role: who may, and that nobody else may."""

from __future__ import annotations

import pytest

from skyaccord.node.people.audit import read_audit
from skyaccord.node.people.roles import Role
from skyaccord.web.node_routes import NODE_ROUTES
from skyaccord.web.people_routes import PEOPLE_ROUTES
from skyaccord.web.route import Access
from skyaccord.web.session_routes import SESSION_ROUTES
from tests.web.house import NAMES, House

ROUTES = {route.name: route for route in (*SESSION_ROUTES, *NODE_ROUTES, *PEOPLE_ROUTES)}

EVERYONE = set(Role)
READERS = {Role.SUPERVISOR, Role.ADMINISTRATOR}
KEEPERS = {Role.ADMINISTRATOR}

# Written down here once more, and not taken from the code.
MAY_USE = {
    "showHealth": EVERYONE,
    "signIn": EVERYONE,
    "signInWithCertificate": EVERYONE,
    "showSession": EVERYONE,
    "signOut": EVERYONE,
    "showAccount": EVERYONE,
    "offerAuthenticator": EVERYONE,
    "enrol": EVERYONE,
    "changePassword": EVERYONE,
    "showNode": EVERYONE,
    "listPeople": READERS,
    "showPerson": READERS,
    "readAudit": READERS,
    "addPerson": KEEPERS,
    "changePerson": KEEPERS,
    "resetPerson": KEEPERS,
    "endSessions": KEEPERS,
    "certify": KEEPERS,
}
WITHOUT_SESSION = {"showHealth", "signIn", "signInWithCertificate"}
WHILE_ENROLLING = {"showSession", "signOut", "showAccount", "offerAuthenticator", "enrol"}


def path_of(name: str) -> str:
    return ROUTES[name].path.replace("{name}", "nobody-here")


def test_the_table_names_every_route() -> None:
    assert set(MAY_USE) == set(ROUTES)


@pytest.fixture(scope="module")
def cookies(house: House) -> dict[Role, str | None]:
    return {role: house.signed_in(name).cookie for role, name in NAMES.items()}


@pytest.fixture(scope="module")
def one_time(house: House) -> str:
    opened = house.signed_in("administrator").ask("POST", "/people", {"name": "new", "duty": "x", "role": "observer"})
    return str(opened.json["password"])


@pytest.mark.parametrize("role", Role)
@pytest.mark.parametrize("name", MAY_USE)
def test_role_crossing(house: House, cookies: dict[Role, str | None], name: str, role: Role) -> None:
    client = house.signed_in(NAMES[role]) if name == "signOut" else house.client()
    client.cookie = client.cookie or cookies[role]
    answer = client.ask(ROUTES[name].method, path_of(name))
    is_by_role = answer.status == 403 and answer.json["place"] == "role"
    assert is_by_role == (role not in MAY_USE[name]), answer
    if is_by_role:
        latest = read_audit(house.node.store)[0]
        assert (latest.who, latest.deed) == (NAMES[role], "role.refused")
        assert latest.subject == f"{ROUTES[name].method} {ROUTES[name].path}"


@pytest.mark.parametrize("name", sorted(set(MAY_USE) - WITHOUT_SESSION))
def test_without_a_session_nothing_is_answered(house: House, name: str) -> None:
    client = house.client()
    for cookie in (None, "A" * 43, "short", ""):
        client.cookie = cookie
        assert client.ask(ROUTES[name].method, path_of(name)).status == 401


@pytest.mark.parametrize("name", sorted(set(MAY_USE) - WITHOUT_SESSION))
def test_a_one_time_password_opens_enrolment_alone(house: House, one_time: str, name: str) -> None:
    client = house.client("127.0.0.44")
    assert client.ask("POST", "/session", {"name": "new", "password": one_time}).status == 200
    answer = client.ask(ROUTES[name].method, path_of(name))
    is_by_session = answer.status == 403 and answer.json["place"] == "session"
    assert is_by_session == (name not in WHILE_ENROLLING), answer


def test_every_route_of_people_asks_for_an_act() -> None:
    for name, route in ROUTES.items():
        assert (route.act is None) == (route.access is Access.OPEN) == (name in WITHOUT_SESSION), name
