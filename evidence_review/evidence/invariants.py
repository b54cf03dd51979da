"""What must be true of evidence, its bytes and its events at all times."""

from collections.abc import Iterator
from datetime import timedelta

from django.utils import timezone

from evidence_review.evidence.models import Evidence, EvidenceLink, EvidenceVersion
from evidence_review.evidence.states import VersionState
from evidence_review.evidence.storage import BytesMissing, byte_store, sha256_of
from portal.record.models import Event
from portal.record.replay import told
from portal.record.verbs import Verb

_OUT_OF_USE = frozenset({VersionState.INFECTED, VersionState.RECALLED})
_BYTES_MAY_WAIT = timedelta(hours=1)


def rows_agree_with_bytes() -> Iterator[str]:
    """I3: every version's bytes are kept, or in quarantine, and have its SHA-256 and size.

    Those of a version that was disposed of are gone, unless another version has the same (I19).
    """
    store = byte_store()
    needed: dict[str, tuple[int, bool]] = {}
    kept = EvidenceVersion.objects.exclude(state=VersionState.DISPOSED)
    rows = kept.values_list("sha256", "size", "state")
    for sha256, size, state in rows.iterator():
        _, in_use = needed.get(sha256, (size, False))
        needed[sha256] = (size, in_use or state not in _OUT_OF_USE)
    for sha256, (size, in_use) in needed.items():
        try:
            with store.local_copy(sha256) as path:
                if path.stat().st_size != size or sha256_of(path) != sha256:
                    yield f"the bytes kept as {sha256} are others"
        except BytesMissing:
            if in_use or not store.in_quarantine(sha256):
                yield f"the bytes {sha256} are missing"


def bytes_have_a_row() -> Iterator[str]:
    """I4: no bytes are kept for more than an hour that no version is about."""
    long_ago = (timezone.now() - _BYTES_MAY_WAIT).timestamp()
    kept = {sha256 for sha256, since in byte_store().all() if since < long_ago}
    known = EvidenceVersion.objects.values_list("sha256", flat=True).distinct()
    for sha256 in sorted(kept.difference(known.iterator())):
        yield f"the bytes {sha256} belong to no version"


def events_give_the_states() -> Iterator[str]:
    """I5: following the events of each version, one after the other, leads to its state."""
    states: dict[tuple[str, int], str] = {}
    events = Event.objects.filter(object_kind="evidence", object_version__gt=0).exclude(after="")
    for seq, ref, number, before, after in (
        events.order_by("seq")
        .values_list("seq", "object_ref", "object_version", "before", "after")
        .iterator()
    ):
        if states.get((ref, number), "") != before:
            yield f"event {seq} begins at {before!r}, which is not where the last one ended"
        states[ref, number] = after
    rows = EvidenceVersion.objects.values_list("evidence__public_id", "number", "state")
    for ref, number, state in rows.iterator():
        told = states.pop((ref, number), "nowhere")
        if told != state:
            yield f"evidence {ref}, version {number} is {state}, but its events end at {told}"
    for ref, number in states:
        yield f"evidence {ref}, version {number} has events and no row"


def links_are_as_recorded() -> Iterator[str]:
    """I5: all evidence is on record, and tied to the requirements that the record says."""
    links: dict[str, set[str]] = {}
    for one in told((Verb.EVIDENCE_CREATED, Verb.EVIDENCE_LINKED, Verb.EVIDENCE_UNLINKED)):
        codes = set(filter(None, str(one.facts.get("requirements", "")).split(",")))
        held = links.setdefault(one.ref, set())
        if one.verb == Verb.EVIDENCE_UNLINKED:
            held -= codes
        else:
            held |= codes
    known = Evidence.objects.values_list("public_id", flat=True)
    there = set(known.iterator())
    for ref in sorted(there - links.keys()):
        yield f"evidence {ref} is in the tables, and no event says so"
    for ref in sorted(links.keys() - there):
        yield f"evidence {ref} is on record, and not in the tables"
    rows = EvidenceLink.objects.order_by("pk").values_list(
        "evidence__public_id", "requirement__edition__code", "requirement__ref"
    )
    for ref, edition, number in rows.iterator():
        code = f"{edition}:{number}"
        if ref in links and code in links[ref]:
            links[ref].discard(code)
        else:
            yield f"evidence {ref} is tied to {code}, and no event says so"
    for ref in sorted(links.keys() & there):
        for code in sorted(links[ref]):
            yield f"evidence {ref} was tied to {code} on record, and is not in the tables"


def approved_versions_are_unchanged() -> Iterator[str]:
    """I8: every version ever approved is still there, with the bytes that were approved.

    Disposal takes the bytes, never the row: what was approved stays known by its SHA-256.
    """
    now = {
        (ref, number): sha256
        for ref, number, sha256 in EvidenceVersion.objects.values_list(
            "evidence__public_id", "number", "sha256"
        ).iterator()
    }
    approvals = Event.objects.filter(verb=Verb.VERSION_APPROVED)
    for ref, number, sha256 in approvals.values_list(
        "object_ref", "object_version", "sha256"
    ).iterator():
        if now.get((ref, number)) != sha256:
            yield f"evidence {ref}, version {number} is not what was approved"
