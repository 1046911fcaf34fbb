"""What people's requests hold and what they are answered, with the bounds of each field."""

from __future__ import annotations

from typing import Annotated, TypeAlias

from msgspec import Meta, Struct

from skyaccord.node.people.audit import Entry
from skyaccord.node.people.person import Person
from skyaccord.node.people.roles import Role

END = r"$(?!\n)"
"""The end of the text in Python too, where ``$`` alone also stands before a last line break."""

NAME_PATTERN = rf"^[a-z][a-z0-9._-]{{0,30}}[a-z0-9]{END}"
Name: TypeAlias = Annotated[str, Meta(max_length=32, pattern=NAME_PATTERN)]
Duty: TypeAlias = Annotated[
    str, Meta(min_length=1, max_length=80, pattern=rf"^[^\u0000-\u001f\u007f-\u009f\u2028\u2029]+{END}")
]
Password: TypeAlias = Annotated[str, Meta(min_length=1, max_length=128)]
Code: TypeAlias = Annotated[str, Meta(max_length=6, pattern=rf"^[0-9]{{6}}{END}")]
Pem: TypeAlias = Annotated[str, Meta(min_length=1, max_length=8192)]


class SignInRequest(Struct, frozen=True, forbid_unknown_fields=True):
    """A name, a password and, once enrolled, the code of the authenticator."""

    name: Name
    password: Password
    code: Code | None = None


class SessionAnswer(Struct, frozen=True):
    """Whose session it is and when it ends."""

    name: str
    duty: str
    role: Role
    may: list[str]
    is_partial: bool
    until: str


class BegunAnswer(Struct, frozen=True):
    """A session has begun; a partial one serves for enrolment alone."""

    is_partial: bool


class AccountAnswer(Struct, frozen=True):
    """An account, without anything secret."""

    name: str
    duty: str
    role: Role
    is_active: bool
    is_enrolled: bool
    certificate: str | None


class PeopleAnswer(Struct, frozen=True):
    """All accounts, by name."""

    people: list[AccountAnswer]


class OfferAnswer(Struct, frozen=True):
    """A secret for an authenticator; it is shown once."""

    secret: str
    uri: str


class EnrolRequest(Struct, frozen=True, forbid_unknown_fields=True):
    """A password of one's own, and a code of the authenticator that was offered."""

    password: Password
    code: Code


class PasswordRequest(Struct, frozen=True, forbid_unknown_fields=True):
    """The present password with a code, and the next password."""

    present: Password
    code: Code
    password: Password


class AddRequest(Struct, frozen=True, forbid_unknown_fields=True):
    """Who is to have an account."""

    name: Name
    duty: Duty
    role: Role


class ChangeRequest(Struct, frozen=True, forbid_unknown_fields=True):
    """What is to change of an account; what is left out stays."""

    duty: Duty | None = None
    role: Role | None = None
    is_active: bool | None = None


class OneTimeAnswer(Struct, frozen=True):
    """A password that is shown once, to be passed on by word of mouth."""

    name: str
    password: str
    until: str


class CertificateRequest(Struct, frozen=True, forbid_unknown_fields=True):
    """A certificate request (PKCS #10) in PEM."""

    request: Pem


class CertificateAnswer(Struct, frozen=True):
    """The certificate, and that of the authority."""

    certificate: str
    authority: str
    fingerprint: str
    until: str


class AuditAnswer(Struct, frozen=True):
    """Lines of the audit, the latest first."""

    entries: list[Entry]


class CertificateEnd(Struct, frozen=True):
    """One of the node's certificates, and when it ends."""

    name: str
    until: str


class NodeAnswer(Struct, frozen=True):
    """How the node is."""

    party: str
    version: str
    time: str
    store: str
    peers: list[str]
    certificates: list[CertificateEnd]
    refused: dict[str, int]


class HealthAnswer(Struct, frozen=True):
    """That the node answers, and its clock."""

    party: str
    time: str


def account_answer(person: Person) -> AccountAnswer:
    """Return what is shown of an account."""
    return AccountAnswer(
        person.name, person.duty, person.role, person.is_active, person.is_enrolled, person.certificate
    )
