"""What the nightly look at everything has found, and asking for one now."""

from typing import Any, cast

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.views import View
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

from portal.record.actors import Actor
from portal.record.checking import begin_check
from portal.record.models import CheckRun, RecordCheck
from portal.record.views.access import RecordReadersOnly

_ON_A_PAGE = 50


class ChecksView(RecordReadersOnly, WagtailAdminTemplateMixin, View):
    """All looks so far, newest first, the one under way, and the button for another."""

    template_name = "record/checks.html"
    header_icon = "history"
    page_title = "Checks of the record"

    def get(self, request: HttpRequest) -> HttpResponse:
        """Show the list."""
        response: HttpResponse = self.render_to_response(self.get_context_data())
        return response

    def post(self, request: HttpRequest) -> HttpResponse:
        """Begin a look at everything, in the background."""
        # Whoever may read the record is a person, and every person is an actor.
        begin_check(actor=cast(Actor, request.user))
        messages.success(
            request,
            "The check runs in the background. You can leave this page: the result is kept here.",
        )
        return redirect("record:checks")

    def get_breadcrumbs_items(self) -> list[dict[str, str]]:
        """Return the way back to the record."""
        return [
            *super().get_breadcrumbs_items(),
            {"url": reverse("record:index"), "label": "Record"},
            {"url": "", "label": self.page_title},
        ]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add the checks and the run under way."""
        context: dict[str, Any] = super().get_context_data(**kwargs)
        checks = RecordCheck.objects.select_related("event__detail", "event__erased__erasure")
        pages = Paginator(checks.order_by("-pk"), _ON_A_PAGE)
        run = CheckRun.objects.order_by("pk").first()
        return context | {
            "page": pages.get_page(self.request.GET.get("p")),
            "run": run,
            "done": len(run.found) if run else 0,
        }


class CheckView(RecordReadersOnly, WagtailAdminTemplateMixin, View):
    """One look: what each check makes sure of, and every difference that was kept."""

    template_name = "record/check.html"
    header_icon = "history"
    check: RecordCheck

    def get(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Show it; 404 when there is none."""
        found = RecordCheck.objects.select_related("event__detail", "event__erased__erasure")
        self.check = get_object_or_404(found, pk=pk)
        response: HttpResponse = self.render_to_response(self.get_context_data())
        return response

    def get_page_title(self) -> str:
        """Return the heading of the page."""
        return f"Check {self.check.pk}"

    def get_breadcrumbs_items(self) -> list[dict[str, str]]:
        """Return the way back to the checks."""
        return [
            *super().get_breadcrumbs_items(),
            {"url": reverse("record:index"), "label": "Record"},
            {"url": reverse("record:checks"), "label": "Checks of the record"},
            {"url": "", "label": self.get_page_title()},
        ]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add the check, with its differences beside each of its parts."""
        context: dict[str, Any] = super().get_context_data(**kwargs)
        said: dict[str, list[str]] = {}
        for name, sentence in self.check.differences:
            said.setdefault(name, []).append(sentence)
        parts = [{**part, "said": said.get(part["name"], [])} for part in self.check.counts]
        return context | {"check": self.check, "parts": parts}
