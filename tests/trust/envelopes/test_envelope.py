"""Envelopes and parcels, and the same envelope made by another language's cryptography."""

from __future__ import annotations

import base64
import json
import shutil
import subprocess

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from skyaccord.errors import CanonicalError, MemberError
from skyaccord.model.instants import format_instant
from skyaccord.trust.envelopes.envelope import MOST_LEAF_BYTES, hash_body, read_envelope, read_leaf
from skyaccord.trust.envelopes.parcel import Parcel, unpack
from skyaccord.trust.envelopes.seal import Message, seal
from tests.trust.cast import MEMORANDUM, NOW_S, key

NODE = shutil.which("node")
ORACLE = """
const crypto = require('crypto');
const asked = JSON.parse(require('fs').readFileSync(0));
const sort = v => '{' + Object.keys(v).sort().map(k => JSON.stringify(k) + ':' + JSON.stringify(v[k])).join(',') + '}';
const sha = data => 'sha256:' + crypto.createHash('sha256').update(data).digest('hex');
const seed = Buffer.from(asked.seed, 'hex');
const der = Buffer.concat([Buffer.from('302e020100300506032b657004220420', 'hex'), seed]);  // PKCS #8, RFC 8410
const secret = crypto.createPrivateKey({key: der, format: 'der', type: 'pkcs8'});
const raw = crypto.createPublicKey(secret).export({format: 'der', type: 'spki'}).subarray(-32);
const salt = Buffer.from(asked.salt, 'hex');
const body = Buffer.concat([Buffer.from('skyaccord/body/1\\n'), salt, Buffer.from(asked.body)]);
const header = {...asked.header, body: sha(body), key: sha(raw), protocol: 'skyaccord/envelope/1'};
const signed = Buffer.from('skyaccord/envelope/1\\n' + sort(header));
process.stdout.write(sort({...header, signature: crypto.sign(null, signed, secret).toString('base64')}));
"""

parties = st.from_regex(r"[A-Za-z0-9_-]{1,64}", fullmatch=True)
kinds = st.from_regex(r"[a-z][a-z0-9_]{0,10}\.[a-z]{1,10}", fullmatch=True)
moments = st.integers(0, 4_102_444_799_999)
messages = st.builds(
    Message, st.just(MEMORANDUM), parties, parties, kinds, st.integers(1, 10_000), st.text(max_size=30).map(str.encode)
)


@pytest.mark.skipif(NODE is None, reason="node is not installed")
@settings(max_examples=25)
@given(messages, st.binary(min_size=32, max_size=32), st.integers(1, 2**53), moments)
def test_another_implementation_makes_the_same_octets(
    message: Message, salt: bytes, sequence: int, moment_ms: int
) -> None:
    assert NODE is not None
    header = {
        **{name: getattr(message, name) for name in ("kind", "memorandum", "recipient", "sender", "version")},
        "sequence": sequence,
        "time": format_instant(moment_ms / 1e3),
    }
    asked = {"seed": key("x").seed.hex(), "salt": salt.hex(), "body": message.body.decode(), "header": header}
    answer = subprocess.run([NODE, "-e", ORACLE], input=json.dumps(asked).encode(), capture_output=True, check=True)
    assert seal(message, key("x"), sequence, moment_ms / 1e3, salt).leaf == answer.stdout


@given(messages, st.integers(1, 2**53), moments)
def test_what_is_sealed_is_read_as_it_was(message: Message, sequence: int, moment_ms: int) -> None:
    parcel = seal(message, key("x"), sequence, moment_ms / 1e3)
    envelope = read_envelope(read_leaf(parcel.leaf))
    assert envelope.leaf == parcel.leaf
    header = envelope.header
    assert (header.sender, header.recipient, header.kind, header.version, header.sequence) == (
        *(message.sender, message.recipient, message.kind, message.version),
        sequence,
    )
    assert header.time_s == pytest.approx(moment_ms / 1e3, abs=1e-6)
    assert parcel.salt is not None
    assert header.body == hash_body(parcel.salt, message.body)


def test_the_longest_envelope_is_within_the_bound() -> None:
    kind = ".".join(["a" * 32] * 4)
    message = Message(MEMORANDUM, "b" * 64, "g" * 64, kind, 10_000, b"{}")
    leaf = seal(message, key("x"), 2**53, NOW_S).leaf
    assert read_envelope(read_leaf(leaf)).leaf == leaf
    assert len(leaf) < MOST_LEAF_BYTES


def test_two_envelopes_of_one_body_have_no_hash_in_common() -> None:
    message = Message(MEMORANDUM, "blue", "green", "talk.note", 1, b'{"text":"yes"}')
    one, other = (seal(message, key("x"), 1, NOW_S) for _ in range(2))
    assert read_leaf(one.leaf)["body"] != read_leaf(other.leaf)["body"]


@given(st.binary(min_size=1), st.none() | st.binary(), st.none() | st.binary())
def test_a_parcel_is_unpacked_as_it_was_packed(leaf: bytes, body: bytes | None, salt: bytes | None) -> None:
    parcel = Parcel(leaf, body, salt)
    assert unpack(parcel.packed()) == parcel


@pytest.mark.parametrize(
    "data",
    [
        b"{}",
        b'{"body":null,"leaf":null,"salt":null}',
        b'{"body":null,"leaf":"AA","salt":null}',
        b'{"body":1,"leaf":"AAAA","salt":null}',
        b'{"body":null,"leaf":"AB==","salt":null}',
        b'{"body":null,"leaf":"AAAA","more":1,"salt":null}',
        b'{"body":null,"leaf":"AA\\n==","salt":null}',
    ],
)
def test_a_parcel_of_another_form_is_refused(data: bytes) -> None:
    with pytest.raises((MemberError, CanonicalError)):
        unpack(data)
    assert base64.b64decode("AB==") == base64.b64decode("AA==")  # which is why idle bits are refused
