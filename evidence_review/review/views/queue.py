"""The review queue: what waits for the person who looks, oldest first."""

import re
from collections.abc import Sequence
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views import View
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

from evidence_review.evidence.models import EvidenceVersion
from evidence_review.review.actions.return_version import return_version
from evidence_review.review.filters import QueueFilter
from evidence_review.review.permissions import user_can_review
from evidence_review.review.queries import COUNTED_AT_MOST, waiting_count
from evidence_review.review.reasons import checked_reason
from portal.chrome.words import in_words
from portal.people.answers import require
from portal.people.requests import PersonRequest
from portal.refused import Refused

PAGE = 25
_LAST_PAGE = 10_000
_CHOSEN = re.compile(r"([\w-]{1,22}):([0-9a-f]{64})", re.ASCII)


class QueueView(WagtailAdminTemplateMixin, View):
    """The list, narrowed and ordered as asked, a page at a time.

    Several files can be returned from it with one reason. Nothing else is done to several at once.
    """

    template_name = "review/queue.html"
    page_title = "Review queue"
    header_icon = "doc-full-inverse"
    request: PersonRequest

    def get(self, request: PersonRequest) -> HttpResponse:
        """Show the queue."""
        require(user_can_review(request.user))
        return self._page()

    def post(self, request: PersonRequest) -> HttpResponse:
        """Return the chosen versions; those that cannot be returned are named with the reason."""
        require(user_can_review(request.user))
        chosen = _CHOSEN.findall(" ".join(request.POST.getlist("version")[:PAGE]))
        reason = request.POST.get("reason", "")
        try:
            checked_reason(reason, needed_to="return these files")
            if not chosen:
                raise Refused("Choose the files to return.")
        except Refused as refused:
            kept = {public_id for public_id, _ in chosen}
            return self._page(
                status=refused.status, error=refused.reason, typed_reason=reason, chosen=kept
            )
        self._return_all(chosen, reason)
        return redirect("review:queue")

    def _return_all(self, chosen: Sequence[tuple[str, str]], reason: str) -> None:
        returned = sum(self._return_one(public_id, sha256, reason) for public_id, sha256 in chosen)
        if returned:
            words = in_words(returned, "file is,files are")
            messages.success(self.request, f"{words} returned with your reason.")

    def _return_one(self, public_id: str, sha256_seen: str, reason: str) -> bool:
        actor = self.request.user
        try:
            return_version(public_id, actor=actor, sha256_seen=sha256_seen, reason=reason)
        except EvidenceVersion.DoesNotExist:
            messages.error(self.request, "One of the files is not there any more.")
            return False
        except Refused as refused:
            version = EvidenceVersion.objects.select_related("evidence").get(public_id=public_id)
            messages.error(self.request, f"{version} was not returned. {refused.reason}")
            return False
        return True

    def _page(self, *, status: int = 200, **more: Any) -> HttpResponse:
        context = self.get_context_data(**more)
        response: HttpResponse = self.render_to_response(context, status=status)
        return response

    def get_breadcrumbs_items(self) -> list[dict[str, str]]:
        """Return the way back to all evidence."""
        return [
            {"url": reverse("review:all"), "label": "Evidence"},
            {"url": "", "label": self.page_title},
        ]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Read one page of the queue, and one row more to know whether there is a next page."""
        asked = QueueFilter(self.request.GET, person=self.request.user)
        number = _page_number(self.request.GET.get("p", ""))
        first = (number - 1) * PAGE
        rows = list(asked.queue()[first : first + PAGE + 1])
        context: dict[str, Any] = super().get_context_data(**kwargs)
        return context | {
            "asked": asked,
            "rows": rows[:PAGE],
            "previous": number - 1 if number > 1 else None,
            "next": number + 1 if len(rows) > PAGE else None,
            "waiting": waiting_count(self.request.user),
            "counted_at_most": COUNTED_AT_MOST,
        }


def _page_number(asked: str) -> int:
    digits = asked if asked.isascii() and asked.isdigit() and len(asked) < 6 else "1"
    return min(max(int(digits), 1), _LAST_PAGE)
