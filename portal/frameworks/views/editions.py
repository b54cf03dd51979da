"""The editions, which of them still await checking, and vouching for one."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

from portal.frameworks.actions.check_edition import check_edition
from portal.frameworks.models import Edition
from portal.frameworks.permissions import user_can_check_editions
from portal.frameworks.queries import editions_with_counts
from portal.frameworks.views.access import CatalogueReadersOnly
from portal.people.answers import NotPermitted
from portal.people.requests import PersonRequest


class EditionsView(CatalogueReadersOnly, WagtailAdminTemplateMixin):
    """Every edition with its counts and whether somebody has checked it."""

    template_name = "frameworks/editions.html"
    page_title = "Catalogue"
    header_icon = "clipboard-list"

    def get(self, request: PersonRequest) -> HttpResponse:
        """Show the list."""
        response: HttpResponse = self.render_to_response(self.get_context_data())
        return response

    def get_breadcrumbs_items(self) -> list[dict[str, str]]:
        """Return the way back to the admin's first page."""
        return [*super().get_breadcrumbs_items(), {"url": "", "label": self.page_title}]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add the editions, and whether the person may vouch for them."""
        context: dict[str, Any] = super().get_context_data(**kwargs)
        return context | {
            "editions": editions_with_counts(),
            "may_check": bool(user_can_check_editions(self.request.user)),
        }


class CheckEditionView(CatalogueReadersOnly, WagtailAdminTemplateMixin):
    """Asks once more what vouching means, then vouches."""

    template_name = "frameworks/check.html"
    header_icon = "check"
    edition: Edition

    def get(self, request: PersonRequest, code: str) -> HttpResponse:
        """Show what is about to be said, and by whom."""
        self.edition = get_object_or_404(Edition, code=code)
        response: HttpResponse = self.render_to_response(self.get_context_data())
        return response

    def post(self, request: PersonRequest, code: str) -> HttpResponse:
        """Mark the edition as checked."""
        edition = get_object_or_404(Edition, code=code)
        try:
            check_edition(edition, actor=request.user)
        except NotPermitted as refused:
            messages.error(request, refused.reason)
        else:
            messages.success(request, f"{edition.name} is marked as checked.")
        return redirect("catalogue:index")

    def get_page_title(self) -> str:
        """Return the heading of the page."""
        return f"Mark {self.edition.name} as checked"

    def get_breadcrumbs_items(self) -> list[dict[str, str]]:
        """Return the way back to the editions."""
        return [
            *super().get_breadcrumbs_items(),
            {"url": reverse("catalogue:index"), "label": "Catalogue"},
            {"url": "", "label": "Mark as checked"},
        ]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add the edition."""
        context: dict[str, Any] = super().get_context_data(**kwargs)
        return context | {"edition": self.edition}
