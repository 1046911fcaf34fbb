"""Listening: sockets, TLS, and the end of it in good order."""

from __future__ import annotations

import asyncio
import socket
import ssl
from collections.abc import Callable
from contextlib import suppress
from typing import Any, Final

from starlette.types import ASGIApp
from uvicorn.config import Config
from uvicorn.server import ServerState

from skyaccord.errors import NodeError
from skyaccord.node.configuration import Listener
from skyaccord.web.protocol import HEAD_BYTES, HEAD_S, Gate, GuardedProtocol

HANDSHAKE_S: Final = 10.0
IDLE_S: Final = 30
"""Between two requests on one connection."""

GRACE_S: Final = 5.0
"""For requests under way when the node ends."""


class Listening:
    """One listener that is open."""

    def __init__(self, server: asyncio.Server, state: ServerState, bound: socket.socket) -> None:
        self._server = server
        self._state = state
        self.address, self.port = _place(bound)

    async def close(self) -> None:
        """Take no more, let what is under way end, and cut what does not."""
        self._server.close()
        for connection in list(self._state.connections):
            connection.shutdown()
        if tasks := list(self._state.tasks):
            with suppress(TimeoutError):
                async with asyncio.timeout(GRACE_S):
                    await asyncio.gather(*tasks, return_exceptions=True)
        with suppress(TimeoutError):
            async with asyncio.timeout(GRACE_S):
                while self._cut() or _has_transports(self._server):
                    await asyncio.sleep(0.01)
                await self._server.wait_closed()

    def _cut(self) -> bool:
        """Cut every connection there is; return whether there was one."""
        connections = list(self._state.connections)
        for connection in connections:
            connection.transport.abort()
        return bool(connections)


def _has_transports(server: asyncio.Server) -> bool:
    """Return whether a server has connections still, those in the middle of a handshake included.

    Python 3.11 does not wait for these in ``wait_closed``, and has no public way to ask.
    """
    return bool(getattr(server, "_active_count", 0) or getattr(server, "_clients", ()))


def _place(bound: socket.socket) -> tuple[str, int]:
    """Return address and port; of a socket in a folder its path and 0."""
    name: Any = bound.getsockname()
    return (name, 0) if isinstance(name, str) else (name[0], name[1])


def bind(listener: Listener, name: str) -> socket.socket:
    """Return a bound socket.

    Raises:
        NodeError: the address is not this machine's, or the port is taken.
    """
    family = socket.AF_INET6 if ":" in listener.address else socket.AF_INET
    made = socket.socket(family, socket.SOCK_STREAM, socket.IPPROTO_TCP)  # so named, asyncio sends at once (no delay)
    try:
        made.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        made.bind((listener.address, listener.port))
    except OSError as error:
        made.close()
        cure = f"Change [{name}] in node.toml, or end what listens there"
        place = f"{listener.address} port {listener.port}"
        raise NodeError(place, f"no listening there: {error.strerror}", cure) from None
    return made


async def listen(
    app: ASGIApp,
    bound: socket.socket,
    context: ssl.SSLContext,
    admits: Callable[[bytes | None], bool],
    head_s: float = HEAD_S,
) -> Listening:
    """Open a listener.

    Args:
        app: what answers.
        bound: the socket, which belongs to the listener from now on.
        context: TLS.
        admits: asked once for each connection, with the client's certificate (DER) where it has shown one.
        head_s: most seconds for the head of a request.
    """
    config = Config(
        app,
        http="h11",
        ws="none",
        lifespan="off",
        log_config=None,
        access_log=False,
        proxy_headers=False,  # what a client writes of its address is not believed
        server_header=False,
        h11_max_incomplete_event_size=HEAD_BYTES,
        timeout_keep_alive=IDLE_S,
    )
    config.load()
    state, gate = ServerState(), Gate(admits)
    server = await asyncio.get_running_loop().create_server(
        lambda: GuardedProtocol(config, state, gate, head_s),
        sock=bound,
        ssl=context,
        ssl_handshake_timeout=HANDSHAKE_S,
        ssl_shutdown_timeout=GRACE_S,
        backlog=128,
    )
    return Listening(server, state, bound)
