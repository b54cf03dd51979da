"""Checking what was kept outside the portal, a checkpoint or a proof, against the record here.

Anybody may ask, so ``check_checkpoint`` and ``check_proof`` read a handful of rows, however long
the record is: they compare with the seals that are kept. ``recompute_checkpoint`` reads the whole
record and is for commands.
"""

from dataclasses import dataclass

from portal.chrome.words import moment
from portal.record.checkpoints import Checkpoint, NotACheckpoint, read_checkpoint
from portal.record.merkle import EMPTY_ROOT
from portal.record.models import Event
from portal.record.notes import NotANote, Note, NotSigned, read_note
from portal.record.proof_files import NotAProof, ProofFile, read_proof
from portal.record.verbs import Verb
from portal.sealing.key_ring import registered_keys
from portal.sealing.models import Seal
from portal.sealing.reading import Position, RecordBroken, read_on
from portal.sealing.standing import SealState, seal_standing

LONGEST_TEXT = 20_000
"""No checkpoint and no proof has more signs than this."""
LONGEST_BODY = 200_000
_NO_CHECKPOINT = (
    "This is not a checkpoint. Paste the whole text, from its first line to the line that begins "
    "with “—”."
)
_NO_PROOF = (
    "This is not a proof. Paste the whole file, from the line “c2sp.org/tlog-proof@v1” to the line "
    "that begins with “—”."
)
_NOT_OURS = "No key of this portal signed this. It is from another portal, or it was changed."


@dataclass(frozen=True)
class Checked:
    """What came of a check: whether it holds, in a plain sentence or two, and of how many events.

    ``size`` is None when the text could not be read, or no key of this portal signed it.
    """

    holds: bool
    sentence: str
    size: int | None = None


def check_checkpoint(text: str) -> Checked:
    """Compare a checkpoint that somebody kept with the seals of this portal. A few queries."""
    opened = _opened(text)
    return opened if isinstance(opened, Checked) else _compared(opened)


def recompute_checkpoint(text: str) -> Checked:
    """Compare a checkpoint with the record itself, recomputed from its bytes. Reads all of it."""
    head = _opened(text)
    if isinstance(head, Checked):
        return head
    try:
        read_on(Position(), known={head.size: head.root} if head.size else {})
    except RecordBroken as broken:
        found = f"The signature holds, but the record is another: {broken.sentence}."
        return Checked(holds=False, sentence=found + _restored(head.size), size=head.size)
    return Checked(
        holds=True,
        sentence=f"The first {head.size} events of the record are those of this checkpoint.",
        size=head.size,
    )


def check_proof(text: str, body: bytes | None = None) -> Checked:
    """Check a proof file against the seals and the event of this portal. A few queries.

    ``body`` is the event's exact bytes as somebody kept them; without it the event as the record
    holds it today is taken.
    """
    if len(text) > LONGEST_TEXT or (body is not None and len(body) > LONGEST_BODY):
        return Checked(holds=False, sentence=_NO_PROOF)
    try:
        proof = read_proof(tidied(text))
    except (NotAProof, NotANote):
        return Checked(holds=False, sentence=_NO_PROOF)
    head = _head(proof.note)
    if isinstance(head, Checked):
        return head
    if wrong := _event_is_another(proof, body):
        return Checked(holds=False, sentence=wrong, size=head.size)
    seal = _compared(head)
    if not seal.holds:
        return seal
    found = f"Event {proof.index + 1} is in the record. {seal.sentence}"
    return Checked(holds=True, sentence=found, size=seal.size)


def _event_is_another(proof: ProofFile, body: bytes | None) -> str:
    """Say how the event a proof is about differs from what was sealed; nothing if it is the one."""
    seq = proof.index + 1
    kept = bytes(Event.objects.filter(seq=seq).values_list("body", flat=True).first() or b"")
    given = kept if body is None else body.rstrip(b"\r\n")
    try:
        proof.checked(given, registered_keys())
    except (NotAProof, NotSigned):
        subject = f"Event {seq} as it is now" if body is None else "The event that was given"
        return f"{subject} is not the one that was sealed in this place. One of them was changed."
    if kept != given:
        return f"Event {seq} was sealed as it was given, but the record shows something else now."
    return ""


def _opened(text: str) -> Checkpoint | Checked:
    """Return the checkpoint if a key of this portal signed it, else what is wrong with it."""
    if len(text) > LONGEST_TEXT:
        return Checked(holds=False, sentence=_NO_CHECKPOINT)
    try:
        return _head(read_note(tidied(text)))
    except NotANote:
        return Checked(holds=False, sentence=_NO_CHECKPOINT)


def _head(note: Note) -> Checkpoint | Checked:
    """Return the checkpoint that a note holds, if a key of this portal signed it.

    The key must be the one that the checkpoint's first line names.
    """
    try:
        signers = note.opened_by(registered_keys())
        head = read_checkpoint(note.text)
    except NotSigned:
        return Checked(holds=False, sentence=_NOT_OURS)
    except NotACheckpoint:
        return Checked(holds=False, sentence=_NO_CHECKPOINT)
    if head.origin not in {key.name for key in signers}:
        return Checked(holds=False, sentence=_NOT_OURS)
    return head


def _compared(head: Checkpoint) -> Checked:
    """Compare a head whose signature holds with the kept seals of the same size."""
    same_size = Seal.objects.filter(size=head.size).order_by("pk")
    seal = same_size.filter(root=head.root.hex()).first()
    if seal is None:
        return Checked(
            holds=False, sentence=_speaks_against(head, same_size.exists()), size=head.size
        )
    standing = seal_standing()
    if standing.state is SealState.BROKEN:
        wrong = (
            f"This portal keeps the same seal of its first {head.size} events, but something is "
            "wrong with its record now, and its sealer has stopped signing. Ask the provider why, "
            "and keep this checkpoint safe."
        )
        return Checked(holds=False, sentence=wrong, size=head.size)
    return Checked(
        holds=True,
        sentence=f"This portal keeps the same seal of its first {head.size} events, made on "
        f"{moment(seal.sealed_at)}.",
        size=head.size,
    )


def _speaks_against(head: Checkpoint, another_is_kept: bool) -> str:
    """Say what it means that a head with a true signature is not among the seals."""
    if head.size == 0 and head.root == EMPTY_ROOT:
        return "The signature holds, but this checkpoint is of an empty record and shows nothing."
    if another_is_kept:
        return (
            f"The signature holds, but this portal shows another record of {head.size} events now. "
            "The record was rewritten, or two records were signed with one key. Keep this "
            "checkpoint safe: it shows that."
        ) + _restored(head.size)
    return (
        f"The signature holds, but this portal keeps no seal of {head.size} events. That is what "
        "a record looks like that was cut short or put back from a backup. Keep this checkpoint "
        "safe: it shows that."
    ) + _restored(head.size)


def _restored(size: int) -> str:
    """Return what the record itself says of a restore that lost events of this number."""
    restores = Event.objects.filter(verb=Verb.RECORD_RESTORED).order_by("seq")
    for event in restores:
        kept, lost = int(event.facts["kept_size"]), int(event.facts["lost_size"])
        if kept < size <= lost:
            return (
                f" The record itself says that a backup was put back on {moment(event.at)}: of "
                f"{lost} events sealed before, it held {kept}."
            )
    return ""


def tidied(text: str) -> str:
    """Return pasted text as it was written: plain line ends, no space around it."""
    lines = text.removeprefix("\ufeff").strip().splitlines()
    return "".join(f"{line.rstrip()}\n" for line in lines)
