"""How a pack is made: first its contents are settled, then, when they are sealed, its file.

Each half is one job. A job that is killed leaves nothing but an unfinished file; when its claim has
run out another job begins that half anew.
"""

import errno
import logging
import shutil
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path

from django.utils import timezone

from evidence_review.evidence.storage import sha256_of
from evidence_review.packs.actions.claim_pack import (
    Busy,
    Claim,
    ClaimLost,
    claim_pack,
    move_on,
    release,
    show_progress,
)
from evidence_review.packs.actions.fail_pack import fail_pack, give_up
from evidence_review.packs.actions.finish_pack import finish_pack, settle_seal
from evidence_review.packs.actions.settle_pack import settle_pack
from evidence_review.packs.contents import contents_of
from evidence_review.packs.models import PACKER, Pack
from evidence_review.packs.problems import PackProblem, changed_since, require_clean
from evidence_review.packs.proofs import NoKeyYet, first_seal_over
from evidence_review.packs.states import PackState, PackVerb
from evidence_review.packs.storage import keep_file, unfinished_folder
from evidence_review.packs.writing import draft_of, settled_draft, write_pack
from portal.chrome.words import file_size
from portal.faults import fault_point
from portal.jobs import enqueue
from portal.record.moments import moment_now
from portal.sealing.models import Seal

log = logging.getLogger(__name__)
SETTLE, PACK = "evidence_review.packs.tasks.settle", "evidence_review.packs.tasks.pack"
PATIENCE_SECONDS = 8.0
"""How long a job waits for the seal before it lets others have the worker."""
LONGEST_WAIT = timedelta(hours=1)
AGAIN_AFTER = timedelta(seconds=2)
_TOLD_EVERY_SECONDS = 1.0
_SPARE = 64 * 1024 * 1024
_TOO_OFTEN = (
    "The work on this pack was broken off several times. Tell your portal administrator, who can "
    "see why in the log; then try again."
)


def settle_contents(public_id: str) -> None:
    """List what was approved, write the report and bind both to the record."""
    with _held(public_id, PackVerb.LIST, SETTLE) as claim:
        if claim is None:
            return
        contents = contents_of(claim.pack, moment_now())
        if claim.pack.with_files:
            require_clean(contents.evidence)
        move_on(claim, PackVerb.WRITE)
        draft = draft_of(contents)
        fault_point("pack.before_settle")
        settle_pack(claim, draft, actor=PACKER)


def make_file(public_id: str) -> None:
    """Write the ZIP of a settled pack, as soon as a seal covers it."""
    pack = Pack.objects.select_related("seal__key").filter(public_id=public_id).first()
    if pack is None or not pack.is_settled or pack.event_seq is None:
        return
    seal = pack.seal or _awaited_seal(pack.event_seq)
    if seal is None:
        _wait_on(pack)
        return
    with _held(public_id, PackVerb.PACK, PACK) as claim:
        if claim is not None:
            _make(claim, seal)


def _make(claim: Claim, seal: Seal) -> None:
    draft = settled_draft(claim.pack)
    if claim.pack.with_files:
        require_clean(draft.contents.evidence)
    pack = settle_seal(claim, seal)
    written = unfinished_folder() / f"{pack.public_id}.{claim.word}"
    try:
        _require_room(written.parent, draft.contents.files_size)
        with written.open("wb") as out:
            write_pack(pack, out, draft=draft, wrote=_teller(claim))
        fault_point("pack.written")
        sha256, size = sha256_of(written), written.stat().st_size
        if pack.sha256 and sha256 != pack.sha256:
            raise changed_since(pack)
        show_progress(claim, pack.bytes_total)
        keep_file(written, pack.stored_name)
        fault_point("pack.kept")
        finish_pack(claim, sha256=sha256, size=size)
    finally:
        written.unlink(missing_ok=True)


@contextmanager
def _held(public_id: str, verb: PackVerb, task: str) -> Iterator[Claim | None]:
    """Hold a pack for one step, and keep what goes wrong in it in words."""
    try:
        claim = claim_pack(public_id, verb)
    except Busy:
        enqueue(task, public_id, at=timezone.now() + AGAIN_AFTER)
        claim = None
    if claim is not None and claim.is_one_too_many:
        fail_pack(claim, PackProblem(_TOO_OFTEN), actor=PACKER)
        claim = None
    if claim is None:
        yield None
        return
    try:
        with _told(claim):
            yield claim
    except ClaimLost:
        log.info("Pack %s was stopped or taken over", public_id)
    finally:
        release(claim)


@contextmanager
def _told(claim: Claim) -> Iterator[None]:
    """Keep a problem that people can do something about; others end the job."""
    try:
        yield
    except PackProblem as problem:
        fail_pack(claim, problem, actor=PACKER)
    except NoKeyYet:
        fail_pack(claim, _NO_KEY, actor=PACKER)
    except OSError as error:
        log.exception("Pack %s could not be written", claim.pack.public_id)
        fail_pack(claim, _trouble(error), actor=PACKER)


_NO_KEY = PackProblem(
    "The record was never sealed, so nothing in a pack could be proven. Have the sealer started "
    "(manage.py run_sealer), then try again."
)


def _trouble(error: OSError) -> PackProblem:
    if error.errno in (errno.ENOSPC, errno.EDQUOT, errno.EFBIG):
        return PackProblem(
            "The disk is full. Have your portal administrator make room, then try again."
        )
    return PackProblem(
        "The file could not be written. Tell your portal administrator, who can see why in the "
        "log; then try again."
    )


def _require_room(folder: Path, size: int) -> None:
    free = shutil.disk_usage(folder).free
    if free < size + _SPARE:
        raise PackProblem(
            f"The disk has {file_size(free)} left, and the pack needs {file_size(size + _SPARE)}. "
            "Have your portal administrator make room, then try again."
        )


def _awaited_seal(seq: int) -> Seal | None:
    """Return the first seal over an event, waiting a few seconds for it."""
    until = time.monotonic() + PATIENCE_SECONDS
    while (seal := first_seal_over(seq)) is None and time.monotonic() < until:
        time.sleep(0.2)
    return seal


def _wait_on(pack: Pack) -> None:
    """Look again soon, or give up when nothing is sealed any more."""
    if pack.state != PackState.SEALING and pack.state != PackState.REQUESTED:
        return
    if timezone.now() - pack.state_since > LONGEST_WAIT:
        problem = PackProblem(
            "Nothing was sealed for an hour, so nothing in the pack could be proven. Tell your "
            "portal administrator: the page of the record says what is wrong. Then try again."
        )
        give_up(pack, problem, actor=PACKER)
        return
    enqueue(PACK, pack.public_id, at=timezone.now() + AGAIN_AFTER)


def _teller(claim: Claim) -> Callable[[int], None]:
    """Return what counts the bytes and shows them about once a second."""
    done, told_at = 0, time.monotonic()

    def tell(count: int) -> None:
        nonlocal done, told_at
        done += count
        if time.monotonic() - told_at >= _TOLD_EVERY_SECONDS:
            show_progress(claim, done)
            told_at = time.monotonic()

    return tell
