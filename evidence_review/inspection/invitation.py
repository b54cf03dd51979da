"""What an IG lead says when inviting an inspector, and the rules that always hold."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils import timezone

from portal.frameworks.models import Edition
from portal.people.models import Site
from portal.refused import Refused

LONGEST = timedelta(days=366)


class InvitationRefused(Refused):
    """The invitation breaks a rule. ``field`` names what to correct."""

    def __init__(self, field: str, reason: str) -> None:
        super().__init__(reason)
        self.field = field


@dataclass(frozen=True, kw_only=True)
class Invitation:
    """Who is invited, until when, to look at what. ``sites=None`` is every site, now and later."""

    name: str
    email: str
    ends: datetime
    sites: Sequence[Site] | None
    editions: Sequence[Edition]
    inspector_organisation: str = "Care Quality Commission"
    starts: datetime | None = None

    def check(self) -> None:
        """Go on when the invitation can be given.

        Raises:
            InvitationRefused: it cannot be mailed, is over, lasts too long or shows nothing.
        """
        try:
            validate_email(self.email)
        except ValidationError:
            raise InvitationRefused(
                "email", "Enter a work e-mail address, like name@cqc.org.uk"
            ) from None
        starts = self.starts or timezone.now()
        if self.ends <= max(starts, timezone.now()):
            raise InvitationRefused(
                "ends", "The end must be later than the start, and in the future"
            )
        if self.ends > starts + LONGEST:
            raise InvitationRefused("ends", "Access may last a year at most. Choose an earlier end")
        if self.sites is not None and not self.sites:
            raise InvitationRefused("sites", "Choose the sites the inspector may see")
        if not self.editions:
            raise InvitationRefused("editions", "Choose what the inspector may see evidence for")
