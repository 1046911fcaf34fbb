"""Where the two APIs are, for generated requests: with a session that stands, and as a pinned peer."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import count
from pathlib import Path
from typing import Any

from schemathesis.generation import GenerationMode

from skyaccord.node.authority.own_files import OwnFiles
from skyaccord.node.people.sessions import resume_session
from tests.node.authority.parties import party
from tests.web.generated import Target
from tests.web.house import House, make_house_node, open_house

ENDS_THE_SESSION = frozenset({"signOut"})


def people_target(house: House, name: str = "administrator") -> Target:
    """Return the people's API as somebody sees it; whoever loses the session signs in again.

    Requests that keep to the document are about somebody who is there every other time.
    """
    client, turns = house.signed_in(name), count()

    def before(case: Any) -> None:
        if resume_session(house.node.store, client.cookie or "", client.address, None, house.clock()) is None:
            client.cookie = house.signed_in(name).cookie
        if "name" in case.path_parameters and is_positive(case) and next(turns) % 2:
            case.path_parameters["name"] = "negotiator" if name != "negotiator" else "observer"
        case.cookies = {**(case.cookies or {}), "__Host-skyaccord": client.cookie}

    url = f"https://127.0.0.1:{house.running.people.port}"
    return Target(url, house.authority, before=before, leave_out=ENDS_THE_SESSION)


def is_positive(case: Any) -> bool:
    return bool(case.meta.generation.mode is GenerationMode.POSITIVE)


def peers_target(blue: House, green: OwnFiles) -> Target:
    """Return the API for peers as green's node sees it."""
    own = str(green.path("client")), str(green.key_path("client"))
    return Target(f"https://127.0.0.1:{blue.running.peers.port}", blue.authority, own)


@contextmanager
def two_nodes(folder: Path) -> Iterator[tuple[House, OwnFiles]]:
    """Run blue's node, which has green's authority pinned."""
    green = party(folder, "green", time.time())
    with open_house(make_house_node(folder), [green]) as blue:
        yield blue, green
