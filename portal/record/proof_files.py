"""A proof that one event is in the record, as a file: https://c2sp.org/tlog-proof.

The file holds the event's place, the hashes up to the root and the signed checkpoint, so that it
can be checked by itself with nothing but the event's bytes and the key.
"""

import base64
import re
from collections.abc import Iterable
from dataclasses import dataclass

from portal.record.checkpoints import Checkpoint, NotACheckpoint, read_checkpoint
from portal.record.merkle import HASH_BYTES, leaf_hash
from portal.record.notes import Note, NoteKey, read_note
from portal.record.proofs import inclusion_holds

HEADER = "c2sp.org/tlog-proof@v1"
_INDEX = re.compile(r"index (0|[1-9][0-9]{0,15})")
_DEEPEST = 63


class NotAProof(ValueError):
    """The file is no proof, or proves something else; the message says which."""


@dataclass(frozen=True)
class ProofFile:
    """``index`` counts events from 0; ``hashes`` go from the event's neighbour up to the root."""

    index: int
    hashes: tuple[bytes, ...]
    note: Note

    def __str__(self) -> str:
        hashes = "".join(f"{base64.b64encode(one).decode()}\n" for one in self.hashes)
        return f"{HEADER}\nindex {self.index}\n{hashes}\n{self.note}"

    def checked(self, body: bytes, keys: Iterable[NoteKey]) -> Checkpoint:
        """Return the checkpoint that this file shows the event's exact bytes to be under.

        Raises:
            NotSigned: when no trusted key signed the checkpoint.
            NotAProof: when the checkpoint does not contain these bytes at this place.
        """
        self.note.opened_by(keys)
        try:
            checkpoint = read_checkpoint(self.note.text)
        except NotACheckpoint as error:
            raise NotAProof(str(error)) from error
        holds = inclusion_holds(
            index=self.index,
            size=checkpoint.size,
            leaf=leaf_hash(body),
            proof=self.hashes,
            root=checkpoint.root,
        )
        if not holds:
            raise NotAProof("these bytes are not the event at this place of the record")
        return checkpoint


def read_proof(content: str) -> ProofFile:
    """Read a proof file, without believing it yet. Extra data is passed over.

    Raises:
        NotAProof: when it has not the form of a proof.
        NotANote: when what follows it is no signed note.
    """
    head, gap, note = content.partition("\n\n")
    lines = head.split("\n")
    if not gap or lines.pop(0) != HEADER:
        raise NotAProof(f"a proof begins with {HEADER} and holds a checkpoint after a blank line")
    if lines and lines[0].startswith("extra "):
        lines.pop(0)
    index = _INDEX.fullmatch(lines.pop(0)) if lines else None
    if index is None or len(lines) > _DEEPEST:
        raise NotAProof("a proof says the index of its event, then a hash a line")
    return ProofFile(int(index[1]), tuple(_hash(line) for line in lines), read_note(note))


def _hash(line: str) -> bytes:
    try:
        value = base64.b64decode(line, validate=True)
    except ValueError as error:
        raise NotAProof("a line of the proof is no hash") from error
    if len(value) != HASH_BYTES or base64.b64encode(value).decode() != line:
        raise NotAProof("a line of the proof is no hash")
    return value
