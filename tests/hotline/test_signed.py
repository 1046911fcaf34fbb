"""Messages of the ground line in signed envelopes: accepted, booked, and carried by hand when the line is down."""

from __future__ import annotations

from typing import Final

import pytest

from skyaccord.errors import MemberError
from skyaccord.hotline.book.book import Book
from skyaccord.hotline.book.clock import State
from skyaccord.hotline.book.entry import make_entry
from skyaccord.hotline.book.plan import Plan
from skyaccord.hotline.fallback.armour import write_armour
from skyaccord.hotline.fallback.bundle import read_bundle, write_bundle
from skyaccord.hotline.fallback.outcome import Whole
from skyaccord.hotline.fallback.read_armour import read_armour
from skyaccord.hotline.kinds import KINDS, encode, find_kind
from skyaccord.hotline.trust_kinds import HOTLINE_KINDS
from skyaccord.model.canonical_json import canonical
from skyaccord.model.instants import parse_instant
from skyaccord.trust.acceptance.outcome import Refused
from skyaccord.trust.acceptance.read import Opened, open_body
from skyaccord.trust.envelopes.envelope import read_envelope, read_leaf
from skyaccord.trust.envelopes.parcel import Parcel
from skyaccord.trust.envelopes.seal import Message, seal
from skyaccord.trust.keys.role import Role
from skyaccord.trust.keys.signing_key import SigningKey
from skyaccord.trust.kinds import KINDS as TRUST_KINDS
from skyaccord.trust.reasons import Reason
from tests.hotline.golden import GOLDEN, body

MEMORANDUM: Final = "sha256:" + "ab" * 32
KEY: Final = SigningKey(bytes(32))
NOON: Final = parse_instant("2026-11-25T12:00:00Z")


def sealed(name: str, sender: str = "blue", recipient: str = "green", content: bytes | None = None) -> Parcel:
    message = body(name, heading__addressees=[recipient])
    octets = canonical(encode(message)) if content is None else content
    salt = bytes(range(32))
    return seal(Message(MEMORANDUM, sender, recipient, f"hotline.{name}", 1, octets), KEY, 1, NOON, salt)


def opened(parcel: Parcel) -> Opened | Refused:
    header = read_envelope(read_leaf(parcel.leaf)).header
    return open_body(parcel, header, HOTLINE_KINDS.table[header.kind])


def test_the_table_joins_that_of_trust_and_a_duty_signs_each_kind() -> None:
    table = TRUST_KINDS.joined(HOTLINE_KINDS).table
    assert {kind.name for kind in KINDS} < set(table)
    assert all(HOTLINE_KINDS.table[kind.name].roles == {Role.DUTY} for kind in KINDS)


@pytest.mark.parametrize("name", [kind.name.removeprefix("hotline.") for kind in KINDS])
def test_acceptance_decodes_each_kind(name: str) -> None:
    found = opened(sealed(name))
    assert isinstance(found, Opened)
    assert find_kind(found.content).name == f"hotline.{name}"  # type: ignore[arg-type]


def test_acceptance_refuses_a_body_with_another_member() -> None:
    octets = GOLDEN["hotline.notice"].replace(b'"text":', b'"target":"x","text":')
    found = opened(sealed("notice", content=octets))
    assert isinstance(found, Refused)
    assert found.reason is Reason.BODY_CONTENT
    assert "target" in found.words


def test_an_accepted_envelope_is_booked_and_an_answer_names_it() -> None:
    parcel = sealed("query")
    envelope = read_envelope(read_leaf(parcel.leaf))
    query = make_entry(envelope, body("query", heading__addressees=["green"]), NOON + 1)
    reference = {"envelope": query.envelope, "originator": "blue", "date_time_group": "251420Z NOV 26"}
    reply = body("reply", heading__answers=reference)
    answer = seal(Message(MEMORANDUM, "green", "blue", "hotline.reply", 1, canonical(encode(reply))), KEY, 1, NOON + 30)
    book = Book(Plan("green", ("blue", "green")), [query])
    book.add(make_entry(read_envelope(read_leaf(answer.leaf)), reply, None))
    clock = book.clock(query.envelope)
    assert clock.state is State.ANSWERED
    assert clock.took_s == 29.0


def test_parcels_carried_by_hand_are_the_same_parcels() -> None:
    parcels = (sealed("notice"), sealed("query"), Parcel(sealed("check").leaf, None, None))
    assert read_bundle(write_bundle(parcels)) == parcels
    outcome = read_armour(write_armour(write_bundle(parcels)))
    assert isinstance(outcome, Whole)
    assert read_bundle(outcome.data) == parcels


@pytest.mark.parametrize("data", [b"", b"{}", b"{}\n{}", b"{}\nAA\n{}", b"{}\n\xff\n{}"])
def test_a_bundle_that_is_none_is_refused(data: bytes) -> None:
    with pytest.raises(MemberError):
        read_bundle(data)


def test_a_check_is_short_enough_to_be_read_aloud() -> None:
    """A line of 32 characters takes half a minute to read; a signed check is fewer than 40 lines."""
    assert write_armour(write_bundle([sealed("check")])).count("\n") < 40
