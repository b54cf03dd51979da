"""Keep what was just published, for good."""

from datetime import date, datetime, timedelta

from django.db import transaction
from django.utils import timezone
from wagtail.models import Page, Revision

from portal.people.models import Site
from portal.policies.approvals import require_approval
from portal.policies.audience import pairs_of
from portal.policies.changes import Change
from portal.policies.downloads import downloads_in
from portal.policies.fingerprints import text_sha256
from portal.policies.models import (
    PolicyAudience,
    PolicyDownload,
    PolicyInForce,
    PolicyPage,
    PolicyVersion,
)
from portal.record.actors import Actor
from portal.record.record import record
from portal.record.verbs import Verb


@transaction.atomic
def keep_version(page: PolicyPage, revision: Revision, *, actor: Actor) -> PolicyVersion:
    """Keep a published revision as the policy's next version, and record it.

    Called by the announcement of the publication, inside its transaction. The page's row is locked,
    so numbers have no gap.

    Raises:
        NotApproved: when nobody else approved this revision, or when it is kept already.
    """
    Page.objects.select_for_update().get(pk=page.pk)
    approval = require_approval(page, revision)
    last = page.versions.order_by("-number").first()
    number = last.number + 1 if last else 1
    is_major = last is None or page.change == Change.MAJOR
    published_at = page.last_published_at or timezone.now()
    sites = list(page.for_sites.all())
    version = PolicyVersion.objects.create(
        page=page,
        number=number,
        major=number if is_major or last is None else last.major,
        revision=revision,
        sha256=text_sha256(page),
        change_note=page.change_note,
        asks_to_confirm=page.asks_to_confirm,
        confirm_by=_confirm_by(page, published_at, None if is_major else last),
        audience={"roles": page.for_roles, "sites": [site.public_id for site in sites]},
        published_at=published_at,
        approved_by=approval.finished_by,
    )
    _put_in_force(page, version, sites)
    record(
        Verb.POLICY_PUBLISHED,
        version.record_ref,
        actor=actor,
        after="published",
        sha256=version.sha256,
        facts={"revision": revision.pk, "major": version.major},
        detail={"title": page.title, "change": page.change_note},
    )
    return version


def _put_in_force(page: PolicyPage, version: PolicyVersion, sites: list[Site]) -> None:
    """Let this version hold from now on, for its audience and with its files."""
    PolicyInForce.objects.update_or_create(page=page, defaults={"version": version})
    _set_audience(page, sites)
    _set_downloads(page)


def _set_audience(page: PolicyPage, sites: list[Site]) -> None:
    """Let the policy be for the roles and sites of the version that holds now."""
    PolicyAudience.objects.filter(page=page).delete()
    PolicyAudience.objects.bulk_create(
        [
            PolicyAudience(page=page, role=role, site=site)
            for role, site in pairs_of(page.for_roles, sites)
        ]
    )


def _set_downloads(page: PolicyPage) -> None:
    """Let readers have the files of the version that holds now, and no others."""
    PolicyDownload.objects.filter(page=page).delete()
    PolicyDownload.objects.bulk_create(
        PolicyDownload(page=page, public_id=public_id, sha256=sha256)
        for public_id, sha256 in downloads_in(page.body).items()
    )


def _confirm_by(
    page: PolicyPage, published_at: datetime, earlier: PolicyVersion | None
) -> date | None:
    """Return the last day to confirm. A minor change leaves the day of the ``earlier`` version."""
    if not page.asks_to_confirm:
        return None
    if earlier is not None and earlier.confirm_by is not None:
        return earlier.confirm_by
    return timezone.localdate(published_at) + timedelta(days=page.confirm_days)
