"""What the screens of erasures share: the door, the way back, the answer."""

from typing import Any, ClassVar

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.views import View
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

from portal.erasure.permissions import user_can_erase, user_can_see_erasures
from portal.people.answers import Answer, require
from portal.people.models import User
from portal.people.requests import PersonRequest


class ErasureScreen(WagtailAdminTemplateMixin, View):
    """A screen about erasures, for those who may see them."""

    request: PersonRequest
    header_icon = "bin"
    above: ClassVar[list[tuple[str, str]]] = [("erasure:index", "Erased details")]

    def may_enter(self, person: User) -> Answer:
        """Let those in who may see erasures."""
        return user_can_see_erasures(person)

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Let only those in who may."""
        require(self.may_enter(self.request.user))
        return super().dispatch(request, *args, **kwargs)

    def get_breadcrumbs_items(self) -> list[dict[str, str]]:
        """Return the way back, and where one is."""
        record = {"url": reverse("record:index"), "label": "Record"}
        above = [{"url": reverse(name), "label": label} for name, label in self.above]
        return [record, *above, {"url": "", "label": self.get_page_title()}]

    def show(self, *, status: int = 200, **content: Any) -> HttpResponse:
        """Return the screen."""
        context = self.get_context_data(**content)
        response: HttpResponse = self.render_to_response(context, status=status)
        return response


class ErasingScreen(ErasureScreen):
    """A screen that erases: for those who may, and who just gave their password again."""

    def may_enter(self, person: User) -> Answer:
        """Let those in who may erase."""
        return user_can_erase(person)
