"""The log against a plain list and the recursive definition of the tree, act by act, on each kind of journal."""

from __future__ import annotations

import shutil
import tempfile
from datetime import timedelta
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from skyaccord.errors import JournalError
from skyaccord.trust.audit import Audit, audit_journal
from skyaccord.trust.journals.entry import Body, Entry, Erased, StoredCheckpoint
from skyaccord.trust.journals.refusals import Refusal
from skyaccord.trust.log import Log
from skyaccord.trust.merkle.hashing import hash_leaf
from skyaccord.trust.merkle.verify import verify_consistency, verify_inclusion
from skyaccord.trust.notes.checkpoint import open_checkpoint
from tests.trust.journals.opened import KINDS, NOW, ORIGIN, SIGNER, Kind
from tests.trust.merkle.recursive import consistency_of, path_of, root_of
from tests.trust.power.stores import MEMORY

BODIES = st.none() | st.builds(Body, st.binary(min_size=32, max_size=32), st.binary(max_size=200))
BATCHES = st.lists(st.builds(Entry, st.binary(min_size=1, max_size=60), BODIES), max_size=45)


class LogMachine(RuleBasedStateMachine):
    """``entries`` is the list; what the log says is compared with it and never taken from it."""

    kind: Kind

    @initialize()
    def begin(self) -> None:
        self.folder = Path(tempfile.mkdtemp(dir=MEMORY if MEMORY.is_dir() else None))
        self.entries: list[Entry] = []
        self.erased: dict[int, Erased] = {}
        self.heads: dict[int, bytes] = {}
        self.refused: list[Refusal] = []
        self.log: Log = self.kind.log(self.folder)

    def teardown(self) -> None:
        if hasattr(self, "log"):
            audit = audit_journal(self.log.journal)
            bodies = sum(entry.body is not None for entry in self.entries)
            assert audit == Audit(len(self.entries), bodies - len(self.erased), len(self.erased), len(self.heads))
            self.log.journal.close()
            shutil.rmtree(self.folder)

    @rule(batch=BATCHES)
    def append(self, batch: list[Entry]) -> None:
        first = len(self.entries)
        assert self.log.append(batch) == range(first, first + len(batch))
        self.entries += batch

    @rule()
    def checkpoint(self) -> None:
        head, note = open_checkpoint(bytes(self.log.checkpoint()), [SIGNER.key])
        assert (head.origin, head.size, head.root) == (ORIGIN, len(self.entries), root_of(self.leaves()))
        self.heads.setdefault(head.size, bytes(note))

    @precondition(lambda self: self.entries)
    @rule(data=st.data())
    def prove(self, data: st.DataObject) -> None:
        size = data.draw(st.integers(1, len(self.entries)))
        index, old = data.draw(st.integers(0, size - 1)), data.draw(st.integers(1, size))
        leaves = self.leaves()[:size]
        proof = self.log.prove_inclusion(index, size)
        assert list(proof.hashes) == path_of(index, leaves)
        assert verify_inclusion(hash_leaf(leaves[index]), index, size, proof.hashes, root_of(leaves))
        step = self.log.prove_consistency(old, size)
        assert list(step) == consistency_of(old, leaves)
        assert verify_consistency(old, size, root_of(leaves[:old]), root_of(leaves), step)

    @precondition(lambda self: self.entries)
    @rule(data=st.data())
    def erase(self, data: st.DataObject) -> None:
        chosen = data.draw(st.lists(st.integers(0, len(self.entries) - 1), max_size=8))
        at = NOW + timedelta(seconds=len(self.erased))
        self.log.journal.erase(chosen, at)
        for index in chosen:
            if self.entries[index].body is not None:
                self.erased.setdefault(index, Erased(at))

    @rule()
    def reopen(self) -> None:
        self.log.journal.close()
        self.log = self.kind.log(self.folder)

    @rule(reason=st.sampled_from(["replay", "gap", "fork"]), material=st.binary(max_size=50))
    def refuse(self, reason: str, material: bytes) -> None:
        refusal = Refusal(NOW, reason, f"number {len(self.refused)}", material)
        self.log.journal.refuse(refusal)
        self.refused.append(refusal)

    @precondition(lambda self: self.heads)
    @rule(data=st.data(), root=st.binary(min_size=32, max_size=32))
    def contradict(self, data: st.DataObject, root: bytes) -> None:
        size = data.draw(st.integers(0, max(self.heads)))
        with pytest.raises(JournalError):
            self.log.journal.store_checkpoint(StoredCheckpoint(size, root, b"a note"))

    @invariant()
    def holds_what_the_list_holds(self) -> None:
        if not hasattr(self, "log"):
            return
        journal, size = self.log.journal, len(self.entries)
        assert (self.log.size, journal.frontier.root()) == (size, root_of(self.leaves()))
        assert list(journal.leaves(0, size)) == self.leaves()
        expected = [self.erased.get(index, entry.body) for index, entry in enumerate(self.entries)]
        assert list(journal.bodies(0, size)) == expected
        assert {stored.size: stored.note for stored in journal.checkpoints()} == self.heads
        found = journal.refusals()
        assert list(found.latest) == self.refused
        reasons = [refusal.reason for refusal in self.refused]
        assert found.counts == {reason: reasons.count(reason) for reason in sorted(set(reasons))}

    def leaves(self) -> list[bytes]:
        return [entry.leaf for entry in self.entries]


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.name)
def test_the_log_is_the_list_and_the_definition(kind: Kind) -> None:
    machine = type("Machine", (LogMachine,), {"kind": kind})
    run_state_machine_as_test(
        machine,
        settings=settings(
            max_examples=settings().max_examples // 5, stateful_step_count=25, suppress_health_check=list(HealthCheck)
        ),
    )
