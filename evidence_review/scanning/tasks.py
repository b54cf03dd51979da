"""The worker's side of this room: an id in, one action called."""

from evidence_review.scanning import readiness
from evidence_review.scanning.actions.check_version import check_version as check_one
from evidence_review.scanning.actions.quarantine_bytes import quarantine_bytes as move_away
from evidence_review.scanning.actions.recall import recall_infected as recall_one
from evidence_review.scanning.actions.rescan import plan_rescans as plan_all
from evidence_review.scanning.actions.rescan import rescan_batch as rescan_some
from evidence_review.scanning.actions.sweep import sweep as sweep_all
from evidence_review.scanning.actions.tell_people import tell_people as send_one


def check_version(public_id: str) -> None:
    """Check one waiting version."""
    check_one(public_id)


def recall_infected(public_id: str) -> None:
    """Recall one version whose bytes turned out infected."""
    recall_one(public_id)


def quarantine_bytes(sha256: str) -> None:
    """Move bytes that nobody may read any more to quarantine."""
    move_away(sha256)


def tell_people(notice_id: int) -> None:
    """Send one notice by e-mail."""
    send_one(notice_id)


def sweep() -> None:
    """Take up what was left lying."""
    sweep_all()


def plan_rescans() -> None:
    """Look for new signatures, and for files that must be looked at again."""
    plan_all()


def rescan_batch() -> None:
    """Look again at the next few files."""
    rescan_some()


def watch_scanner() -> None:
    """Try the scanner, so that everybody else finds the answer ready."""
    readiness.measure()
