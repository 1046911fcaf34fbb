"""Routes of the ground line for people. What each role may is in `node.people.roles`; nothing is decided here."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import partial
from http import HTTPStatus
from typing import Any, Final, TypeAlias

from skyaccord.node.hotline.room import Room
from skyaccord.node.people.roles import Act
from skyaccord.web.hotline_answers import (
    ExportAnswer,
    HandoverAnswer,
    ImportAnswer,
    InboxAnswer,
    MessagesAnswer,
    StatisticsAnswer,
)
from skyaccord.web.hotline_deeds import (
    acknowledge,
    answer_check,
    check,
    countersign,
    differ,
    export_to,
    hand_over,
    import_from,
    list_messages,
    minute,
    say,
    show_figures,
    show_inbox,
    show_thread,
)
from skyaccord.web.hotline_events import listen_route
from skyaccord.web.hotline_messages import (
    PARTY_PATTERN,
    AcknowledgeRequest,
    CheckAnswerRequest,
    CheckRequest,
    CountersignRequest,
    DifferRequest,
    HandOverRequest,
    ImportRequest,
    MinuteRequest,
    SayRequest,
)
from skyaccord.web.people_messages import END
from skyaccord.web.route import Access, Call, Parameter, Reply, Route

Within: TypeAlias = Callable[[Room, Call], Reply]

LANGUAGE: Final = Parameter(
    "language", "query", {"type": "string", "pattern": f"^(en|ru){END}", "maxLength": 2}, "Of what is said in words."
)
_MESSAGE: Final = Parameter(
    *("message", "path", {"type": "string", "pattern": f"^[0-9a-f]{{6,64}}{END}", "maxLength": 64}),
    "A message by its envelope's hash, or a beginning of it that no other has.",
)
_PARTY: Final = Parameter(
    *("party", "path", {"type": "string", "pattern": PARTY_PATTERN, "maxLength": 64}), "A peer's name."
)
_COUNT: Final = Parameter("count", "query", {"type": "integer", "minimum": 1, "maximum": 500}, "Most messages.")
_GONE: Final = (HTTPStatus.NOT_FOUND,)
_SAYS: Final = (HTTPStatus.NOT_FOUND, HTTPStatus.CONFLICT)


_READ: Final = (Access.PERSON, Act.READ_HOTLINE)
_MADE: Final = HTTPStatus.CREATED


def hotline_routes(room: Room) -> Sequence[Route]:
    """Return the routes of a node's line."""

    def of(handle: Within) -> Callable[[Call], Reply]:
        return partial(handle, room)

    reads = {"parameters": (LANGUAGE,)}
    about = {"parameters": (_MESSAGE,), "gives": MessagesAnswer, "status": _MADE, "refuses": _SAYS}
    said = {"gives": MessagesAnswer, "status": _MADE, "refuses": _SAYS}
    minutes, checks = (Access.PERSON, Act.MINUTE_CALL), (Access.PERSON, Act.CHECK_LINE)
    acknowledges = (Access.PERSON, Act.ACKNOWLEDGE)
    one = "/hotline/messages/{message}"
    rows: list[tuple[tuple[Any, ...], Mapping[str, Any]]] = [
        (
            (
                "GET",
                "/hotline/inbox",
                "showInbox",
                "What is open; how the lines are.",
                of(show_inbox),
            ),
            {"act": _READ, "gives": InboxAnswer, **reads},
        ),
        (
            ("GET", "/hotline/messages", "listMessages", "The latest messages.", of(list_messages)),
            {"act": _READ, "gives": MessagesAnswer, "parameters": (LANGUAGE, _COUNT)},
        ),
        (
            ("GET", one, "showThread", "A message and all that was said to it.", of(show_thread)),
            {"act": _READ, "gives": MessagesAnswer, "parameters": (_MESSAGE, LANGUAGE), "refuses": _GONE},
        ),
        (
            ("POST", "/hotline/messages", "say", "Say something to one or more parties.", of(say)),
            {"act": (Access.PERSON, Act.SEND_MESSAGE), "takes": SayRequest, **said},
        ),
        (
            ("POST", f"{one}/acknowledgement", "acknowledge", "Received and read; will inform.", of(acknowledge)),
            {"act": acknowledges, "takes": AcknowledgeRequest, **about},
        ),
        (
            ("POST", "/hotline/checks", "check", "Check the line.", of(check)),
            {"act": checks, "takes": CheckRequest, **said},
        ),
        (
            ("POST", f"{one}/check_answer", "answerCheck", "Answer a check.", of(answer_check)),
            {"act": checks, "takes": CheckAnswerRequest, **about},
        ),
        (
            ("POST", "/hotline/minutes", "minute", "Minute a call.", of(minute)),
            {"act": minutes, "takes": MinuteRequest, **said},
        ),
        (
            ("POST", f"{one}/countersignature", "countersign", "The minute says what was said.", of(countersign)),
            {"act": minutes, "takes": CountersignRequest, **about},
        ),
        (
            ("POST", f"{one}/differing_minute", "differ", "One's own minute of the same call.", of(differ)),
            {"act": minutes, "takes": DifferRequest, **about},
        ),
        (
            ("POST", "/hotline/handovers", "handOver", "Take over with all that is open.", of(hand_over)),
            {
                "act": (Access.PERSON, Act.HAND_OVER),
                "takes": HandOverRequest,
                "gives": HandoverAnswer,
                "status": _MADE,
                "refuses": _SAYS,
            },
        ),
        (
            ("GET", "/hotline/statistics", "showStatistics", "Checks and punctuality, by party.", of(show_figures)),
            {"act": _READ, "gives": StatisticsAnswer},
        ),
        (
            ("GET", "/hotline/export/{party}", "export", "What waits, as lines to carry by hand.", of(export_to)),
            {"act": _READ, "gives": ExportAnswer, "parameters": (_PARTY,), "refuses": _GONE},
        ),
        (
            ("POST", "/hotline/import", "import", "Take lines that were carried by hand.", of(import_from)),
            {"act": acknowledges, "takes": ImportRequest, "gives": ImportAnswer},
        ),
    ]
    made = [Route(*head, *more.pop("act"), **more) for head, more in ((head, dict(more)) for head, more in rows)]
    return (*made, listen_route(room))
