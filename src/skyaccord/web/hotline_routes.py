"""Routes of the ground line for people. What each role may is in `node.people.roles`; nothing is decided here."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict
from functools import partial
from http import HTTPStatus
from typing import Any, Final, TypeAlias

from msgspec import to_builtins

from skyaccord.hotline.book.checks import next_check_s
from skyaccord.hotline.book.entry import Entry
from skyaccord.hotline.book.shift import list_handovers, list_open
from skyaccord.hotline.book.threads import list_threads
from skyaccord.model.instants import format_instant
from skyaccord.node.hotline.carry import bring, export
from skyaccord.node.hotline.outcome import NotSaid
from skyaccord.node.hotline.room import Room
from skyaccord.node.hotline.writing import Draft, make_challenge
from skyaccord.node.people.roles import Act
from skyaccord.web.hotline_events import listen_route
from skyaccord.web.hotline_messages import (
    PARTY_PATTERN,
    AcknowledgeRequest,
    CheckAnswerRequest,
    CheckRequest,
    CountersignRequest,
    DifferRequest,
    ExportAnswer,
    HandoverAnswer,
    HandOverRequest,
    ImportAnswer,
    ImportRequest,
    InboxAnswer,
    MessagesAnswer,
    MinuteRequest,
    SayRequest,
    StatisticsAnswer,
)
from skyaccord.web.hotline_views import view_figures, view_handover, view_inbox, view_message
from skyaccord.web.people_messages import END
from skyaccord.web.problem import Refused
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


def _language(call: Call) -> str:
    return str(call.values.get("language", "en"))


def _inbox(room: Room, call: Call) -> Reply:
    return Reply(view_inbox(room, call.now_s, _language(call)))


def _list(room: Room, call: Call) -> Reply:
    with room.shelf.reading() as book:
        latest = list(book)[-call.values.get("count", 50) :]
        return Reply(MessagesAnswer([view_message(book, each, call.now_s, _language(call)) for each in latest]))


def _show(room: Room, call: Call) -> Reply:
    entry = _find(room, call)
    with room.shelf.reading() as book:
        thread = next(each for each in list_threads(book) if any(e.envelope == entry.envelope for e in each.entries))
        return Reply(MessagesAnswer([view_message(book, e, call.now_s, _language(call)) for e in thread.entries]))


def _find(room: Room, call: Call) -> Entry:
    entry = room.entry(call.values["message"])
    if entry is None:
        cure = "GET /hotline/inbox and GET /hotline/messages name them; give more digits"
        raise Refused(HTTPStatus.NOT_FOUND, "message", "there is no one message of that name", cure)
    return entry


def _say(room: Room, call: Call) -> Reply:
    body: SayRequest = call.body
    draft = Draft(
        kind=body.kind,
        to=body.to,
        authority=call.own_session().person.duty,
        content=_content(body.content),
        precedence=body.precedence.value,
        language=body.language,
        interpreter=to_builtins(body.interpreter) if body.interpreter else None,
        on_behalf_of=body.on_behalf_of,
    )
    return _said(room, call, draft, body.answers)


def _acknowledge(room: Room, call: Call) -> Reply:
    content = {"readback": call.body.readback, "will_inform": call.body.will_inform}
    return _to(room, call, "acknowledgement", content)


def _check(room: Room, call: Call) -> Reply:
    with room.shelf.reading() as book:
        due_s = next_check_s(book, call.body.to, call.now_s)
    scheduled = format_instant(due_s) if due_s is not None and due_s <= call.now_s else None
    content = {"challenge": make_challenge(), "scheduled": scheduled, "text": call.body.text}
    duty = call.own_session().person.duty
    draft = Draft("check", [call.body.to], duty, content, "immediate", call.body.language)
    return _said(room, call, draft, None)


def _answer_check(room: Room, call: Call) -> Reply:
    entry = _find(room, call)
    body: CheckAnswerRequest = call.body
    came_s = call.now_s if entry.received_s is None else entry.received_s
    content = {
        "challenge": getattr(entry.body, "challenge", "AAAA"),
        "readability": body.readability,
        "received": format_instant(came_s),
        "text": body.text,
    }
    return _to(room, call, "check_answer", content)


def _minute(room: Room, call: Call) -> Reply:
    duty = call.own_session().person.duty
    draft = Draft("minute", [call.body.to], duty, _content(call.body.content), "priority", call.body.language)
    return _said(room, call, draft, call.body.answers)


def _countersign(room: Room, call: Call) -> Reply:
    return _to(room, call, "countersignature", {"text": call.body.text})


def _differ(room: Room, call: Call) -> Reply:
    return _to(room, call, "differing_minute", _content(call.body.content))


def _to(room: Room, call: Call, kind: str, content: Mapping[str, Any]) -> Reply:
    """Say something to the message that the path names, as urgently as that was said."""
    entry = _find(room, call)
    precedence = entry.body.heading.precedence.value
    duty = call.own_session().person.duty
    other = entry.recipient if entry.sender == room.office.me else entry.sender
    draft = Draft(kind, [other], duty, content, precedence, call.body.language)
    return _said(room, call, draft, entry.envelope)


def _hand_over(room: Room, call: Call) -> Reply:
    duty, now = call.own_session().person.duty, format_instant(call.now_s)
    with room.shelf.reading() as book:
        still_open = list_open(book, call.now_s)
    content = {"giving": call.body.giving, "taking": duty, "as_of": now, "open": list(still_open)}
    draft = Draft(
        *("handover", [room.office.me], duty, content | {"text": call.body.text}, "routine", call.body.language)
    )
    entries = _entries(room.say(draft, None, call.actor))
    with room.shelf.reading() as book:
        return Reply(next(view_handover(e) for e in list_handovers(book) if e.envelope == entries[0].envelope))


def _figures(room: Room, call: Call) -> Reply:
    with room.shelf.reading() as book:
        return Reply(view_figures(book, tuple(room.line.watches), call.now_s))


def _export(room: Room, call: Call) -> Reply:
    peer = call.values["party"]
    if not room.line.knows(peer):
        cure = f"Parties: {', '.join(room.line.watches)}"
        raise Refused(HTTPStatus.NOT_FOUND, "party", "this node does not speak with it", cure)
    carried = export(room.line, room.office.me, peer)
    return Reply(ExportAnswer(peer, carried.text, carried.messages, carried.left))


def _import(room: Room, call: Call) -> Reply:
    return Reply(ImportAnswer(**asdict(bring(room.line, room.office.me, call.body.text))))


def _content(content: Mapping[str, Any]) -> Mapping[str, Any]:
    if "heading" in content:
        cure = "Leave it out; the node writes it from the request's other fields"
        raise Refused(HTTPStatus.BAD_REQUEST, "body content.heading", "it is not typed", cure)
    return content


def _said(room: Room, call: Call, draft: Draft, answers: str | None) -> Reply:
    entries = _entries(room.say(draft, answers, call.actor))
    with room.shelf.reading() as book:
        return Reply(MessagesAnswer([view_message(book, e, call.now_s, draft.language) for e in entries]))


def _entries(outcome: Sequence[Entry] | NotSaid) -> Sequence[Entry]:
    if not isinstance(outcome, NotSaid):
        return outcome
    status = HTTPStatus.CONFLICT
    if outcome.is_unknown:
        status = HTTPStatus.NOT_FOUND
    elif outcome.is_passing:
        status = HTTPStatus.SERVICE_UNAVAILABLE
    elif outcome.place.startswith("content"):
        status = HTTPStatus.BAD_REQUEST
    raise Refused(status, outcome.place, outcome.words, outcome.cure)


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
            ("GET", "/hotline/inbox", "showInbox", "What is open, most urgent first; how the lines are.", of(_inbox)),
            {"act": _READ, "gives": InboxAnswer, **reads},
        ),
        (
            ("GET", "/hotline/messages", "listMessages", "The latest messages.", of(_list)),
            {"act": _READ, "gives": MessagesAnswer, "parameters": (LANGUAGE, _COUNT)},
        ),
        (
            ("GET", one, "showThread", "A message and all that was said to it.", of(_show)),
            {"act": _READ, "gives": MessagesAnswer, "parameters": (_MESSAGE, LANGUAGE), "refuses": _GONE},
        ),
        (
            ("POST", "/hotline/messages", "say", "Say something to one or more parties.", of(_say)),
            {"act": (Access.PERSON, Act.SEND_MESSAGE), "takes": SayRequest, **said},
        ),
        (
            ("POST", f"{one}/acknowledgement", "acknowledge", "Received and read; will inform.", of(_acknowledge)),
            {"act": acknowledges, "takes": AcknowledgeRequest, **about},
        ),
        (
            ("POST", "/hotline/checks", "check", "Check the line.", of(_check)),
            {"act": checks, "takes": CheckRequest, **said},
        ),
        (
            ("POST", f"{one}/check_answer", "answerCheck", "Answer a check.", of(_answer_check)),
            {"act": checks, "takes": CheckAnswerRequest, **about},
        ),
        (
            ("POST", "/hotline/minutes", "minute", "Minute a call.", of(_minute)),
            {"act": minutes, "takes": MinuteRequest, **said},
        ),
        (
            ("POST", f"{one}/countersignature", "countersign", "The minute says what was said.", of(_countersign)),
            {"act": minutes, "takes": CountersignRequest, **about},
        ),
        (
            ("POST", f"{one}/differing_minute", "differ", "One's own minute of the same call.", of(_differ)),
            {"act": minutes, "takes": DifferRequest, **about},
        ),
        (
            ("POST", "/hotline/handovers", "handOver", "Take over with all that is open.", of(_hand_over)),
            {
                "act": (Access.PERSON, Act.HAND_OVER),
                "takes": HandOverRequest,
                "gives": HandoverAnswer,
                "status": _MADE,
                "refuses": _SAYS,
            },
        ),
        (
            ("GET", "/hotline/statistics", "showStatistics", "Checks and punctuality, by party.", of(_figures)),
            {"act": _READ, "gives": StatisticsAnswer},
        ),
        (
            ("GET", "/hotline/export/{party}", "export", "What waits, as lines to carry by hand.", of(_export)),
            {"act": _READ, "gives": ExportAnswer, "parameters": (_PARTY,), "refuses": _GONE},
        ),
        (
            ("POST", "/hotline/import", "import", "Take lines that were carried by hand.", of(_import)),
            {"act": acknowledges, "takes": ImportRequest, "gives": ImportAnswer},
        ),
    ]
    made = [Route(*head, *more.pop("act"), **more) for head, more in ((head, dict(more)) for head, more in rows)]
    return (*made, listen_route(room))
