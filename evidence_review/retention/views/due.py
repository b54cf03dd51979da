"""What is due for disposal, and disposing of what was chosen."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import partial
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect

from evidence_review.evidence.models import EvidenceVersion
from evidence_review.retention.actions.dispose import dispose
from evidence_review.retention.forms import DueFilter
from evidence_review.retention.models import LegalHold, RetentionRule
from evidence_review.retention.permissions import user_can_manage_retention
from evidence_review.retention.queries import due_for_disposal, rules_by_type, term_of
from evidence_review.retention.terms import Term, in_years
from evidence_review.retention.views.screen import RetentionScreen, password_again
from evidence_review.retention.views.sheets import DUE, sheet_asked_for
from portal.chrome.words import in_words
from portal.people.answers import require
from portal.people.requests import PersonRequest
from portal.refused import Refused

PAGE = 50
"""So many at once: each is disposed of in a transaction of its own while the person waits."""
_NAME_LENGTH = 22


@dataclass(frozen=True)
class DueRow:
    """One version that may go."""

    version: EvidenceVersion
    term: Term
    is_own: bool

    @property
    def rule_in_words(self) -> str:
        """The rule it falls under."""
        return f"{in_years(self.term.months)} from {self.term.basis.label}"


def due_rows(found: Iterable[Any], rules: dict[int, RetentionRule], person_id: int) -> list[DueRow]:
    """Return rows for what ``due_for_disposal`` gives."""
    return [
        DueRow(
            version,
            term_of(version, rules[version.evidence.type_id], once_approved=version.once_approved),
            version.uploaded_by_id == person_id,
        )
        for version in found
        if version.evidence.type_id in rules
    ]


class DueView(RetentionScreen):
    """The list, a page at a time."""

    template_name = "retention/due.html"
    page_title = "Due for disposal"
    header_icon = "bin"

    def get(self, request: PersonRequest) -> HttpResponseBase:
        """Show it, or give it out as a spreadsheet."""
        form = DueFilter(request.GET)
        found = due_for_disposal(**form.asked())
        rules = rules_by_type()
        whole = partial(due_rows, found, rules, request.user.pk)
        if sheet := sheet_asked_for(request, "due-for-disposal", DUE, whole):
            return sheet
        page = Paginator(found, PAGE).get_page(request.GET.get("p"))
        held = LegalHold.objects.filter(lifted_at=None).exists()
        return self.show(
            form=form,
            page=page,
            rows=due_rows(page.object_list, rules, request.user.pk),
            is_held=held,
        )


class DisposeView(RetentionScreen):
    """Say what follows, ask for the reason, then do it. At one address, chosen files in it."""

    template_name = "retention/dispose.html"
    page_title = "Dispose of files"
    header_icon = "bin"
    parents = (
        ("retention:rules", "How long evidence is kept"),
        ("retention:due", "Due for disposal"),
    )

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Ask for the password again, after asking who it is."""
        require(user_can_manage_retention(self.request.user))
        return password_again(request) or super().dispatch(request, *args, **kwargs)

    def get(self, request: PersonRequest) -> HttpResponse:
        """Show what was chosen and what follows."""
        rows = self._rows()
        if not rows:
            messages.warning(request, "Choose at least one file that is due.")
            return redirect("retention:due")
        return self._page(rows)

    def post(self, request: PersonRequest) -> HttpResponse:
        """Dispose of each; say of those that stay why they do."""
        reason = request.POST.get("reason", "")
        rows = self._rows()
        stay: list[tuple[DueRow, Refused]] = []
        for row in rows:
            try:
                dispose(row.version.public_id, actor=request.user, reason=reason)
            except Refused as refused:
                stay.append((row, refused))
        if stay and len(stay) == len(rows):
            first = stay[0][1]
            return self._page(rows, error=first.reason, typed_reason=reason, status=first.status)
        for row, refusal in stay:
            messages.warning(request, f"{row.version} stays. {refusal.reason}")
        self._say(len(rows) - len(stay))
        return redirect("retention:due")

    def _say(self, gone: int) -> None:
        if not gone:
            nothing = "Nothing was disposed of: none of these is due any more."
            messages.warning(self.request, nothing)
            return
        said = in_words(gone, "file is,files are")
        messages.success(
            self.request, f"{said} disposed of. Each has a certificate on its evidence’s page."
        )

    def _rows(self) -> list[DueRow]:
        chosen = [name for name in self.request.GET.getlist("v") if len(name) <= _NAME_LENGTH]
        clean = [name for name in chosen if name.isascii() and name.isprintable()][:PAGE]
        found = due_for_disposal().filter(public_id__in=clean)
        return due_rows(found, rules_by_type(), self.request.user.pk)

    def _page(self, rows: list[DueRow], *, status: int = 200, **more: Any) -> HttpResponse:
        size = sum(row.version.size for row in rows)
        return self.show(rows=rows, size=size, status=status, **more)
