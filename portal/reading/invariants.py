"""What must be true of reading at all times."""

from collections import defaultdict
from collections.abc import Iterator
from datetime import timedelta

from django.db import transaction
from django.db.models import Exists, OuterRef
from django.utils import timezone
from wagtail.models import Page

from portal.policies.models import PolicyPage, PolicyVersion
from portal.policies.queries import current_policies
from portal.reading.counting import Counted, corners_counted
from portal.reading.models import Acknowledgement, AudienceChange, ReadingCount
from portal.record.replay import Pile, told
from portal.record.verbs import Verb

_SOON = timedelta(hours=2)
"""A count that is due waits for the worker; it is late after this."""


def counts_follow_from_the_confirmations() -> Iterator[str]:
    """I17: what is kept of how many confirmed is what the confirmations and the audience say."""
    due = AudienceChange.objects.order_by("at").values_list("at", flat=True).first()
    if due is not None:
        if due < timezone.now() - _SOON:
            yield f"nobody counted who is asked to read since people changed on {due.isoformat()}"
        return
    for page_id in current_policies().order_by("pk").values_list("pk", flat=True):
        if not _agrees(page_id):
            yield f"the kept counts of policy {page_id} are not what its confirmations say"


@transaction.atomic
def _agrees(page_id: int) -> bool:
    Page.objects.select_for_update().get(pk=page_id)
    page = PolicyPage.objects.select_related("in_force__version").get(pk=page_id)
    rows = list(ReadingCount.objects.filter(page=page_id))
    kept = {(row.site_id, row.role): Counted(row.asked, row.confirmed) for row in rows}
    counted_at = min((row.counted_at for row in rows), default=None)
    # A publication is counted by its own job, and the beginning of a day by the hourly one.
    midnight = timezone.localtime().replace(hour=0, minute=0, second=0, microsecond=0)
    due = max(page.in_force.version.published_at, midnight)
    is_waiting = (counted_at is None or counted_at < due) and due > timezone.now() - _SOON
    return is_waiting or kept == corners_counted(page)


def confirmations_name_what_was_published() -> Iterator[str]:
    """I18: every confirmation names a version, and page, number and bytes as that version has."""
    published = PolicyVersion.objects.filter(
        pk=OuterRef("version"),
        page=OuterRef("page"),
        major=OuterRef("major"),
        sha256=OuterRef("sha256"),
    )
    stray = Acknowledgement.objects.filter(~Exists(published))
    for key in stray.order_by("pk").values_list("pk", flat=True):
        yield f"confirmation {key} names what was never published"


def confirmations_are_as_recorded() -> Iterator[str]:
    """I5: every confirmation is on record, and every one on record is kept."""
    on_record: defaultdict[tuple[str, int], Pile] = defaultdict(Pile)
    kept: defaultdict[tuple[str, int], Pile] = defaultdict(Pile)
    for one in told((Verb.POLICY_ACKNOWLEDGED,)):
        person = str(one.facts["person"])
        on_record[one.ref, one.version].add(person, str(one.facts["how"]), one.sha256)
    columns = ("page_id", "version__number", "person__public_id", "how", "sha256")
    rows = Acknowledgement.objects.order_by("pk").values_list(*columns)
    for page, number, person, how, sha256 in rows.iterator():
        kept[str(page), number].add(f"person:{person}", how, sha256)
    for key in sorted(on_record.keys() | kept.keys()):
        told_of, there = on_record[key], kept[key]
        if told_of != there:
            page_ref, number = key
            yield (
                f"policy {page_ref}, version {number} has {there.count} confirmations in the "
                f"tables; the record has {told_of.count}, or others"
            )
