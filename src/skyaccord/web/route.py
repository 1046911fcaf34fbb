"""One row of the table from which a listener's routes, its checks and its OpenAPI document are made."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from http import HTTPStatus
from typing import Any, TypeAlias

import msgspec

from skyaccord.node.authority.judge import Believed
from skyaccord.node.node import Node
from skyaccord.node.people.audit import Actor
from skyaccord.node.people.roles import Act
from skyaccord.node.people.sessions import Session


class Access(StrEnum):
    """Who may ask at all; what a person may do is the route's `Act`."""

    OPEN = "open"
    """Anyone who reaches the listener."""

    ENROLLING = "enrolling"
    """A person with any session, also one that a one-time password began."""

    PERSON = "person"
    """A person with a whole session."""

    PEER = "peer"
    """The node of a party whose authority is pinned, by its certificate."""


@dataclass(frozen=True, slots=True)
class Parameter:
    """A parameter in the path or the query, as text; its schema is JSON Schema's."""

    name: str
    place: str
    """``path`` or ``query``."""

    schema: Mapping[str, Any]
    about: str


@dataclass(frozen=True, slots=True)
class Call:
    """A request that has passed all checks of its route."""

    node: Node
    now_s: float
    address: str
    values: Mapping[str, Any]
    """Of the parameters; absent ones of the query are missing."""

    body: Any
    """An instance of the route's ``takes``."""

    session: Session | None
    token: str | None
    """Shown in the cookie, whether or not a session belongs to it."""

    shown: Believed | None
    """Whom the connection's certificate is for."""

    last_event_id: str | None = None
    """The last server-sent event that the client has seen."""

    @property
    def actor(self) -> Actor:
        """Who asks, for the audit."""
        who = self.session.person.name if self.session else "-"
        return Actor(who, self.address, self.now_s)

    def own_session(self) -> Session:
        """Return the session, which the route's access promises."""
        if self.session is None:
            raise TypeError("a route that is open to all has no session")
        return self.session


@dataclass(frozen=True, slots=True)
class Reply:
    """What a route answers."""

    body: msgspec.Struct | Mapping[str, Any] | None = None
    cookie: str | None = None
    """A token to be set; an empty one takes the cookie away."""

    stream: AsyncIterator[bytes] | None = None
    """In place of a body: server-sent events, for as long as the client listens."""


Handler: TypeAlias = Callable[[Call], Reply]


@dataclass(frozen=True, slots=True)
class Route:
    """A method and path, who may use it, what it takes and gives."""

    method: str
    path: str
    name: str
    """The operation's, in OpenAPI."""

    about: str
    handle: Handler
    access: Access
    act: Act | None = None
    """What the person's role must allow; of `Access.PERSON` and `Access.ENROLLING` alone."""

    takes: type[msgspec.Struct] | None = None
    gives: type[msgspec.Struct] | None = None
    status: HTTPStatus = HTTPStatus.OK
    parameters: tuple[Parameter, ...] = ()
    refuses: tuple[HTTPStatus, ...] = field(default=())
    """Beyond what every route may refuse with."""

    streams: bool = False
    """Whether it answers with server-sent events."""

    is_costly: bool = False
    """Whether it hashes a password: few of those run at once."""
