"""Roots and proofs against the recursive definitions, published roots, and forged proofs."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from skyaccord.trust.merkle.frontier import Frontier
from skyaccord.trust.merkle.hashing import hash_leaf, hash_node
from skyaccord.trust.merkle.prove import frontier_at, prove_consistency, prove_inclusion
from skyaccord.trust.merkle.stored_nodes import STORED_LEVEL, StoredNodes
from skyaccord.trust.merkle.verify import verify_consistency, verify_inclusion
from tests.trust.merkle.recursive import consistency_of, path_of, root_of
from tests.trust.merkle.trees import Tree, leaves_of

# The leaves and roots with which the authors of RFC 6962 test their tree (merkletree tests of certificate-transparency)
PUBLISHED_LEAVES = [
    bytes.fromhex(text)
    for text in ("", "00", "10", "2021", "3031", "40414243", "5051525354555657", "606162636465666768696a6b6c6d6e6f")
]
PUBLISHED_ROOTS = [
    "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
    "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
    "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
    "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
    "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
    "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
    "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
    "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
]


@pytest.mark.parametrize("size", range(9))
def test_roots_are_the_published_ones(size: int) -> None:
    assert Tree(PUBLISHED_LEAVES[:size]).frontier.root().hex() == PUBLISHED_ROOTS[size]


@given(st.lists(st.integers(0, 40), max_size=12))
def test_leaves_in_any_batches_give_the_root_of_the_definition(batches: list[int]) -> None:
    leaves = leaves_of(sum(batches))
    tree, done = Tree(), 0
    for batch in batches:
        tree.append(leaves[done : done + batch])
        done += batch
        assert tree.frontier.root() == root_of(leaves[:done])


def test_every_proof_up_to_70_leaves_is_that_of_the_definition_and_verifies() -> None:
    leaves = leaves_of(70)
    tree = Tree(leaves)
    for size in range(1, 71):
        root = root_of(leaves[:size])
        assert frontier_at(tree.node, size).root() == root
        for index in range(size):
            proof = prove_inclusion(tree.node, index, size)
            assert proof == path_of(index, leaves[:size])
            assert verify_inclusion(hash_leaf(leaves[index]), index, size, proof, root)
        for old in range(1, size + 1):
            proof = prove_consistency(tree.node, old, size)
            assert proof == consistency_of(old, leaves[:size])
            assert verify_consistency(old, size, root_of(leaves[:old]), root, proof)


FORGED = Tree(leaves_of(33))


@pytest.mark.parametrize("size", [1, 2, 3, 7, 8, 12, 33])
def test_an_inclusion_proof_holds_for_its_own_leaf_place_size_and_root_alone(size: int) -> None:
    roots = [frontier_at(FORGED.node, n).root() for n in range(34)]
    for index in range(size):
        proof, leaf = prove_inclusion(FORGED.node, index, size), FORGED.node(0, index)
        passed = [k for k in range(-1, size + 2) if verify_inclusion(leaf, k, size, proof, roots[size])]
        assert passed == [index]
        assert not verify_inclusion(FORGED.node(0, (index + 1) % 33), index, size, proof, roots[size])
        assert not verify_inclusion(leaf, index, size, proof, roots[size - 1])
        assert not verify_inclusion(leaf, index, size, [*proof, roots[0]], roots[size])
        assert not verify_inclusion(leaf, index, size, proof[:-1], roots[size]) or not proof
        for step in range(len(proof)):
            changed = [hash_leaf(h) if k == step else h for k, h in enumerate(proof)]
            shorter = [h[:31] if k == step else h for k, h in enumerate(proof)]
            assert not verify_inclusion(leaf, index, size, changed, roots[size])
            assert not verify_inclusion(leaf, index, size, shorter, roots[size])


def test_an_inclusion_proof_passes_against_no_root_of_another_size() -> None:
    roots = [frontier_at(FORGED.node, n).root() for n in range(34)]
    for size in range(1, 34):
        for index in range(size):
            proof, leaf = prove_inclusion(FORGED.node, index, size), FORGED.node(0, index)
            passed = [n for n in range(34) if verify_inclusion(leaf, index, n, proof, roots[n])]
            assert passed == [size]


@pytest.mark.parametrize("size", [2, 3, 8, 12, 33])
def test_a_consistency_proof_holds_for_its_own_sizes_and_roots_alone(size: int) -> None:
    roots = [frontier_at(FORGED.node, n).root() for n in range(34)]
    for old in range(1, size):
        proof = prove_consistency(FORGED.node, old, size)
        passed = [
            (m, n)
            for m in range(34)
            for n in range(34)
            if verify_consistency(m, n, roots[m], roots[n], proof) and m < n
        ]
        assert passed == [(old, size)]
        assert not verify_consistency(old, size, roots[old], hash_leaf(b""), proof)
        assert not verify_consistency(old, size, hash_leaf(b""), roots[size], proof)
        assert not verify_consistency(old, size, roots[old], roots[size], proof[:-1])
        assert not verify_consistency(old, size, roots[old], roots[size], [*proof, proof[-1]])
        assert not verify_consistency(old, size, roots[old], roots[size], [h + b"\x00" for h in proof])


def test_a_consistency_proof_that_ends_below_the_root_of_the_size_claimed_fails() -> None:
    proof, old_root, root = (
        prove_consistency(FORGED.node, 3, 4),
        frontier_at(FORGED.node, 3).root(),
        frontier_at(FORGED.node, 4).root(),
    )
    assert verify_consistency(3, 4, old_root, root, proof)
    for size in (5, 6, 7, 8, 9, 16, 2**40):
        assert not verify_consistency(3, size, old_root, root, proof)


def test_trees_of_one_size_are_consistent_if_equal_and_nothing_follows_from_an_empty_one() -> None:
    root, other = hash_leaf(b"a"), hash_leaf(b"b")
    assert verify_consistency(1, 1, root, root, [])
    assert not verify_consistency(1, 1, root, other, [])
    assert not verify_consistency(1, 1, root, root, [other])
    assert not verify_consistency(0, 1, Frontier().root(), root, [])
    assert not verify_consistency(2, 1, root, root, [])
    assert prove_consistency(FORGED.node, 0, 5) == prove_consistency(FORGED.node, 5, 5) == []


def test_a_node_does_not_pass_for_a_leaf() -> None:
    left, right = (FORGED.node(0, k) for k in (0, 1))
    root = hash_node(left, right)
    assert not verify_inclusion(hash_leaf(left + right), 0, 1, [], root)


def test_a_proof_that_goes_on_above_the_root_of_the_size_claimed_fails() -> None:
    left, right = (FORGED.node(0, k) for k in (0, 1))
    assert not verify_inclusion(right, 0, 1, [left], hash_node(left, right))
    seven, eight = (frontier_at(FORGED.node, size).root() for size in (7, 8))
    proof = prove_consistency(FORGED.node, 7, 8)
    assert verify_consistency(7, 8, seven, eight, proof)
    assert not verify_consistency(3, 4, seven, eight, proof)


def test_hashes_of_other_lengths_are_none_though_they_join_to_the_same_bytes() -> None:
    left, right = (FORGED.node(0, k) for k in (0, 1))
    root = hash_node(left, right)
    assert verify_inclusion(left, 0, 2, [right], root)
    assert not verify_inclusion(left + right[:1], 0, 2, [right[1:]], root)
    assert not verify_consistency(1, 2, left + right[:1], root, [right[1:]])


@pytest.mark.parametrize(("index", "size"), [(0, 0), (5, 5), (-1, 5)])
def test_no_proof_is_made_for_a_leaf_that_is_not_there(index: int, size: int) -> None:
    with pytest.raises(ValueError, match="is not in a tree"):
        prove_inclusion(FORGED.node, index, size)


def test_a_larger_tree_does_not_come_before_a_smaller() -> None:
    with pytest.raises(ValueError, match="does not come before"):
        prove_consistency(FORGED.node, 6, 5)


@given(st.integers(1, 1500), st.data())
def test_nodes_hashed_from_blocks_of_leaves_are_those_of_the_tree(size: int, data: st.DataObject) -> None:
    tree = LARGE
    asked: list[int] = []

    def read(level: int, first: int, count: int) -> list[bytes]:
        assert level == 0 or level >= STORED_LEVEL
        assert first + count <= size >> level
        asked.append(count)
        return tree.levels[level][first : first + count]

    index = data.draw(st.integers(0, size - 1))
    assert prove_inclusion(StoredNodes(read, size).node, index, size) == prove_inclusion(tree.node, index, size)
    assert sum(asked) <= 2 * 32 + 20
    assert frontier_at(StoredNodes(read, size).node, size) == frontier_at(tree.node, size)


LARGE = Tree(leaves_of(1500))


@pytest.mark.parametrize(("size", "peaks"), [(3, [b"x" * 32]), (1, [b"short"]), (-1, [])])
def test_a_frontier_has_one_hash_for_each_bit_of_its_size(size: int, peaks: list[bytes]) -> None:
    with pytest.raises(ValueError):
        Frontier(size, tuple(peaks))
