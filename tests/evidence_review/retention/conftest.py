"""What the tests of retention share."""

import os
import time
from datetime import timedelta
from typing import Any

import pytest
from django.conf import settings
from django.db import transaction
from django.utils import timezone

from evidence_review.evidence.models import EvidenceVersion
from evidence_review.evidence.states import VersionState
from portal.people.models import User
from portal.people.roles import Role
from portal.record.record import record
from portal.record.verbs import Verb
from tests.factories import EvidenceFactory, PersonFactory, VersionFactory, confirmed_rule


@pytest.fixture
def lead(db: None) -> User:
    """An IG lead for every site, with no hand in anything yet."""
    return PersonFactory(role=Role.IG_LEAD, first_name="Grace", job_title="IG lead")


def put_in_the_record(version: EvidenceVersion) -> None:
    """Write the one event that leads to the version's state, as if it had come there at once."""
    with transaction.atomic():
        record(
            Verb.VERSION_UPLOADED,
            version.record_ref,
            actor=version.uploaded_by,
            after=version.state,
            sha256=version.sha256,
        )


def out_of_use(
    state: VersionState = VersionState.SUPERSEDED, *, years: int = 21, **wanted: Any
) -> EvidenceVersion:
    """Return a version that went out of use so many years ago, its bytes kept, its rule confirmed.

    Whether it is due is up to its rule: documents are kept for 20 years, 1 if never approved.
    """
    long_ago = timezone.now() - timedelta(days=round(365.25 * years))
    details = {
        name: wanted.pop(name) for name in ("site", "title", "period_end", "type") if name in wanted
    }
    if "evidence" not in wanted:
        wanted["evidence"] = EvidenceFactory(**details)
    version = VersionFactory(
        state=state, stored=True, uploaded_at=long_ago - timedelta(days=30), **wanted
    )
    EvidenceVersion.objects.filter(pk=version.pk).update(state_since=long_ago)
    version.evidence.history.update(history_date=long_ago - timedelta(days=30))
    version.refresh_from_db()
    confirmed_rule(version.evidence.type)
    grow_old(version.sha256)
    put_in_the_record(version)
    return version


def grow_old(sha256: str, *, hours: float = 24 * 365) -> None:
    """Let the bytes have been kept so long ago, in the store and in quarantine."""
    then = time.time() - hours * 3600
    for path in (settings.BYTES_DIR / sha256[:2] / sha256, settings.QUARANTINE_DIR / sha256):
        if path.exists():
            os.utime(path, (then, then))
