"""The review queue: what waits for the person who looks, oldest first."""

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any, ClassVar

from django.contrib import messages
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.views import View
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

from evidence_review.evidence.models import EvidenceVersion
from evidence_review.evidence.reasons import checked_reason
from evidence_review.review.actions.return_version import return_version
from evidence_review.review.filters import QueueFilter
from evidence_review.review.permissions import user_can_review
from evidence_review.review.queries import COUNTED_AT_MOST, counted, waiting_count
from evidence_review.review.views.frame import framed
from portal.chrome.words import day, days_until, file_size, in_words
from portal.people.answers import require
from portal.people.requests import PersonRequest
from portal.refused import Refused
from portal.spreadsheets import SafeSpreadsheetMixin

PAGE = 25
_LAST_PAGE = 10_000
_CHOSEN = re.compile(r"([\w-]{1,22}):([0-9a-f]{64})", re.ASCII)


_COLUMNS: dict[str, tuple[str, Callable[[EvidenceVersion], object]]] = {
    "title": ("Evidence", lambda version: version.evidence.title),
    "number": ("Version", lambda version: version.number),
    "kind": ("Kind", lambda version: version.evidence.type.name),
    "site": ("Site", lambda version: str(version.evidence.site or "Every site")),
    "uploader": ("Uploaded by", lambda version: version.uploaded_by.actor_label),
    "since": (
        "Waiting since (UK time)",
        lambda version: timezone.localtime(version.state_since).replace(tzinfo=None),
    ),
    "file": ("File", lambda version: version.original_name),
    "sha256": ("SHA-256 of the file", lambda version: version.sha256),
}
"""Heading and value of each column of the spreadsheet, in order."""


class QueueView(SafeSpreadsheetMixin, WagtailAdminTemplateMixin, View):
    """The list, narrowed and ordered as asked, a page at a time.

    Several files can be returned from it with one reason. Nothing else is done to several at once.
    """

    template_name = "review/queue.html"
    page_title = "Review queue"
    header_icon = "doc-full-inverse"
    request: PersonRequest
    header_more_buttons: ClassVar[list[Any]] = []
    export_filename = "review-queue"
    list_export: ClassVar = list(_COLUMNS)
    export_headings: ClassVar = {name: heading for name, (heading, _) in _COLUMNS.items()}

    def get(self, request: PersonRequest) -> HttpResponseBase:
        """Show the queue, or give all of it as a spreadsheet."""
        require(user_can_review(request.user))
        if self.is_export:
            rows = QueueFilter(request.GET, person=request.user).queue()
            response: HttpResponseBase = self.as_spreadsheet(rows, request.GET["export"])
            return response
        return self._page()

    def to_row_dict(self, item: EvidenceVersion) -> dict[str, object]:
        """Return one row of the spreadsheet."""
        return {name: value(item) for name, (_, value) in _COLUMNS.items()}

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
        body = render_to_string("review/_queue.html", self.get_context_data(**more), self.request)
        return framed(self.request, body, self._frame, status=status)

    def _frame(self, body: str) -> str:
        """Put Wagtail's furniture around the body."""
        context = super().get_context_data(body=body)
        return render_to_string(self.template_name, context, self.request)

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
        found = counted(self.request.user, asked.queue()[first : first + PAGE + 1])
        return kwargs | {
            "asked": asked,
            "rows": queue_rows(found[:PAGE]),
            "previous": number - 1 if number > 1 else None,
            "next": number + 1 if len(found) > PAGE else None,
            "waiting": waiting_count(self.request.user),
            "counted_at_most": COUNTED_AT_MOST,
        }


@dataclass(frozen=True, slots=True)
class QueueRow:
    """One row in words, put together here because a template takes far longer over it."""

    public_id: str
    url: str
    sent: str
    title: str
    number: int
    about: str
    site: str
    uploader: str
    since: str
    ago: str


def queue_rows(versions: Iterable[EvidenceVersion]) -> list[QueueRow]:
    """Return rows for versions as ``review_queue`` loads them."""
    # Looking up an address is slow, and only one part of it differs.
    address = reverse("review:decide", args=["ID"])
    return [
        QueueRow(
            public_id=version.public_id,
            url=address.replace("ID", version.public_id),
            sent=f"{version.public_id}:{version.sha256}",
            title=version.evidence.title,
            number=version.number,
            about=f"{version.evidence.type.name}, {version.extension.upper()}, "
            f"{file_size(version.size)}",
            site=version.evidence.site.name if version.evidence.site else "Every site",
            uploader=version.uploaded_by.actor_label,
            since=day(version.state_since),
            ago=days_until(version.state_since),
        )
        for version in versions
    ]


def _page_number(asked: str) -> int:
    digits = asked if asked.isascii() and asked.isdigit() and len(asked) < 6 else "1"
    return min(max(int(digits), 1), _LAST_PAGE)
