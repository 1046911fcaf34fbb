"""Roots and proofs equal those of pymerkle, which shares no code, and of golang's sumdb."""

from __future__ import annotations

import hashlib
import json
import random
import subprocess
from typing import Any

import pytest

from skyaccord.trust.merkle.hashing import hash_leaf
from skyaccord.trust.merkle.prove import frontier_at, prove_consistency, prove_inclusion
from skyaccord.trust.merkle.verify import verify_consistency, verify_inclusion
from tests.trust.merkle.trees import Tree, leaves_of
from tests.trust.peers.golang import Golang

LARGEST = 2000
LARGE = 120_000

# pymerkle writes an inclusion path with the leaf first, and counts leaves from 1
_PEER = """
import json, sys
from pymerkle import InmemoryTree
asked = json.load(sys.stdin)
tree = InmemoryTree(algorithm="sha256")
tree.append_entries(b"leaf %d" % k for k in range(asked["leaves"]))
hexes = lambda proof: [digest.hex() for digest in proof.path]
print(json.dumps({
    "roots": [tree.get_root(size).hex() for size in asked["roots"]],
    "inclusion": [hexes(tree.prove_inclusion(index + 1, size))[1:] for index, size in asked["inclusion"]],
    "consistency": [[proof.subset, hexes(proof)] for proof in
                    (tree.prove_consistency(old, size) for old, size in asked["consistency"])],
}))
"""


def cases(sizes: list[int], seed: int) -> dict[str, list[list[int]]]:
    """Return, for each size, proofs of the first, the last and some entries, from some older sizes."""
    rng = random.Random(seed)  # noqa: S311
    inclusion, consistency = [], []
    for size in sizes:
        inclusion += [[index, size] for index in sorted({0, size - 1, *(rng.randrange(size) for _ in range(3))})]
        consistency += [[old, size] for old in sorted({1, size, max(1, size - 1), rng.randint(1, size)})]
    return {"inclusion": inclusion, "consistency": consistency}


def ask(python: str, leaves: int, sizes: list[int], proofs: dict[str, list[list[int]]]) -> dict[str, list[Any]]:
    question = json.dumps({"leaves": leaves, "roots": sizes, **proofs})
    done = subprocess.run(
        [python, "-c", _PEER], input=question, capture_output=True, text=True, check=True, timeout=500
    )
    return dict(json.loads(done.stdout))


def compare(python: str, leaves: int, sizes: list[int], seed: int) -> None:
    tree, proofs = Tree(leaves_of(leaves)), cases(sizes, seed)
    theirs = ask(python, leaves, sizes, proofs)
    assert theirs["roots"] == [frontier_at(tree.node, size).root().hex() for size in sizes]
    ours = [[step.hex() for step in prove_inclusion(tree.node, index, size)] for index, size in proofs["inclusion"]]
    assert ours == theirs["inclusion"]
    for (old, size), (subset, path) in zip(proofs["consistency"], theirs["consistency"], strict=True):
        ours = [step.hex() for step in prove_consistency(tree.node, old, size)]
        assert ours == as_in_rfc(old, size, subset, path), (old, size)


def as_in_rfc(old: int, size: int, subset: list[int], path: list[str]) -> list[str]:
    """Return a consistency proof of pymerkle in the form of the RFC.

    pymerkle begins with the first leaf that is new and the nodes to its right, up to the last complete subtree of the
    old tree (the first that ``subset`` marks). The RFC gives that subtree first, unless it is the whole old tree, and
    what stands to its right as one node; from there on upwards both are the same.
    """
    if old == size:
        return []
    last = subset.index(1)
    right = bytes.fromhex(path[0])
    for step in path[1:last]:
        right = hashlib.sha256(b"\x01" + right + bytes.fromhex(step)).digest()
    begin = [] if old & (old - 1) == 0 else [path[last]]
    return [*begin, right.hex(), *path[last + 1 :]]


def test_roots_and_proofs_are_those_of_pymerkle_at_every_size_up_to_2000(pymerkle: str) -> None:
    compare(pymerkle, LARGEST, list(range(1, LARGEST + 1)), seed=1)


def test_roots_and_proofs_are_those_of_pymerkle_at_random_large_sizes(pymerkle: str) -> None:
    rng = random.Random(2)  # noqa: S311
    sizes = {LARGE, 65_535, 65_536, 65_537, *(rng.randint(2001, LARGE) for _ in range(60))}
    compare(pymerkle, LARGE, sorted(sizes), seed=3)


@pytest.mark.parametrize("change", ["none", "proof", "root", "place"])
def test_golang_believes_the_proofs_that_are_believed_here(golang: Golang, change: str) -> None:
    sizes = [*range(1, 130), 255, 256, 257, 1000, 1999, 2000]
    tree, proofs, rng = Tree(leaves_of(LARGEST)), cases(sizes, 4), random.Random(5)  # noqa: S311
    inclusion, consistency, ours_in, ours_con = [], [], [], []
    for index, size in proofs["inclusion"]:
        proof, root = prove_inclusion(tree.node, index, size), frontier_at(tree.node, size).root()
        place = index
        if change == "proof" and proof:
            proof[rng.randrange(len(proof))] = hash_leaf(b"other")
        if change == "root":
            root = hash_leaf(b"other")
        if change == "place":
            place = rng.randrange(size)
        leaf = tree.node(0, index)
        inclusion.append({"Proof": proof, "Size": size, "Index": place, "Root": root, "Leaf": leaf})
        ours_in.append(verify_inclusion(leaf, place, size, proof, root))
    for old, size in proofs["consistency"]:
        proof, root = prove_consistency(tree.node, old, size), frontier_at(tree.node, size).root()
        asked = old
        if change == "proof":
            proof.append(hash_leaf(b"other"))
        if change == "root":
            root = hash_leaf(b"other")
        if change == "place":
            asked = rng.randint(1, size)
        old_root = frontier_at(tree.node, old).root()
        consistency.append({"Proof": proof, "Size": size, "Old": asked, "Root": root, "OldRoot": old_root})
        ours_con.append(verify_consistency(asked, size, old_root, root, proof))
    answer = golang.ask(Inclusion=inclusion, Consistency=consistency)
    assert (answer["Inclusion"], answer["Consistency"]) == (ours_in, ours_con)
    if change == "none":
        assert all(ours_in + ours_con)
    else:
        assert not all(ours_in)
        assert not all(ours_con)
