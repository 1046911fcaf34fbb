"""A party's day at random: batches, checkpoints, erasures, what a witness keeps, and the promises that follow."""

from __future__ import annotations

import random
from collections.abc import Callable, Sequence
from datetime import timedelta

from skyaccord.trust.journals.entry import Body, Entry
from skyaccord.trust.journals.refusals import Evidence, Refusal
from skyaccord.trust.log import Log
from skyaccord.trust.notes.cosign import cosign
from skyaccord.trust.notes.note_key import NoteSigner, SignatureKind
from tests.trust.journals.opened import NOW, SIGNER
from tests.trust.power.facts import Appended, Begun, ErasedBodies, Given, Seen, Signed
from tests.trust.power.stores import Opened
from tests.trust.power.trace import Act, Step

WITNESS = NoteSigner.from_seed("witness", bytes([7]) * 32, SignatureKind.COSIGNATURE)


class Day:
    """Acts upon an opened journal and notes down each promise among the steps of its disk."""

    def __init__(self, opened: Opened, rng: random.Random) -> None:
        self._opened = opened
        self._rng = rng
        signer = NoteSigner(SIGNER.key, self._sign)
        self.log = Log(opened.journal, signer)

    def run(self, acts: int) -> None:
        """Do so many acts; appending and signing are the most frequent."""
        choices: Sequence[tuple[int, Callable[[], None]]] = (
            (8, self._append),
            (8, self._checkpoint),
            (2, self._erase),
            (1, self._cosign),
            (2, self._see),
            (1, self._keep_evidence),
            (1, self._refuse),
        )
        weights, functions = zip(*choices, strict=True)
        for _ in range(acts):
            self._rng.choices(functions, weights)[0]()

    def _promise(self, promise: object) -> None:
        self._opened.steps.append(Step(Act.PROMISE, promise=promise))

    def _sign(self, message: bytes) -> bytes:
        self._promise(Signed(message.decode()))
        return SIGNER.sign(message)

    def _append(self) -> None:
        count = self._rng.choice([1, 1, 2, 5, 40])
        batch = [self._entry() for _ in range(count)]
        self._promise(Begun(entries=batch))
        self.log.append(batch)
        self._promise(Appended())

    def _entry(self) -> Entry:
        leaf = b"%x." % self._rng.getrandbits(64) + b"l" * self._rng.choice([0, 300, 600, 5000])
        if self._rng.random() < 0.4:
            return Entry(leaf)
        return Entry(leaf, Body(self._rng.randbytes(32), self._rng.randbytes(self._rng.choice([40, 300, 2000]))))

    def _checkpoint(self) -> None:
        self._promise(Given(bytes(self.log.checkpoint())))

    def _erase(self) -> None:
        indexes = self._rng.sample(range(self.log.size), min(self.log.size, self._rng.randint(1, 6)))
        self._promise(Begun(erased=indexes))
        self.log.journal.erase(indexes, NOW)
        self._promise(ErasedBodies())

    def _cosign(self) -> None:
        last = self.log.journal.last_checkpoint()
        if last is not None:
            text = last.note.decode().rpartition("\n\n")[0] + "\n"
            at = NOW + timedelta(seconds=self._rng.randint(0, 5))
            self._promise(Given(bytes(self.log.add_cosignatures(last.size, [cosign(text, WITNESS, at)]))))

    def _see(self) -> None:
        origin = self._rng.choice(["green", "white"])
        before = self.log.journal.last_seen(origin)
        note = b"%08d" % (int(before or b"0") + 1)
        assert self.log.journal.see(origin, before, note)
        self._promise(Seen(origin, note))

    def _keep_evidence(self) -> None:
        evidence = Evidence(NOW, "fork", f"{self._rng.getrandbits(64):x}", (b"one", b"other"))
        self.log.journal.keep_evidence(evidence)
        self._promise(Seen(evidence=evidence))

    def _refuse(self) -> None:
        self.log.journal.refuse(Refusal(NOW, "replay", "as before"))
