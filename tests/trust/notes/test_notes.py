"""Signed notes, checkpoints and cosignatures: published ones, golang's own code, and whatever is not exactly one."""

from __future__ import annotations

import base64
import subprocess
import sys
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from skyaccord.errors import NoteError
from skyaccord.trust.notes.checkpoint import Checkpoint, open_checkpoint, parse_checkpoint
from skyaccord.trust.notes.cosign import cosign, cosigned_at_s
from skyaccord.trust.notes.cosignature import cosigned_message, join_cosignature
from skyaccord.trust.notes.note_key import NoteKey, NoteSigner, SignatureKind, parse_note_key
from skyaccord.trust.notes.signed_note import (
    NoteSignature,
    SignedNote,
    parse_note,
    parse_signatures,
    sign_text,
    verify_note,
)
from tests.trust.peers.golang import Golang

# Printed in the documentation and tests of golang.org/x/mod/sumdb/note
NEUMANN_PRIVATE = "PRIVATE+KEY+PeterNeumann+c74f20a3+AYEKFALVFGyNhPJEMzD1QIDr+Y7hfZx09iUvxdXHKDFz"
NEUMANN = "PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW"
ENOCH = "EnochRoot+af0cfe78+ATtqJ7zOtqQtYqOo0CpvDXNlMhV3HeJDpjrASKGLWdop"
TEXT = "If you think cryptography is the answer to your problem,\nthen you don't know what your problem is.\n"
NEUMANN_LINE = (
    "— PeterNeumann x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FFYC2pZSNXgKvqfqdngotpRZb6KE6RyyBwJnAM=\n"
)
ENOCH_LINE = (
    "— EnochRoot rwz+eBzmZa0SO3NbfRGzPCpDckykFXSdeX+MNtCOXm2/5n2tiOHp+vAF1aGrQ5ovTG01oOTGwnWLox33WWd1RvMc+QQ=\n"
)
BOTH = f"{TEXT}\n{NEUMANN_LINE}{ENOCH_LINE}".encode()

# The example of c2sp.org/tlog-checkpoint; its keys are not published
LOG_SIGNATURE = "Az3grlgtzPICa5OS8npVmf1Myq/5IZniMp+ZJurmRDeOoRDe4URYN7u5/Zhcyv2q1gGzGku9nTo+zyWE+xeMcTOAYQ8="
COSIGNATURE = "jWbPPwAAAABkGFDLEZMHwSRaJNiIDoe9DYn/zXcrtPHeolMI5OWXEhZCB9dlrDJsX3b2oyin1nPZqhf5nNo0xUe+mbIUBkBIfZ+qnA=="
PUBLISHED = f"""example.com/behind-the-sofa
20852163
CsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=

— example.com/behind-the-sofa {LOG_SIGNATURE}
— witness.example.com/w1 {COSIGNATURE}
"""

NOW = datetime(2026, 12, 1, tzinfo=UTC)


def secret_seed(text: str) -> tuple[str, bytes]:
    """Return name and seed of golang's text of a private key."""
    _, _, name, _, material = text.split("+", 4)
    return name, base64.b64decode(material)[1:]


def signer(name: str, number: int, kind: SignatureKind = SignatureKind.NOTE) -> NoteSigner:
    return NoteSigner.from_seed(name, bytes([number]) * 32, kind)


def secret_text(name: str, number: int) -> str:
    """Return a private key as golang writes it."""
    key_id = signer(name, number).key.key_id.hex()
    return f"PRIVATE+KEY+{name}+{key_id}+{base64.b64encode(bytes([1]) + bytes([number]) * 32).decode()}"


def test_golang_s_published_note_is_signed_by_both_its_keys() -> None:
    note = parse_note(BOTH)
    keys = [parse_note_key(NEUMANN), parse_note_key(ENOCH)]
    assert note.text == TEXT
    assert verify_note(note, keys) == tuple(keys)
    assert bytes(note) == BOTH
    assert [str(key) for key in keys] == [NEUMANN, ENOCH]


def test_golang_s_published_secret_signs_the_published_line() -> None:
    name, seed = secret_seed(NEUMANN_PRIVATE)
    neumann = NoteSigner.from_seed(name, seed)
    assert str(neumann.key) == NEUMANN
    assert str(sign_text(TEXT, neumann)) == NEUMANN_LINE


def test_the_published_checkpoint_reads_and_its_cosignature_says_when() -> None:
    note = parse_note(PUBLISHED.encode())
    found = parse_checkpoint(note.text)
    assert (found.origin, found.size, found.text) == ("example.com/behind-the-sofa", 20852163, note.text)
    witness = SignedNote(note.text, note.signatures[1:])
    line = witness.signatures[0]
    key = NoteKey(line.name, bytes(32), SignatureKind.COSIGNATURE)
    stated = int.from_bytes(line.signature[:8], "big")
    assert stated == 1679315147  # the time in the document's text
    assert cosigned_at_s(note, key) is None  # another key of the same name


def test_golang_opens_what_is_signed_here_and_the_reverse(golang: Golang) -> None:
    cases = [("blue", 1, "a\n"), ("skyaccord/green/0123456789abcdef", 2, "α\n\nb\n"), ("x", 3, "\n")]
    notes = [bytes(SignedNote(text, (sign_text(text, signer(name, n)),))) for name, n, text in cases]
    keys = [str(signer(name, n).key) for name, n, _ in cases]
    wrong = bytes(SignedNote("b\n", (sign_text("a\n", signer("blue", 1)),)))
    answer = golang.ask(
        Open=[
            *({"Note": note, "Keys": [key]} for note, key in zip(notes, keys, strict=True)),
            {"Note": BOTH, "Keys": [NEUMANN, ENOCH]},
            {"Note": wrong, "Keys": keys},
            {"Note": notes[0], "Keys": keys[1:]},
        ],
        Sign=[{"Key": secret_text(name, n), "Text": text} for name, n, text in cases],
    )
    assert answer["Open"] == [1, 1, 1, 2, 0, 0]
    assert [base64.b64decode(note) for note in answer["Sign"]] == notes
    for refused, known in ((wrong, keys), (notes[0], keys[1:])):
        with pytest.raises(NoteError):
            verify_note(parse_note(refused), map(parse_note_key, known))


VARIED = st.one_of(
    st.tuples(st.just("cut"), st.integers(0, len(BOTH) - 1), st.just(b"")),
    st.tuples(
        st.just("insert"), st.integers(0, len(BOTH)), st.sampled_from([b"\n", b" ", b"\t", b"+", b"\xff", b"=", b"A"])
    ),
    st.tuples(st.just("replace"), st.integers(0, len(BOTH) - 1), st.sampled_from([b"\n", b" ", b"\x00", b"A", b"/"])),
)


def varied(change: tuple[str, int, bytes]) -> bytes:
    kind, place, piece = change
    return BOTH[:place] + piece + BOTH[place + (kind != "insert") :]


def signatures_found(data: bytes, keys: list[str]) -> int:
    try:
        return len(verify_note(parse_note(data), map(parse_note_key, keys)))
    except NoteError:
        return 0


def test_what_is_opened_here_golang_opens_alike(golang: Golang) -> None:
    """Whatever one byte does to a note: we are never the more lenient of the two."""
    changed: list[bytes] = []

    @given(VARIED)
    def collect(change: tuple[str, int, bytes]) -> None:
        changed.append(varied(change))

    collect()
    changed += [BOTH[:place] + BOTH[place + 1 :] for place in range(len(BOTH))]
    theirs = golang.ask(Open=[{"Note": data, "Keys": [NEUMANN, ENOCH]} for data in changed])["Open"]
    for data, their in zip(changed, theirs, strict=True):
        assert signatures_found(data, [NEUMANN, ENOCH]) in (their, 0), data
    assert sum(map(bool, theirs)) > 0


@pytest.mark.parametrize(
    ("data", "problem"),
    [
        (b"", "empty line"),
        (TEXT.encode(), "empty line"),
        (BOTH[:-1], "empty line"),
        (BOTH + b"\n", "empty line"),
        (BOTH.replace(b".\n", b".\r\n"), "empty line"),
        (BOTH.replace(b",\n", b",\r\n"), "control character"),
        (b"\xef\xbb\xbf\xff" + BOTH, "not UTF-8"),
        (BOTH.replace("— Peter".encode(), b"- Peter"), "no signature line"),
        (BOTH.replace(b"PeterNeumann ", b"Peter Neumann "), "no signature line"),
        (BOTH.replace(b"PeterNeumann ", b"Peter+Neumann "), "no signature line"),
        (BOTH.replace(b"PeterNeumann ", "Peter\u00a0Neumann ".encode()), "no signature line"),
        (BOTH.replace(b"AM=\n", b"AN=\n"), "no signature line"),  # loose last bits
        (BOTH.replace(b"AM=\n", b"AM\n"), "no signature line"),
        (TEXT.encode() + b"\n" + "— a AAAA\n".encode(), "no signature line"),  # shorter than a key id
        (TEXT.encode() + b"\n" + ENOCH_LINE.encode() * 101, "101 signatures"),
        (b"a" * (1 << 18) + BOTH, "more than"),
        (BOTH.replace(b"If you", b"If\tyou"), "control character"),
    ],
)
def test_what_is_not_exactly_a_note_is_refused(data: bytes, problem: str) -> None:
    with pytest.raises(NoteError, match=problem):
        parse_note(data)


def test_a_note_may_have_sixteen_signatures_of_strangers() -> None:
    lines = [sign_text(TEXT, signer(f"stranger{n}", n)) for n in range(15)]
    note = parse_note(bytes(parse_note(BOTH).with_signatures(lines)))
    assert len(note.signatures) == 17
    assert verify_note(note, [parse_note_key(ENOCH)]) == (parse_note_key(ENOCH),)


def test_one_wrong_signature_of_a_known_key_refuses_the_note() -> None:
    other = sign_text("other text\n", signer("blue", 1))
    note = parse_note(BOTH).with_signatures([other])
    with pytest.raises(NoteError, match="signature of blue"):
        verify_note(note, [parse_note_key(NEUMANN), signer("blue", 1).key])
    assert verify_note(note, [parse_note_key(NEUMANN), signer("blue", 2).key]) == (parse_note_key(NEUMANN),)


@pytest.mark.parametrize(
    "text",
    [
        NEUMANN.replace("c74f20a3", "c74f20a4"),
        NEUMANN.replace("c74f20a3", "C74F20A3"),
        NEUMANN.replace("ARpc", "AhpC"),
        NEUMANN.replace("PeterNeumann", ""),
        NEUMANN.replace("PeterNeumann", "Peter Neumann"),
        NEUMANN[:-4],
        NEUMANN + "\n",
        "PeterNeumann",
        "",
    ],
)
def test_a_key_s_text_that_was_changed_is_refused(text: str) -> None:
    with pytest.raises(NoteError):
        parse_note_key(text)


CHECKPOINT = Checkpoint("skyaccord/blue/0123456789abcdef", 20852163, bytes(range(32)))


@pytest.mark.parametrize(
    "text",
    [
        "",
        "\n",
        CHECKPOINT.text[:-1],
        CHECKPOINT.text + "\n",
        CHECKPOINT.text + "more",
        CHECKPOINT.text.replace("skyaccord/blue/0123456789abcdef", ""),
        CHECKPOINT.text.replace("20852163", "020852163"),
        CHECKPOINT.text.replace("20852163", "+20852163"),
        CHECKPOINT.text.replace("20852163", "-1"),
        CHECKPOINT.text.replace("20852163", "2_0"),
        CHECKPOINT.text.replace("20852163", "٢"),
        CHECKPOINT.text.replace("20852163", " 1"),
        CHECKPOINT.text.replace("20852163", "9223372036854775808"),
        CHECKPOINT.text.replace("20852163", "10000000000000000000"),
        CHECKPOINT.text.replace("AAEC", "AAE"),
        CHECKPOINT.text.replace("AAEC", "AAEC "),
        "origin\n1\nAAAA\n",
        "origin\n1\n\n",
    ],
)
def test_what_is_not_exactly_a_checkpoint_is_refused(text: str) -> None:
    with pytest.raises(NoteError):
        parse_checkpoint(text)


@given(
    st.text(
        st.characters(min_codepoint=33, max_codepoint=0x2FF, exclude_categories=["C", "Z"]), min_size=1, max_size=60
    ),
    st.integers(0, 2**63 - 1),
    st.binary(min_size=32, max_size=32),
)
def test_a_checkpoint_reads_back_as_it_was_written(origin: str, size: int, root: bytes) -> None:
    written = Checkpoint(origin, size, root)
    assert parse_checkpoint(written.text) == written


def test_a_checkpoint_with_further_lines_reads_and_keeps_them() -> None:
    text = CHECKPOINT.text + "more\n"
    assert parse_checkpoint(text).extensions == ("more",)
    assert parse_checkpoint(text).text == text


def test_a_cosignature_is_over_time_and_text_and_no_signature_of_a_log() -> None:
    log, witness = signer("blue", 1), signer("witness", 2, SignatureKind.COSIGNATURE)
    note = SignedNote(CHECKPOINT.text, (sign_text(CHECKPOINT.text, log), cosign(CHECKPOINT.text, witness, NOW)))
    assert open_checkpoint(bytes(note), [log.key, witness.key]) == (CHECKPOINT, note)
    assert verify_note(note, [witness.key]) == (witness.key,)
    assert cosigned_at_s(note, witness.key) == int(NOW.timestamp())
    line = note.signatures[1]
    later = line.signature[:7] + bytes([line.signature[7] + 1]) + line.signature[8:]
    for signature in (later, line.signature[8:], line.signature + b"\x00", b"\xff" * 8 + line.signature[8:]):
        changed = SignedNote(note.text, (type(line)(line.name, line.key_id, signature),))
        with pytest.raises(NoteError, match="not made by that key"):
            verify_note(changed, [witness.key])
    with pytest.raises(NoteError, match="no known key"):  # the same key as one of a log has another id
        verify_note(SignedNote(note.text, (line,)), [signer("witness", 2).key])


def test_a_cosignature_of_a_time_beyond_2_63_is_none() -> None:
    witness = signer("witness", 2, SignatureKind.COSIGNATURE)
    for time_s, is_taken in ((2**63 - 1, True), (2**63, False)):
        signature = join_cosignature(time_s, witness.sign(cosigned_message(CHECKPOINT.text, time_s)))
        line = NoteSignature(witness.key.name, witness.key.key_id, signature)
        note = SignedNote(CHECKPOINT.text, (line,))
        if is_taken:
            assert verify_note(note, [witness.key]) == (witness.key,)
        else:
            with pytest.raises(NoteError, match="not made by that key"):
                verify_note(note, [witness.key])


def test_signature_lines_alone_are_read_as_a_witness_answers_with_them() -> None:
    lines = parse_signatures((NEUMANN_LINE + ENOCH_LINE).encode())
    assert [line.name for line in lines] == ["PeterNeumann", "EnochRoot"]


def test_a_key_for_logs_does_not_cosign_and_a_time_has_a_zone() -> None:
    with pytest.raises(ValueError, match="no key for cosignatures"):
        cosign(CHECKPOINT.text, signer("blue", 1), NOW)
    with pytest.raises(ValueError, match="no time zone"):
        cosign(CHECKPOINT.text, signer("w", 1, SignatureKind.COSIGNATURE), NOW.replace(tzinfo=None))


def test_cryptography_is_loaded_by_the_first_signature_and_not_before() -> None:
    rooms = "skyaccord.trust.notes.checkpoint, skyaccord.trust.notes.cosign"
    program = f"import sys, {rooms}; print('cryptography' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "False"
