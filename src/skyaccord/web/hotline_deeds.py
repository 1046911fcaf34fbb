"""What the routes of the ground line do: each takes a request that has passed its checks, and the room."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict
from http import HTTPStatus
from typing import Any

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
from skyaccord.web.hotline_answers import (
    ExportAnswer,
    ImportAnswer,
    MessagesAnswer,
)
from skyaccord.web.hotline_messages import (
    CheckAnswerRequest,
    SayRequest,
)
from skyaccord.web.hotline_views import view_figures, view_handover, view_inbox, view_message
from skyaccord.web.problem import Refused
from skyaccord.web.route import Call, Reply


def _language(call: Call) -> str:
    return str(call.values.get("language", "en"))


def show_inbox(room: Room, call: Call) -> Reply:
    """Answer with what is open and how the lines are."""
    return Reply(view_inbox(room, call.now_s, _language(call)))


def list_messages(room: Room, call: Call) -> Reply:
    """Answer with the latest messages."""
    with room.shelf.reading() as book:
        latest = list(book)[-call.values.get("count", 50) :]
        return Reply(MessagesAnswer([view_message(book, each, call.now_s, _language(call)) for each in latest]))


def show_thread(room: Room, call: Call) -> Reply:
    """Answer with a thread."""
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


def say(room: Room, call: Call) -> Reply:
    """Say something."""
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


def acknowledge(room: Room, call: Call) -> Reply:
    """Acknowledge a message."""
    content = {"readback": call.body.readback, "will_inform": call.body.will_inform}
    return _to(room, call, "acknowledgement", content)


def check(room: Room, call: Call) -> Reply:
    """Check the line; a check that is due counts as that one."""
    with room.shelf.reading() as book:
        due_s = next_check_s(book, call.body.to, call.now_s)
    scheduled = format_instant(due_s) if due_s is not None and due_s <= call.now_s else None
    content = {"challenge": make_challenge(), "scheduled": scheduled, "text": call.body.text}
    duty = call.own_session().person.duty
    draft = Draft("check", [call.body.to], duty, content, "immediate", call.body.language)
    return _said(room, call, draft, None)


def answer_check(room: Room, call: Call) -> Reply:
    """Answer a check with its challenge."""
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


def minute(room: Room, call: Call) -> Reply:
    """Minute a call."""
    duty = call.own_session().person.duty
    draft = Draft("minute", [call.body.to], duty, _content(call.body.content), "priority", call.body.language)
    return _said(room, call, draft, call.body.answers)


def countersign(room: Room, call: Call) -> Reply:
    """Countersign a minute."""
    return _to(room, call, "countersignature", {"text": call.body.text})


def differ(room: Room, call: Call) -> Reply:
    """Give one's own minute of a call."""
    return _to(room, call, "differing_minute", _content(call.body.content))


def _to(room: Room, call: Call, kind: str, content: Mapping[str, Any]) -> Reply:
    """Say something to the message that the path names, as urgently as that was said."""
    entry = _find(room, call)
    precedence = entry.body.heading.precedence.value
    duty = call.own_session().person.duty
    other = entry.recipient if entry.sender == room.office.me else entry.sender
    draft = Draft(kind, [other], duty, content, precedence, call.body.language)
    return _said(room, call, draft, entry.envelope)


def hand_over(room: Room, call: Call) -> Reply:
    """Take over with all that is open."""
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


def show_figures(room: Room, call: Call) -> Reply:
    """Answer with figures."""
    with room.shelf.reading() as book:
        return Reply(view_figures(book, tuple(room.line.watches), call.now_s))


def export_to(room: Room, call: Call) -> Reply:
    """Answer with what waits for a party, as lines."""
    peer = call.values["party"]
    if not room.line.knows(peer):
        cure = f"Parties: {', '.join(room.line.watches)}"
        raise Refused(HTTPStatus.NOT_FOUND, "party", "this node does not speak with it", cure)
    carried = export(room.line, room.office.me, peer)
    return Reply(ExportAnswer(peer, carried.text, carried.messages, carried.left))


def import_from(room: Room, call: Call) -> Reply:
    """Take lines that were carried."""
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
