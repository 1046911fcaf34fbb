"""Routes for the administration of people."""

from __future__ import annotations

from collections.abc import Sequence
from http import HTTPStatus
from typing import Final, TypeVar

from skyaccord.errors import AuthorityError
from skyaccord.model.instants import format_instant
from skyaccord.node.authority.certificate_request import key_of_request
from skyaccord.node.authority.certificates import Bearer, fingerprint, issue_client, pem
from skyaccord.node.people.administration import (
    OneTimePassword,
    Unchanged,
    add_person,
    change_person,
    end_sessions_of,
    give_certificate,
    reset_person,
)
from skyaccord.node.people.person import all_people, find_person
from skyaccord.node.people.roles import Act
from skyaccord.web.people_messages import (
    NAME_PATTERN,
    AccountAnswer,
    AddRequest,
    CertificateAnswer,
    CertificateRequest,
    ChangeRequest,
    OneTimeAnswer,
    PeopleAnswer,
    account_answer,
)
from skyaccord.web.problem import Refused
from skyaccord.web.route import Access, Call, Parameter, Reply, Route

_T = TypeVar("_T")

_WORDS: Final = {
    Unchanged.UNKNOWN: (HTTPStatus.NOT_FOUND, "there is no such person", "GET /people names all"),
    Unchanged.TAKEN: (HTTPStatus.CONFLICT, "somebody has that name", "Take another; names are not used again"),
    Unchanged.LAST_ADMINISTRATOR: (
        *(HTTPStatus.CONFLICT, "nobody else could give out accounts then"),
        "Make somebody else administrator first",
    ),
}


def _done(outcome: _T | Unchanged) -> _T:
    if isinstance(outcome, Unchanged):
        status, words, cure = _WORDS[outcome]
        raise Refused(status, "name", words, cure)
    return outcome


def _list(call: Call) -> Reply:
    return Reply(PeopleAnswer([account_answer(each) for each in all_people(call.node.store)]))


def _show(call: Call) -> Reply:
    found = find_person(call.node.store, call.values["name"])
    return Reply(account_answer(_done(found or Unchanged.UNKNOWN)))


def _add(call: Call) -> Reply:
    body = call.body
    return _one_time(body.name, add_person(call.node.staff, call.actor, body.name, body.duty, body.role))


def _reset(call: Call) -> Reply:
    name = call.values["name"]
    return _one_time(name, reset_person(call.node.staff, call.actor, name))


def _one_time(name: str, outcome: OneTimePassword | Unchanged) -> Reply:
    given = _done(outcome)
    return Reply(OneTimeAnswer(name, given.password, format_instant(given.until_s)))


def _change(call: Call) -> Reply:
    body = call.body
    changed = change_person(call.node.staff, call.actor, call.values["name"], body.duty, body.role, body.is_active)
    return Reply(account_answer(_done(changed)))


def _end_sessions(call: Call) -> Reply:
    _done(end_sessions_of(call.node.staff, call.actor, call.values["name"]))
    return Reply()


def _certify(call: Call) -> Reply:
    name = call.values["name"]
    _done(find_person(call.node.store, name) or Unchanged.UNKNOWN)
    try:
        key = key_of_request(call.body.request)
    except AuthorityError as error:
        raise Refused(HTTPStatus.CONFLICT, "body request", error.problem, error.cure) from None
    authority = call.node.files.authority
    made = issue_client(authority, key, Bearer(authority.party, name), call.now_s)
    digits = fingerprint(made)
    _done(give_certificate(call.node.staff, call.actor, name, digits))
    until = format_instant(made.not_valid_after_utc.timestamp())
    return Reply(CertificateAnswer(pem(made), pem(authority.certificate), digits, until))


_NAME: Final = Parameter(
    "name", "path", {"type": "string", "maxLength": 32, "pattern": NAME_PATTERN}, "A person's name."
)
_READ: Final = (Access.PERSON, Act.READ_PEOPLE)
_CHANGE: Final = (Access.PERSON, Act.CHANGE_PEOPLE)
_GONE: Final = (HTTPStatus.NOT_FOUND,)
_CLASH: Final = (HTTPStatus.NOT_FOUND, HTTPStatus.CONFLICT)

PEOPLE_ROUTES: Final[Sequence[Route]] = (
    Route("GET", "/people", "listPeople", "All accounts.", _list, *_READ, gives=PeopleAnswer),
    Route(
        *("POST", "/people", "addPerson", "Open an account.", _add, *_CHANGE),
        takes=AddRequest,
        gives=OneTimeAnswer,
        status=HTTPStatus.CREATED,
        refuses=(HTTPStatus.CONFLICT,),
        is_costly=True,
    ),
    Route(
        *("GET", "/people/{name}", "showPerson", "One account.", _show, *_READ),
        gives=AccountAnswer,
        parameters=(_NAME,),
        refuses=_GONE,
    ),
    Route(
        *("PATCH", "/people/{name}", "changePerson", "Change duty or role, or close an account.", _change, *_CHANGE),
        takes=ChangeRequest,
        gives=AccountAnswer,
        parameters=(_NAME,),
        refuses=_CLASH,
    ),
    Route(
        *("POST", "/people/{name}/reset", "resetPerson", "Give a new one-time password.", _reset, *_CHANGE),
        gives=OneTimeAnswer,
        parameters=(_NAME,),
        refuses=_GONE,
        is_costly=True,
    ),
    Route(
        *("DELETE", "/people/{name}/sessions", "endSessions", "End all sessions of a person.", _end_sessions, *_CHANGE),
        status=HTTPStatus.NO_CONTENT,
        parameters=(_NAME,),
        refuses=_GONE,
    ),
    Route(
        *("POST", "/people/{name}/certificate", "certify", "Issue a certificate to sign in with.", _certify, *_CHANGE),
        takes=CertificateRequest,
        gives=CertificateAnswer,
        status=HTTPStatus.CREATED,
        parameters=(_NAME,),
        refuses=_CLASH,
    ),
)
