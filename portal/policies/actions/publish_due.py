"""Publish what was approved for a day that has come, and end what was to end."""

import logging
from datetime import datetime

from django.db import transaction
from django.utils import timezone
from wagtail.models import Page, Revision

from portal.policies.approvals import NotApproved
from portal.policies.models import PolicyPage

log = logging.getLogger(__name__)


def publish_due(now: datetime | None = None) -> int:
    """Publish and withdraw what is due; return how many policies changed.

    Each in a transaction of its own that first takes its row and asks again whether it is due, so
    that two workers at once do it once. The version kept and the withdrawal recorded name the
    scheduler. A policy whose approval is no longer there stays as it is, and is shown to the
    editors as a problem (``problems``).
    """
    now = now or timezone.now()
    due = Revision.objects.filter(approved_go_live_at__lte=now).order_by("approved_go_live_at")
    over = PolicyPage.objects.live().filter(expire_at__lte=now)
    published = [_publish_if_approved(key, now) for key in due.values_list("pk", flat=True)]
    withdrawn = [_withdraw(key, now) for key in over.values_list("pk", flat=True)]
    return sum(published) + sum(withdrawn)


def _publish_if_approved(key: int, now: datetime) -> bool:
    try:
        return _publish(key, now)
    except NotApproved:
        log.warning("revision %s of a policy is due, but its approval is gone", key)
        return False


@transaction.atomic
def _publish(key: int, now: datetime) -> bool:
    """Publish one revision, if it is still due."""
    waiting = Revision.objects.select_for_update().filter(approved_go_live_at__lte=now)
    revision = waiting.filter(pk=key).first()
    if revision is None:
        return False
    revision.publish(log_action="wagtail.publish.scheduled")
    return True


@transaction.atomic
def _withdraw(key: int, now: datetime) -> bool:
    """Withdraw one policy, if it is still live and its day has come."""
    live = Page.objects.select_for_update().filter(live=True, expire_at__lte=now)
    if live.filter(pk=key).first() is None:
        return False
    PolicyPage.objects.get(pk=key).unpublish(
        set_expired=True, log_action="wagtail.unpublish.scheduled"
    )
    return True
