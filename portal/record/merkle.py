"""The Merkle tree of RFC 6962 (and 9162): leaf hashes, compact ranges, roots."""

import hashlib
from collections.abc import Iterable

HASH_BYTES = 32
EMPTY_ROOT = hashlib.sha256(b"").digest()


def leaf_hash(leaf: bytes) -> bytes:
    """Return the 32-byte hash of one leaf's bytes."""
    return hashlib.sha256(b"\x00" + leaf).digest()


def node_hash(left: bytes, right: bytes) -> bytes:
    """Return the 32-byte hash of a node above two 32-byte hashes."""
    return hashlib.sha256(b"\x01" + left + right).digest()


class CompactRange:
    """The hashes of the full subtrees that cover a tree of ``size`` leaves, left to right.

    There is one for each 1 in the binary form of ``size``; they are all that is needed to add a
    leaf or to know the root, however long the record is.
    """

    def __init__(self, size: int = 0, packed: bytes = b"") -> None:
        """Read the packed form, 32 bytes a hash.

        Raises ``ValueError`` if it does not fit ``size``.
        """
        if size < 0 or len(packed) != size.bit_count() * HASH_BYTES:
            raise ValueError(f"{len(packed)} bytes are no compact range of {size} leaves")
        self.size = size
        self._hashes = [packed[i : i + HASH_BYTES] for i in range(0, len(packed), HASH_BYTES)]

    def append(self, leaf: bytes) -> None:
        """Add one leaf, given its 32-byte hash."""
        full, node = self.size, leaf
        while full & 1:
            node = node_hash(self._hashes.pop(), node)
            full >>= 1
        self._hashes.append(node)
        self.size += 1

    def root(self) -> bytes:
        """Return the root of the tree."""
        if not self._hashes:
            return EMPTY_ROOT
        node = self._hashes[-1]
        for left in reversed(self._hashes[:-1]):
            node = node_hash(left, node)
        return node

    def packed(self) -> bytes:
        """Return the hashes joined, 32 bytes each."""
        return b"".join(self._hashes)


def compact_range(leaves: Iterable[bytes]) -> CompactRange:
    """Return the compact range of a whole tree, given its leaf hashes in order."""
    grown = CompactRange()
    for leaf in leaves:
        grown.append(leaf)
    return grown
