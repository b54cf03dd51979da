"""The gate of the upload policy: what may come in, and why not in plain words.

Two steps. ``check_upload`` looks at name, size and first bytes within the request. ``inspect``
looks at the whole file in the worker; every parser runs in a limited child process. Photos go
through ``prepare_photo`` before they are kept. Nothing here knows Django or the database.
"""

from evidence_review.evidence.gate.cheap import check_upload, sniff
from evidence_review.evidence.gate.judge import inspect
from evidence_review.evidence.gate.kinds import KINDS, extension_of, media_type_for
from evidence_review.evidence.gate.limits import FIRST_BYTES, Limits
from evidence_review.evidence.gate.names import clean_name
from evidence_review.evidence.gate.photos import (
    PreparedPhoto,
    needs_preparing,
    prepare_photo,
)
from evidence_review.evidence.gate.reasons import Code, Reason, reason
from evidence_review.evidence.gate.result import GATE_VERSION, GateResult, Outcome
from evidence_review.evidence.gate.room import ROOM
from evidence_review.evidence.gate.started_room import RoomUnavailable

__all__ = [
    "FIRST_BYTES",
    "GATE_VERSION",
    "KINDS",
    "ROOM",
    "Code",
    "GateResult",
    "Limits",
    "Outcome",
    "PreparedPhoto",
    "Reason",
    "RoomUnavailable",
    "check_upload",
    "clean_name",
    "extension_of",
    "inspect",
    "media_type_for",
    "needs_preparing",
    "prepare_photo",
    "reason",
    "sniff",
]
