"""Commands of the machine's owner: the hotline's routes over a socket in the node's folder.

Whoever is the same user on this machine can read the node's files and memory anyway, so that a password would keep
nobody out. The socket lies in a folder that nobody else can enter, and the system tells whose process calls. In the
audit such a call is ``owner``; it speaks for a duty that has a key and has the rights of a duty officer alone.
"""

from __future__ import annotations

import asyncio
import os
import re
import socket
import struct
from http import HTTPStatus
from pathlib import Path
from typing import Any, Final

from starlette.requests import Request
from starlette.types import ASGIApp
from uvicorn.config import Config
from uvicorn.server import ServerState

from skyaccord.node.hotline.room import Room
from skyaccord.node.people.audit import LOCAL
from skyaccord.node.people.person import Person
from skyaccord.node.people.roles import Role
from skyaccord.node.people.sessions import Session
from skyaccord.node.socket_path import short_path
from skyaccord.web.dispatch import LocalSession
from skyaccord.web.listen import Listening
from skyaccord.web.problem import Refused
from skyaccord.web.protocol import HEAD_BYTES, Gate, GuardedProtocol

DUTY_HEADER: Final = "x-skyaccord-duty"
OWNER: Final = "owner"


class OwnerProtocol(GuardedProtocol):
    """HTTP/1.1 with a process of the same user."""

    def connection_made(self, transport: Any) -> None:
        """Let a connection in if the system says that it is the owner's."""
        if is_owner(transport.get_extra_info("socket")):
            super().connection_made(transport)
        else:
            transport.abort()


def is_owner(connection: Any) -> bool:
    """Return whether a socket's other end is a process of this user; else the folder sees to it."""
    option = getattr(socket, "SO_PEERCRED", None)
    if option is None:
        return True
    _, user, _ = struct.unpack("3i", connection.getsockopt(socket.SOL_SOCKET, option, struct.calcsize("3i")))
    return bool(user == os.geteuid())


async def listen_to_owner(app: ASGIApp, path: Path) -> Listening:
    """Open the socket; one that a killed node left is taken away first, since only one process has the node open."""
    config = Config(app, http="h11", ws="none", lifespan="off", log_config=None, access_log=False, proxy_headers=False,
                    server_header=False, h11_max_incomplete_event_size=HEAD_BYTES)  # fmt: skip
    config.load()
    state, gate = ServerState(), Gate(lambda _: True)
    path.unlink(missing_ok=True)
    bound = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
    before = os.umask(0o177)
    try:
        with short_path(path) as name:
            bound.bind(name)
    finally:
        os.umask(before)
    server = await asyncio.get_running_loop().create_unix_server(lambda: OwnerProtocol(config, state, gate), sock=bound)
    return Listening(server, state, bound)


def owner_session(room: Room) -> LocalSession:
    """Return what gives the session of a request over the socket: of the duty that it names, or the first."""

    def session(request: Request) -> Session:
        duties = tuple(room.office.keys.duties)
        duty = request.headers.get(DUTY_HEADER) or duties[0]
        if duty not in duties:
            raise Refused(
                *(HTTPStatus.CONFLICT, "duty", f"{re.sub(r'[^ -~]', '?', duty)[:64]!r} has no key to speak with"),
                f"Duties with a key: {', '.join(duties)}",
            )
        person = Person(OWNER, duty, Role.DUTY_OFFICER, True, None, None, None, 0, None, None)
        now_s = room.clock()
        return Session(person, LOCAL, None, now_s, now_s, False)

    return session
