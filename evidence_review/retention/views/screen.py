"""What the screens about retention share."""

from allauth.account.decorators import reauthentication_required
from allauth.core.exceptions import ReauthenticationRequired
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.http import urlencode

from evidence_review.retention.permissions import user_can_manage_retention
from portal.chrome.screens import AdminScreen
from portal.people.answers import Answer
from portal.people.models import User


class RetentionScreen(AdminScreen):
    """The door, the way back, and the page."""

    header_icon = "history"
    parents: tuple[tuple[str, str], ...] = (("retention:rules", "How long evidence is kept"),)

    def may_enter(self, person: User) -> Answer:
        """Whether the person may come in."""
        return user_can_manage_retention(person)

    def way_back(self) -> list[tuple[str, str]]:
        """Return the pages above this one."""
        return [(reverse(name), label) for name, label in self.parents]


def password_again(request: HttpRequest) -> HttpResponse | None:
    """Lead to the page that asks for the password, unless it was entered in the last 15 minutes.

    It leads back to this address, so a form must be shown and sent at the same one.
    """

    @reauthentication_required
    def just_entered(request: HttpRequest) -> None:
        return None

    try:
        just_entered(request)
    except ReauthenticationRequired:
        query = urlencode({"next": request.get_full_path()})
        return redirect(f"{reverse('account_reauthenticate')}?{query}")
    return None
