"""A Merkle tree over any number of leaves: its root, and the proof that one leaf is under it.

Leaves and nodes are hashed apart, so that no leaf can pass for a node; a node without a neighbour goes up as
it is. The tree is that of RFC 6962, section 2.1.
"""

from collections.abc import Iterable, Sequence
from hashlib import sha256

EMPTY = sha256(b"").digest()


def leaf(data: bytes) -> bytes:
    """The digest of one leaf."""
    return sha256(b"\x00" + data).digest()


def node(left: bytes, right: bytes) -> bytes:
    """The digest of two digests side by side."""
    return sha256(b"\x01" + left + right).digest()


def root(leaves: Iterable[bytes]) -> bytes:
    """The root over leaf digests in their order, holding only a few of them at a time; EMPTY over none."""
    peaks: list[tuple[int, bytes]] = []
    for digest in leaves:
        size = 1
        while peaks and peaks[-1][0] == size:
            digest = node(peaks.pop()[1], digest)
            size *= 2
        peaks.append((size, digest))
    if not peaks:
        return EMPTY
    digest = peaks.pop()[1]
    while peaks:
        digest = node(peaks.pop()[1], digest)
    return digest


def proof(leaves: Sequence[bytes], index: int) -> list[bytes]:
    """The neighbours met on the way from leaf `index`, from nought, up to the root.

    Raises IndexError past the end.
    """
    if not 0 <= index < len(leaves):
        raise IndexError(f"there is no leaf {index} among {len(leaves)}")
    path: list[bytes] = []
    level = list(leaves)
    while len(level) > 1:
        if index ^ 1 < len(level):
            path.append(level[index ^ 1])
        pairs = [level[start : start + 2] for start in range(0, len(level), 2)]
        level = [node(*pair) if len(pair) == 2 else pair[0] for pair in pairs]
        index //= 2
    return path


def root_from_proof(digest: bytes, *, index: int, size: int, path: Sequence[bytes]) -> bytes | None:
    """The root that a proof leads to from the leaf digest, to be compared with a known one.

    `size` is the number of leaves. None if the proof has too many or too few neighbours for that place.
    """
    if not 0 <= index < size:
        return None
    last, left = size - 1, list(path)
    while last:
        if index ^ 1 <= last:
            if not left:
                return None
            neighbour = left.pop(0)
            digest = node(neighbour, digest) if index % 2 else node(digest, neighbour)
        index, last = index // 2, last // 2
    return None if left else digest
