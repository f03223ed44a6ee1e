"""The tree under the seals of the audit trail: every leaf can be proved, and nothing else can."""

from hashlib import sha256

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wenlock.security import merkle

LEAVES = st.lists(st.binary(max_size=8).map(merkle.leaf), min_size=1, max_size=70)


def by_definition(leaves: list[bytes]) -> bytes:
    """The root as RFC 6962, section 2.1 defines it: split at the greatest power of two below the size."""
    if not leaves:
        return sha256(b"").digest()
    if len(leaves) == 1:
        return leaves[0]
    split = 1 << (len(leaves) - 1).bit_length() - 1
    return merkle.node(by_definition(leaves[:split]), by_definition(leaves[split:]))


def changed(digest: bytes) -> bytes:
    return bytes([digest[0] ^ 1]) + digest[1:]


@st.composite
def places(draw: st.DrawFn) -> tuple[list[bytes], int]:
    leaves = draw(LEAVES)
    return leaves, draw(st.integers(0, len(leaves) - 1))


def test_the_roots_are_those_published_for_rfc_6962() -> None:
    # The vectors of the Certificate Transparency project's own tests.
    inputs = [
        "",
        "00",
        "10",
        "2021",
        "3031",
        "40414243",
        "5051525354555657",
        "606162636465666768696a6b6c6d6e6f",
    ]
    roots = {
        0: "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
        1: "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
        2: "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
        3: "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
        8: "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
    }
    for size, root in roots.items():
        leaves = [merkle.leaf(bytes.fromhex(text)) for text in inputs[:size]]
        assert merkle.root(leaves).hex() == root


@given(st.lists(st.binary(max_size=8).map(merkle.leaf), max_size=70))
def test_the_root_is_the_one_defined(leaves: list[bytes]) -> None:
    assert merkle.root(iter(leaves)) == by_definition(leaves)


@given(places())
def test_every_leaf_can_be_proved(place: tuple[list[bytes], int]) -> None:
    leaves, index = place
    path = merkle.proof(leaves, index)
    found = merkle.root_from_proof(leaves[index], index=index, size=len(leaves), path=path)
    assert found == merkle.root(leaves)


@given(places(), st.data())
def test_another_leaf_another_place_or_another_neighbour_proves_nothing(
    place: tuple[list[bytes], int], data: st.DataObject
) -> None:
    leaves, index = place
    root, path = merkle.root(leaves), merkle.proof(leaves, index)
    assert merkle.root_from_proof(changed(leaves[index]), index=index, size=len(leaves), path=path) != root
    elsewhere = data.draw(st.integers(-1, len(leaves)))
    if elsewhere != index and (
        elsewhere < 0 or elsewhere >= len(leaves) or leaves[elsewhere] != leaves[index]
    ):
        assert merkle.root_from_proof(leaves[index], index=elsewhere, size=len(leaves), path=path) != root
    if path:
        altered = data.draw(st.integers(0, len(path) - 1))
        wrong = [*path[:altered], changed(path[altered]), *path[altered + 1 :]]
        assert merkle.root_from_proof(leaves[index], index=index, size=len(leaves), path=wrong) != root


@given(places())
def test_a_proof_too_long_or_too_short_leads_nowhere(place: tuple[list[bytes], int]) -> None:
    leaves, index = place
    path = merkle.proof(leaves, index)
    assert (
        merkle.root_from_proof(leaves[index], index=index, size=len(leaves), path=[*path, merkle.EMPTY])
        is None
    )
    if path:
        assert merkle.root_from_proof(leaves[index], index=index, size=len(leaves), path=path[:-1]) is None


@given(LEAVES, st.data())
def test_the_root_tells_any_two_trails_apart(leaves: list[bytes], data: st.DataObject) -> None:
    index = data.draw(st.integers(0, len(leaves) - 1))
    root = merkle.root(leaves)
    assert merkle.root([*leaves[:index], changed(leaves[index]), *leaves[index + 1 :]]) != root
    assert merkle.root([*leaves[:index], *leaves[index + 1 :]]) != root
    assert merkle.root([*leaves, leaves[-1]]) != root


def test_two_leaves_cannot_pass_for_one_node() -> None:
    left, right = merkle.leaf(b"a"), merkle.leaf(b"b")
    assert merkle.root([left, right]) != merkle.leaf(left + right)


def test_there_is_no_proof_of_a_leaf_that_is_not_there() -> None:
    with pytest.raises(IndexError):
        merkle.proof([merkle.leaf(b"a")], 1)
