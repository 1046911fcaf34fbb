"""Batches of one peer that overtake each other on the way wait for their turn, for a moment."""

from __future__ import annotations

import asyncio
from typing import Final

HOLD_S: Final = 0.3
"""How long a batch waits for the ones before it; a retry would cost more than this, a lost batch no less."""

MOST_HELD: Final = 8
"""Batches of one peer that may wait at once."""


class Turns:
    """What number each peer's next batch must begin with, as the desk says."""

    def __init__(self) -> None:
        self._expected: dict[str, int] = {}
        self._held: dict[str, int] = {}
        self._moved = asyncio.Condition()

    async def wait(self, peer: str, first: int) -> None:
        """Return when the batch that begins with a number may be judged, or has waited long enough."""
        if first <= self._expected.get(peer, first) or self._held.get(peer, 0) >= MOST_HELD:
            return
        self._held[peer] = self._held.get(peer, 0) + 1
        try:
            async with asyncio.timeout(HOLD_S), self._moved:
                await self._moved.wait_for(lambda: first <= self._expected.get(peer, first))
        except TimeoutError:
            pass
        finally:
            self._held[peer] -= 1

    async def move(self, peer: str, expected: int) -> None:
        """Take what is expected next of a peer."""
        async with self._moved:
            self._expected[peer] = max(expected, self._expected.get(peer, 0))
            self._moved.notify_all()
