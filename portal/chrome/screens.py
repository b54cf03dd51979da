"""What every screen of our own in the admin shares: the door, the way back, the answer."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.views import View
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

from portal.people.answers import Answer, require
from portal.people.models import User
from portal.people.requests import PersonRequest


class AdminScreen(WagtailAdminTemplateMixin, View):
    """One screen of the admin, for those who may."""

    request: PersonRequest

    def may_enter(self, person: User) -> Answer:
        """Say whether the person may use this screen."""
        raise NotImplementedError

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Let only those in who may."""
        require(self.may_enter(self.request.user))
        return super().dispatch(request, *args, **kwargs)

    def way_back(self) -> list[tuple[str, str]]:
        """Return address and name of the pages above this one."""
        raise NotImplementedError

    def get_breadcrumbs_items(self) -> list[dict[str, str]]:
        """Return the way back, and where one is."""
        above = [{"url": url, "label": label} for url, label in self.way_back()]
        return [*above, {"url": "", "label": self.get_page_title()}]

    def show(self, *, status: int = 200, **content: Any) -> HttpResponse:
        """Return the screen."""
        context = self.get_context_data(**content)
        response: HttpResponse = self.render_to_response(context, status=status)
        return response
