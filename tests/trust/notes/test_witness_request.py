"""Requests to a witness: the published example, and whatever is not exactly one."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from skyaccord.errors import NoteError
from skyaccord.trust.notes.checkpoint import parse_checkpoint
from skyaccord.trust.notes.signed_note import parse_note
from skyaccord.trust.notes.witness_request import WitnessRequest, parse_witness_request

# The example of c2sp.org/tlog-witness
FIRST = "Az3grlgtzPICa5OS8npVmf1Myq/5IZniMp+ZJurmRDeOoRDe4URYN7u5/Zhcyv2q1gGzGku9nTo+zyWE+xeMcTOAYQ8="
SECOND = "opLqBQsREYCgu6xQkYQwJr9fo45a62DN9EdmHXnZdXNqlcVGlCum2Wks+49/V6267UEjw6QUXTS5Rovnzv++qbSzm9Q="
PUBLISHED = f"""old 20852014
PlRNCrwHpqhGrupue0L7gxbjbMiKA9temvuZZDDpkaw=
jrJZDmY8Y7SyJE0MWLpLozkIVMSMZcD5kvuKxPC3swk=
5+pKlUdi2LeF/BcMHBn+Ku6yhPGNCswZZD1X/6QgPd8=
/6WVhPs2CwSsb5rYBH5cjHV/wSmA79abXAwhXw3Kj/0=

example.com/behind-the-sofa
20852163
CsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=

— example.com/behind-the-sofa {FIRST}
— example.com/behind-the-sofa {SECOND}
""".encode()


def test_the_published_request_reads_and_is_written_as_it_was() -> None:
    request = parse_witness_request(PUBLISHED)
    assert (request.old_size, len(request.proof)) == (20852014, 4)
    assert parse_checkpoint(parse_note(request.checkpoint).text).size == 20852163
    assert bytes(request) == PUBLISHED


@given(st.integers(0, 2**63 - 1), st.lists(st.binary(min_size=32, max_size=32), max_size=63), st.binary(max_size=99))
def test_a_request_reads_back_as_it_was_written(old: int, proof: list[bytes], checkpoint: bytes) -> None:
    request = WitnessRequest(old, tuple(proof), checkpoint)
    assert parse_witness_request(bytes(request)) == request


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"old 1\n",
        b"old 01\n\n",
        b"old -1\n\n",
        b"old  1\n\n",
        b"new 1\n\n",
        b"old 9223372036854775808\n\n",
        PUBLISHED.replace(b"\n", b"\r\n"),
        PUBLISHED.replace(b"Pd8=", b"Pd9="),  # loose last bits
        PUBLISHED.replace(b"PlRNCrw", b"PlRNCr"),
        PUBLISHED.replace(b"j/0=\n", b"j/0=\n" + b"PlRNCrwHpqhGrupue0L7gxbjbMiKA9temvuZZDDpkaw=\n" * 60),
        b"old 1\n\xff\n\n",
        b"old 1\n\n" + bytes(300_000),
    ],
)
def test_what_is_not_exactly_a_request_is_refused(data: bytes) -> None:
    with pytest.raises(NoteError):
        parse_witness_request(data)
