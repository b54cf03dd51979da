"""Keep the counts of who confirmed in line with who is asked and who confirmed.

Everything here locks the policy's row first, as confirming and publishing do, so that a count and a
confirmation are served one after the other.
"""

from collections import Counter
from collections.abc import Sequence

from django.db import transaction
from django.db.models import F
from django.db.models.functions import Least
from django.utils import timezone
from wagtail.models import Page

from portal.jobs import enqueue
from portal.policies.models import PolicyPage
from portal.policies.queries import current_policies
from portal.reading.counting import Corner, confirmations_in_force, corners_counted, corners_of
from portal.reading.models import Acknowledgement, AudienceChange, ReadingCount


def memberships_changed() -> None:
    """See that everything is counted again; called in the transaction of the change."""
    AudienceChange.objects.create()
    enqueue("portal.reading.tasks.recount_after_changes")


def policy_in_force(page: PolicyPage) -> None:
    """See that a policy is counted again; called in the transaction of its publication."""
    enqueue("portal.reading.tasks.recount", page.pk)


@transaction.atomic
def recount(page_id: int) -> None:
    """Count one policy anew and keep that. What nobody is asked to confirm has no counts."""
    Page.objects.select_for_update().filter(pk=page_id).first()
    page = PolicyPage.objects.select_related("in_force__version").filter(pk=page_id).first()
    ReadingCount.objects.filter(page=page_id).delete()
    if page is None:
        return
    now = timezone.now()
    ReadingCount.objects.bulk_create(
        [
            ReadingCount(page=page, site_id=site, role=role, counted_at=now, **vars(counted))
            for (site, role), counted in corners_counted(page).items()
        ],
        batch_size=500,
    )


def recount_after_changes() -> int:
    """Count every policy anew if somebody's place changed since; return how many were counted.

    The changes seen before counting are taken away after it. One that is kept meanwhile stays, and
    its own job counts again.
    """
    seen = list(AudienceChange.objects.values_list("pk", flat=True))
    if not seen:
        return 0
    counted = recount_all()
    for start in range(0, len(seen), 500):
        AudienceChange.objects.filter(pk__in=seen[start : start + 500]).delete()
    return counted


def recount_all() -> int:
    """Count every policy in force anew, each in a transaction of its own; return how many."""
    pages = list(current_policies().order_by("pk").values_list("pk", flat=True))
    for page_id in pages:
        recount(page_id)
    return len(pages)


def recount_of_yesterday() -> int:
    """Count anew what was last counted on an earlier day: roles begin and end with a day."""
    today = timezone.localtime().replace(hour=0, minute=0, second=0, microsecond=0)
    stale = current_policies().filter(
        reading_counts__counted_at__lt=today, reading_counts__site=None, reading_counts__role=""
    )
    pages = list(stale.order_by("pk").values_list("pk", flat=True))
    for page_id in pages:
        recount(page_id)
    return len(pages)


def count_confirmations(new: Sequence[Acknowledgement], page: PolicyPage) -> None:
    """Count new confirmations of one policy, in their own transaction. Its row is locked already.

    A second confirmation of the same major change adds nothing, nor does that of somebody who may
    read the policy and is not asked to. Counts never go above those asked: where somebody started a
    moment ago, the count that is on its way puts it right. Rows are changed and none is added, so
    that nothing is waited for that somebody else may hold.
    """
    people = {kept.person_id for kept in new}
    before = confirmations_in_force(page).exclude(pk__in=[kept.pk for kept in new])
    people -= set(before.filter(person__in=people).values_list("person_id", flat=True))
    added: Counter[Corner] = Counter()
    for corners in corners_of(people, page).values():
        added.update(corners)
    for (site, role), number in sorted(added.items(), key=str):
        ReadingCount.objects.filter(page=page, site=site, role=role).update(
            confirmed=Least(F("confirmed") + number, F("asked"))
        )
