"""Who is told when a look at the record finds what was not there the last time."""

from collections.abc import Sequence

from django.conf import settings
from django.core.mail import send_mail
from django.urls import reverse

from portal.jobs import enqueue
from portal.people.models import User
from portal.people.queries import people_with_role
from portal.people.roles import Role
from portal.record.invariants import Broken
from portal.record.models import RecordCheck

_SHOWN = 20


def tell_of_differences(check: RecordCheck, new: Sequence[Broken]) -> None:
    """Put one mail for each IG lead and portal administrator into the queue, as there is news.

    Differences that were found before are not told of again, however many nights they stay.
    """
    for person in watchers():
        enqueue("portal.health.tasks.mail_differences", check.pk, person.public_id)


def watchers() -> list[User]:
    """Return who is told: IG leads and administrators of the whole organisation, by e-mail."""
    people = people_with_role([Role.IG_LEAD, Role.PORTAL_ADMIN])
    return [person for person in people.order_by("pk") if person.email]


def mail_differences(check: RecordCheck, person: User, new: Sequence[Broken]) -> None:
    """Mail one person what is new.

    Raises:
        OSError: the mail server did not take it.
    """
    address: str = settings.WAGTAILADMIN_BASE_URL
    shown = [f"- {broken.name}: {broken.sentence}" for broken in new[:_SHOWN]]
    if len(new) > _SHOWN:
        shown.append(f"- and {len(new) - _SHOWN} more")
    lines = [
        f"Hello {person.first_name or person},",
        (
            "The portal compares its record with its tables and files. This time they differ where "
            "they did not before:"
        ),
        "\n".join(shown),
        (
            "Somebody may have changed the database or the files past the portal, or a disk is "
            "failing. Do not put anything right by hand yet. Look at the check first, and what to "
            "do about it:"
        ),
        address.rstrip("/") + reverse("record:check", args=[check.pk]),
    ]
    subject = f"{settings.PORTAL_NAME}: the record and the tables differ"
    send_mail(subject, "\n\n".join(lines) + "\n", None, [str(person.email)])
