"""Keep what was just published, for good."""

import hashlib
import json

from django.db import transaction
from django.db.models import Max
from django.utils import timezone
from wagtail.models import Page, Revision, TaskState

from portal.people.models import User
from portal.policies.models import PolicyPage, PolicyVersion
from portal.record.actors import Actor
from portal.record.record import record
from portal.record.verbs import Verb


def text_sha256(page: PolicyPage) -> str:
    """Return the SHA-256, in hex, of the text people read, in one canonical form."""
    text = {
        "title": page.title,
        "summary": page.summary,
        "body": page.body.get_prep_value(),
    }
    canonical = json.dumps(text, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(canonical.encode()).hexdigest()


@transaction.atomic
def keep_version(page: PolicyPage, revision: Revision, *, actor: Actor) -> PolicyVersion:
    """Keep a published revision as the policy's next version, and record it.

    Called by the announcement of the publication, inside its transaction: whether the actor may
    publish was asked there (``FourEyesTask``). The page's row is locked, so numbers have no gap.
    """
    Page.objects.select_for_update().get(pk=page.pk)
    last = page.versions.aggregate(last=Max("number"))["last"] or 0
    version = PolicyVersion.objects.create(
        page=page,
        number=last + 1,
        revision=revision,
        sha256=text_sha256(page),
        published_at=page.last_published_at or timezone.now(),
        approved_by=approver_of(revision),
    )
    record(
        Verb.POLICY_PUBLISHED,
        version.record_ref,
        actor=actor,
        after="published",
        sha256=version.sha256,
        facts={"revision": revision.pk},
        detail={"title": page.title},
    )
    return version


def approver_of(revision: Revision) -> User | None:
    """Return who took the last deciding step on a revision; None when no workflow was there."""
    state = (
        TaskState.objects.filter(revision=revision, status=TaskState.STATUS_APPROVED)
        .select_related("finished_by")
        .order_by("-finished_at", "-pk")
        .first()
    )
    approver: User | None = state.finished_by if state else None
    return approver
