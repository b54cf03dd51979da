"""Merkle proofs of RFC 9162, section 2.1: making them, and checking those of others.

An inclusion proof shows that a leaf is in the tree with a given root; a consistency proof shows
that one tree is the beginning of a longer one. All hashes are 32 bytes.
"""

from collections.abc import Iterable, Sequence

from portal.record.merkle import EMPTY_ROOT, HASH_BYTES, node_hash


class Tree:
    """A whole tree, held with all its full subtrees, so that each proof costs a few hashes."""

    def __init__(self, leaves: Iterable[bytes]) -> None:
        """Build the tree over leaf hashes in order; about 64 bytes of memory a leaf."""
        self._levels = [list(leaves)]
        while len(below := self._levels[-1]) > 1:
            pairs = zip(below[::2], below[1::2], strict=False)
            self._levels.append([node_hash(left, right) for left, right in pairs])

    @property
    def size(self) -> int:
        """How many leaves there are."""
        return len(self._levels[0])

    def root(self, size: int | None = None) -> bytes:
        """Return the root of the first ``size`` leaves, or of all."""
        size = self._checked(self.size if size is None else size, at_least=0)
        return self._node(0, size) if size else EMPTY_ROOT

    def inclusion(self, index: int, size: int | None = None) -> list[bytes]:
        """Return the proof that leaf ``index`` (from 0) is among the first ``size`` leaves.

        Raises ``ValueError`` when it is not.
        """
        size = self._checked(self.size if size is None else size, at_least=1)
        if not 0 <= index < size:
            raise ValueError(f"there is no leaf {index} among {size}")
        low, high, path = 0, size, []
        while high - low > 1:
            middle = low + _split(high - low)
            if index < middle:
                path.append(self._node(middle, high))
                high = middle
            else:
                path.append(self._node(low, middle))
                low = middle
        return path[::-1]

    def consistency(self, first: int, second: int | None = None) -> list[bytes]:
        """Return the proof that the tree of ``first`` leaves is the beginning of ``second``.

        Raises ``ValueError`` unless 1 <= first <= second <= size.
        """
        second = self._checked(self.size if second is None else second, at_least=1)
        if not 1 <= first <= second:
            raise ValueError(f"a tree of {first} leaves is no beginning of one of {second}")
        low, high, path, whole = 0, second, [], True
        while first != high:
            middle = low + _split(high - low)
            if first <= middle:
                path.append(self._node(middle, high))
                high = middle
            else:
                path.append(self._node(low, middle))
                low, whole = middle, False
        if not whole:
            path.append(self._node(low, high))
        return path[::-1]

    def _checked(self, size: int, *, at_least: int) -> int:
        """Return ``size`` if the tree is that long."""
        if not at_least <= size <= self.size:
            raise ValueError(f"this tree has {self.size} leaves, not {size}")
        return size

    def _node(self, low: int, high: int) -> bytes:
        """Return the root over the leaves from ``low`` to before ``high``, a subtree's own span."""
        count = high - low
        if count & (count - 1) == 0:
            level = count.bit_length() - 1
            return self._levels[level][low >> level]
        middle = low + _split(count)
        return node_hash(self._node(low, middle), self._node(middle, high))


def inclusion_holds(
    *, index: int, size: int, leaf: bytes, proof: Sequence[bytes], root: bytes
) -> bool:
    """Say whether ``proof`` shows that ``leaf`` (its hash) is number ``index`` under ``root``."""
    if not 0 <= index < size or not _all_hashes(leaf, root, *proof):
        return False
    place, last, node = index, size - 1, leaf
    for sibling in proof:
        if last == 0:
            return False
        if place & 1 or place == last:
            node = node_hash(sibling, node)
            place, last = _climb_to_right_child(place, last)
        else:
            node = node_hash(node, sibling)
        place, last = place >> 1, last >> 1
    return last == 0 and node == root


def consistency_holds(
    *, first: int, second: int, first_root: bytes, second_root: bytes, proof: Sequence[bytes]
) -> bool:
    """Say whether ``proof`` shows that the tree of ``first`` leaves begins that of ``second``."""
    if not 1 <= first <= second or not _all_hashes(first_root, second_root, *proof):
        return False
    if first == second:
        return not proof and first_root == second_root
    path = list(proof)
    if first & (first - 1) == 0:
        path.insert(0, first_root)
    if not path:
        return False
    place, last = first - 1, second - 1
    while place & 1:
        place, last = place >> 1, last >> 1
    old = new = path[0]
    for sibling in path[1:]:
        if last == 0:
            return False
        if place & 1 or place == last:
            old, new = node_hash(sibling, old), node_hash(sibling, new)
            place, last = _climb_to_right_child(place, last)
        else:
            new = node_hash(new, sibling)
        place, last = place >> 1, last >> 1
    return last == 0 and old == first_root and new == second_root


def _climb_to_right_child(place: int, last: int) -> tuple[int, int]:
    """Pass over the levels on which the node at the right edge has no sibling."""
    while place and not place & 1:
        place, last = place >> 1, last >> 1
    return place, last


def _split(count: int) -> int:
    """Return the largest power of two below ``count`` (RFC 9162's k)."""
    return 1 << ((count - 1).bit_length() - 1)


def _all_hashes(*values: bytes) -> bool:
    """Say whether every value has the length of a hash."""
    return all(len(value) == HASH_BYTES for value in values)
