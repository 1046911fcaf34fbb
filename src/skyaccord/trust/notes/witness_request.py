"""What a log asks of a witness, as bytes (C2SP tlog-witness, the body of ``add-checkpoint``)."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

from skyaccord.errors import NoteError
from skyaccord.trust.merkle.hashing import HASH_BYTES
from skyaccord.trust.merkle.verify import GREATEST_SIZE
from skyaccord.trust.notes.base64_text import decode_base64, encode_base64
from skyaccord.trust.notes.signed_note import GREATEST_BYTES

LONGEST_PROOF: Final = 63
"""Hashes of a consistency proof that tlog-witness admits."""

_GREATEST: Final = GREATEST_BYTES + 4096
_OLD: Final = re.compile("old (0|[1-9][0-9]{0,18})")
_CURE: Final = "Expected the line 'old SIZE', hashes in base64, an empty line, a checkpoint (c2sp.org/tlog-witness)"


@dataclass(frozen=True, slots=True)
class WitnessRequest:
    """A checkpoint, the size of the last one that the witness cosigned, and the proof from that to this."""

    old_size: int
    proof: tuple[bytes, ...]
    checkpoint: bytes

    def __bytes__(self) -> bytes:
        lines = "".join(f"{encode_base64(step)}\n" for step in self.proof)
        return f"old {self.old_size}\n{lines}\n".encode() + self.checkpoint


def parse_witness_request(data: bytes) -> WitnessRequest:
    """Read a request; the checkpoint in it is not looked at.

    Raises:
        NoteError: anything that is not exactly a request, or too large.
    """
    if len(data) > _GREATEST:
        raise NoteError("request to a witness", f"{len(data)} bytes, more than {_GREATEST}", _CURE)
    head, blank, checkpoint = data.partition(b"\n\n")
    first, *lines = head.decode("ascii", errors="replace").split("\n")
    old = _OLD.fullmatch(first)
    if not blank or old is None or int(old[1]) > GREATEST_SIZE:
        raise NoteError("request to a witness", "no old size with an empty line after the proof", _CURE)
    proof = tuple(decode_base64(line) or b"" for line in lines)
    if len(proof) > LONGEST_PROOF or any(len(step) != HASH_BYTES for step in proof):
        problem = f"no proof of at most {LONGEST_PROOF} hashes"
        raise NoteError("request to a witness", problem, _CURE)
    return WitnessRequest(int(old[1]), proof, checkpoint)
