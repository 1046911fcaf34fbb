"""A connection: whether it may be at all, whose certificate it has, and how long a request's head may take.

uvicorn's HTTP/1.1 does the rest. It has no limit on the time in which a head arrives, and does not pass on the client's
certificate; both are added here, at the socket, where nothing a client writes can pretend to be it.
"""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import Callable
from typing import Any, Final

from uvicorn.config import Config
from uvicorn.protocols.http.h11_impl import H11Protocol
from uvicorn.server import ServerState

from skyaccord.web.connection import with_certificate

HEAD_S: Final = 10.0
"""From the connection, or the first octet of a further request, to the end of the request's head."""

HEAD_BYTES: Final = 16 * 1024
MOST_CONNECTIONS: Final = 256
MOST_OF_ONE: Final = 64
"""Connections from one address, which may be a whole control room's."""


class Gate:
    """Which connections of a listener may stay, and how many there are."""

    def __init__(self, admits: Callable[[bytes | None], bool]) -> None:
        self._admits = admits
        self._open: Counter[str] = Counter()

    def enters(self, address: str, certificate: bytes | None) -> bool:
        """Return whether a connection may stay; if so, it is counted."""
        is_full = self._open.total() >= MOST_CONNECTIONS or self._open[address] >= MOST_OF_ONE
        if is_full or not self._admits(certificate):
            return False
        self._open[address] += 1
        return True

    def leaves(self, address: str) -> None:
        """Count a connection no longer."""
        self._open[address] -= 1
        if not self._open[address]:
            del self._open[address]


class GuardedProtocol(H11Protocol):
    """HTTP/1.1 over one connection that has passed the gate."""

    def __init__(self, config: Config, state: ServerState, gate: Gate, head_s: float = HEAD_S) -> None:
        super().__init__(config, state, {}, asyncio.get_running_loop())
        self._gate = gate
        self._head_s = head_s
        self._address: str | None = None
        self._head_timer: asyncio.TimerHandle | None = None

    def connection_made(self, transport: Any) -> None:
        """Let a connection in, or cut it."""
        self.transport = transport
        tls = transport.get_extra_info("ssl_object")
        certificate = tls.getpeercert(binary_form=True) if tls else None
        address = (transport.get_extra_info("peername") or ("",))[0]
        if not self._gate.enters(address, certificate):
            transport.abort()
            return
        self._address = address
        self.app = with_certificate(self.app, certificate)
        super().connection_made(transport)
        self._watch()

    def data_received(self, data: bytes) -> None:
        """Take octets, and keep the time of a head that is not complete."""
        if self._address is not None:
            super().data_received(data)
            self._watch()

    def connection_lost(self, exc: Exception | None) -> None:
        """Let go of everything."""
        self._stop_watching()
        if self._address is not None:
            self._gate.leaves(self._address)
            self._address = None
            super().connection_lost(exc)

    def _watch(self) -> None:
        if self.cycle is not None and not self.cycle.response_complete:
            self._stop_watching()
        elif self._head_timer is None:
            self._head_timer = self.loop.call_later(self._head_s, self._cut)

    def _stop_watching(self) -> None:
        if self._head_timer is not None:
            self._head_timer.cancel()
            self._head_timer = None

    def _cut(self) -> None:
        self._head_timer = None
        if self.cycle is None or self.cycle.response_complete:
            self.transport.abort()
