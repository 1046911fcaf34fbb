"""Routes for signing in and out, and for one's own account."""

from __future__ import annotations

import math
from collections.abc import Sequence
from http import HTTPStatus
from typing import Final

from skyaccord.model.instants import format_instant
from skyaccord.node.people.own_account import (
    Changed,
    Fault,
    NotChanged,
    change_password,
    enrol,
    offer_authenticator,
)
from skyaccord.node.people.roles import MAY, Act
from skyaccord.node.people.sessions import end_session
from skyaccord.node.people.sign_in import (
    Credentials,
    HeldUp,
    NotSignedIn,
    SignIn,
    sign_in,
    sign_in_with_certificate,
)
from skyaccord.web.people_messages import (
    AccountAnswer,
    BegunAnswer,
    EnrolRequest,
    OfferAnswer,
    PasswordRequest,
    SessionAnswer,
    SignInRequest,
    account_answer,
)
from skyaccord.web.problem import Refused
from skyaccord.web.route import Access, Call, Reply, Route


def _sign_in(call: Call) -> Reply:
    given = Credentials(call.body.name, call.body.password, call.body.code or "")
    return _begun(sign_in(call.node.staff, given, call.address, call.now_s, call.token))


def _sign_in_with_certificate(call: Call) -> Reply:
    fingerprint = call.shown.fingerprint if call.shown else None
    return _begun(sign_in_with_certificate(call.node.staff, fingerprint, call.address, call.now_s, call.token))


def _begun(outcome: SignIn) -> Reply:
    if isinstance(outcome, HeldUp):
        raise _held_up(outcome)
    if isinstance(outcome, NotSignedIn):
        cure = "Check them; an administrator can give a new one-time password"
        raise Refused(HTTPStatus.UNAUTHORIZED, "sign-in", "something of what was shown is not right", cure)
    return Reply(BegunAnswer(outcome.is_partial), cookie=outcome.token)


def _held_up(outcome: HeldUp) -> Refused:
    wait_s = max(math.ceil(outcome.wait_s), 1)
    cure = f"Wait {wait_s} s, or sign in with a certificate"
    again = (("retry-after", str(wait_s)),)
    return Refused(HTTPStatus.TOO_MANY_REQUESTS, "sign-in", "there were too many wrong attempts", cure, again)


def _show_session(call: Call) -> Reply:
    session = call.own_session()
    person = session.person
    acts = sorted(act.value for act in MAY[person.role])
    until = format_instant(session.until_s)
    return Reply(SessionAnswer(person.name, person.duty, person.role, acts, session.is_partial, until))


def _sign_out(call: Call) -> Reply:
    end_session(call.node.store, call.token or "", call.actor)
    return Reply(cookie="")


def _show_account(call: Call) -> Reply:
    return Reply(account_answer(call.own_session().person))


def _offer(call: Call) -> Reply:
    person = call.own_session().person
    if person.is_enrolled:
        cure = "An administrator can reset the account"
        raise Refused(HTTPStatus.CONFLICT, "account", "it has an authenticator already", cure)
    offer = offer_authenticator(call.node.staff, person)
    return Reply(OfferAnswer(offer.secret, offer.uri))


def _enrol(call: Call) -> Reply:
    return _changed(enrol(call.node.staff, call.actor, call.body.password, call.body.code))


def _change_password(call: Call) -> Reply:
    body = call.body
    return _changed(change_password(call.node.staff, call.actor, body.present, body.code, body.password))


def _changed(outcome: Changed) -> Reply:
    if isinstance(outcome, HeldUp):
        raise _held_up(outcome)
    if isinstance(outcome, NotChanged):
        is_confirmation = outcome.fault is Fault.CONFIRMATION
        status = HTTPStatus.FORBIDDEN if is_confirmation else HTTPStatus.CONFLICT
        raise Refused(status, outcome.fault.value, outcome.words, "Nothing was changed; try again")
    return Reply(BegunAnswer(outcome.is_partial), cookie=outcome.token)


_ENROLLING: Final = (Access.ENROLLING, Act.OWN_ACCOUNT)
_OWN: Final = (Access.PERSON, Act.OWN_ACCOUNT)
_MANY: Final = HTTPStatus.TOO_MANY_REQUESTS

SESSION_ROUTES: Final[Sequence[Route]] = (
    Route(
        *("POST", "/session", "signIn", "Sign in with password and code.", _sign_in, Access.OPEN),
        takes=SignInRequest,
        gives=BegunAnswer,
        refuses=(HTTPStatus.UNAUTHORIZED, _MANY),
        is_costly=True,
    ),
    Route(
        *("POST", "/session/certificate", "signInWithCertificate", "Sign in with the connection's certificate."),
        *(_sign_in_with_certificate, Access.OPEN),
        gives=BegunAnswer,
        refuses=(HTTPStatus.UNAUTHORIZED,),
    ),
    Route("GET", "/session", "showSession", "Who is signed in.", _show_session, *_ENROLLING, gives=SessionAnswer),
    Route(
        *("DELETE", "/session", "signOut", "Sign out.", _sign_out, *_ENROLLING),
        status=HTTPStatus.NO_CONTENT,
    ),
    Route("GET", "/account", "showAccount", "One's own account.", _show_account, *_ENROLLING, gives=AccountAnswer),
    Route(
        *(
            "POST",
            "/account/enrolment",
            "offerAuthenticator",
            "Get a secret for an authenticator.",
            _offer,
            *_ENROLLING,
        ),
        gives=OfferAnswer,
        refuses=(HTTPStatus.CONFLICT,),
    ),
    Route(
        *(
            "PUT",
            "/account/enrolment",
            "enrol",
            "Choose a password and confirm the authenticator.",
            _enrol,
            *_ENROLLING,
        ),
        takes=EnrolRequest,
        gives=BegunAnswer,
        refuses=(HTTPStatus.CONFLICT,),
        is_costly=True,
    ),
    Route(
        *("PUT", "/account/password", "changePassword", "Change one's password.", _change_password, *_OWN),
        takes=PasswordRequest,
        gives=BegunAnswer,
        refuses=(HTTPStatus.CONFLICT, _MANY),
        is_costly=True,
    ),
)
