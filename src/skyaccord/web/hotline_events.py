"""What happens on the line as server-sent events: one after another for as long as somebody listens.

Who was cut off sends ``Last-Event-ID`` (or ``after``) and is told what came since, or that some of it is gone.
"""

from __future__ import annotations

import asyncio
import json
import threading
from collections import Counter
from collections.abc import AsyncIterator
from http import HTTPStatus
from typing import Final

from skyaccord.node.hotline.events import Event
from skyaccord.node.hotline.room import Room
from skyaccord.node.people.roles import Act
from skyaccord.node.people.sessions import resume_session
from skyaccord.web.people_messages import END
from skyaccord.web.problem import Refused
from skyaccord.web.route import Access, Call, Parameter, Reply, Route

POLL_S: Final = 0.2
BEAT_S: Final = 10.0
"""A remark goes out as often, so that both sides notice a dead connection; the session is looked at again."""

LONGEST_S: Final = 3600.0
"""A client comes back by itself with the last id it saw."""

MOST: Final = 32
MOST_OF_ONE: Final = 4

_AFTER: Final = Parameter(
    *("after", "query", {"type": "string", "pattern": f"^[0-9a-f]{{8}}-[0-9]{{1,12}}{END}", "maxLength": 21}),
    "The last event that was seen, where the header Last-Event-ID is not sent.",
)


class Listeners:
    """Counts who listens."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._open: Counter[str] = Counter()

    def enter(self, name: str) -> bool:
        """Return whether one more may listen; if so, it is counted."""
        with self._lock:
            if self._open.total() >= MOST or self._open[name] >= MOST_OF_ONE:
                return False
            self._open[name] += 1
            return True

    def leave(self, name: str) -> None:
        """Count it no longer."""
        with self._lock:
            self._open[name] -= 1


def listen_route(room: Room) -> Route:
    """Return the route on which a room's events are told."""
    listeners = Listeners()

    def handle(call: Call) -> Reply:
        seen = call.values.get("after") or call.last_event_id or room.events.last_id
        name = call.own_session().person.name
        if not listeners.enter(name):
            cure = f"Close another: {MOST_OF_ONE} for each person, {MOST} in all"
            raise Refused(HTTPStatus.CONFLICT, "events", "too many listen", cure)
        return Reply(stream=_tell(room, call, seen, listeners, name))

    about = "New messages, changes of state, reminders, escalations, and how the lines are; text/event-stream."
    return Route(
        *("GET", "/hotline/events", "listen", about, handle, Access.PERSON, Act.READ_HOTLINE),
        parameters=(_AFTER,),
        refuses=(HTTPStatus.CONFLICT,),
        streams=True,
    )


async def _tell(room: Room, call: Call, seen: str, listeners: Listeners, name: str) -> AsyncIterator[bytes]:
    try:
        yield b"retry: 2000\n: the line\n\n"
        beats = int(BEAT_S / POLL_S)
        for turn in range(int(LONGEST_S / POLL_S)):
            if room.events.is_closed:
                return
            for event in room.events.after(seen):
                seen = event.id
                yield _written(event)
            if turn % beats == beats - 1:
                if not await asyncio.to_thread(_still_signed_in, room, call):
                    return
                yield b": still here\n\n"
            await asyncio.sleep(POLL_S)
    finally:
        listeners.leave(name)


def _written(event: Event) -> bytes:
    data = json.dumps(dict(event.content), ensure_ascii=False, separators=(",", ":"))
    return f"id: {event.id}\nevent: {event.happened.value}\ndata: {data}\n\n".encode()


def _still_signed_in(room: Room, call: Call) -> bool:
    if call.token is None:
        return True  # the socket of the machine's owner
    certificate = call.shown.fingerprint if call.shown else None
    return resume_session(call.node.store, call.token, call.address, certificate, room.clock()) is not None
