"""What the screens about retention share."""

from typing import Any

from allauth.account.decorators import reauthentication_required
from allauth.core.exceptions import ReauthenticationRequired
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.http import urlencode
from django.views import View
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

from evidence_review.retention.permissions import user_can_manage_retention
from portal.people.answers import Answer, require
from portal.people.models import User
from portal.people.requests import PersonRequest


class RetentionScreen(WagtailAdminTemplateMixin, View):
    """The door, the way back, and the page."""

    header_icon = "history"
    request: PersonRequest
    parents: tuple[tuple[str, str], ...] = (("retention:rules", "How long evidence is kept"),)

    def may(self, person: User) -> Answer:
        """Whether the person may come in."""
        return user_can_manage_retention(person)

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Let only those in who may."""
        require(self.may(self.request.user))
        return super().dispatch(request, *args, **kwargs)

    def get_breadcrumbs_items(self) -> list[dict[str, str]]:
        """Return the way back."""
        above = [{"url": reverse(name), "label": label} for name, label in self.parents]
        return [*above, {"url": "", "label": self.get_page_title()}]

    def page(self, *, status: int = 200, **content: Any) -> HttpResponse:
        """Return the screen."""
        context = self.get_context_data(**content)
        response: HttpResponse = self.render_to_response(context, status=status)
        return response


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
