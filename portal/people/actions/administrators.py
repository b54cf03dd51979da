"""The portal always keeps somebody who can look after it."""

from django.utils import timezone

from portal.people.models import Membership, User
from portal.people.roles import Role
from portal.refused import Refused


class LastAdministrator(Refused):
    """Nobody would be left who may manage people and sites."""

    status = 409

    def __init__(self) -> None:
        super().__init__(
            "Nobody else is portal administrator for good. Give that role to somebody else first, "
            "for every site and without a last day."
        )


def ensure_another_administrator(person: User) -> None:
    """Go on when somebody else stays administrator; call it inside the transaction, first of all.

    Two administrators who end each other's role at once are served one after the other.

    Raises:
        LastAdministrator: everybody else's role has a last day, has not begun, or is switched off.
    """
    lasting = Membership.objects.filter(
        role=Role.PORTAL_ADMIN, site__isnull=True, ends__isnull=True
    )
    locked = list(lasting.select_for_update().order_by("pk").values_list("pk", flat=True))
    stays = lasting.filter(
        pk__in=locked, starts__lte=timezone.localdate(), person__is_active=True
    ).exclude(person=person)
    if not stays.exists():
        raise LastAdministrator
