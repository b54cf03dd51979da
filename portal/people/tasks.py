"""The worker's side of this room."""

from django.db import transaction

from portal.people.groups import follow_memberships
from portal.people.models import User


def follow_dates() -> None:
    """Bring everybody's admin groups in line with the memberships that count today.

    Permission questions look at the dates themselves; only Wagtail's own groups need following.
    """
    for person in User.objects.filter(memberships__isnull=False).distinct().iterator():
        with transaction.atomic():
            follow_memberships(person)
