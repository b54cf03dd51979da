"""For IG leads: what an inspector was shown, and what they would have been shown at any time."""

from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse

from evidence_review.inspection.agreement import differences
from evidence_review.inspection.kept_pages import NotAsKept, read_page
from evidence_review.inspection.looks import past_of
from evidence_review.inspection.models import ShownPage
from evidence_review.inspection.pages import TEMPLATES, Asked
from evidence_review.inspection.queries import access_events
from evidence_review.inspection.shown import Facts
from evidence_review.inspection.views.access import OneAccess
from evidence_review.inspection.views.sheets import page_then
from portal.chrome.past import past_form
from portal.people.requests import PersonRequest
from portal.record.models import Event
from portal.record.moments import Moment, moment_at
from portal.record.verbs import Verb

ERASED = "What was shown was erased with the details of a person who was named in it."
ALTERED = "What was kept of this page is not what the record says was kept. Tell your supplier."
AGREES = "The record, asked today, gives the same evidence for that moment."
DIFFERS = "The record, asked today, gives something else for that moment:"


class ShownView(OneAccess):
    """A page again as an inspector was shown it."""

    template_name = "inspection/admin/not_shown.html"

    def get(self, request: PersonRequest, public_id: str, seq: int) -> HttpResponse:
        """Show it, or say why it cannot be shown."""
        looks = access_events(self.access).filter(verb=Verb.INSPECTOR_ACCESS_SUMMARY_VIEWED)
        look = get_object_or_404(looks.exclude(sha256=""), seq=seq)
        kept = ShownPage.objects.filter(sha256=look.sha256).first()
        try:
            page = read_page(kept) if kept else None
        except NotAsKept:
            return self.show(why=ALTERED, look=look)
        if kept is None or page is None:
            return self.show(why=ERASED if kept else ALTERED, look=look)
        return render(request, TEMPLATES[page["kind"]], self._around(look, page) | page)

    def _around(self, look: Event, page: Facts) -> dict[str, Any]:
        past = past_of(look)
        moment = moment_at(past) if past else Moment(look.seq, look.at)
        found = differences(page, self.access, moment, is_whole=past is None)
        return {
            "is_kept": True,
            "today": look.at,
            "then": past,
            "entries": look.seq,
            "digest": look.sha256,
            "agreement": DIFFERS if found else AGREES,
            "differences": found,
            "back_url": reverse("inspectors:access", args=[self.access.public_id]),
            "back_words": self.access.name,
        }


class PastView(OneAccess):
    """What the inspector would have been shown at a time in the past."""

    template_name = "inspection/admin/past.html"

    def get(self, request: PersonRequest, public_id: str) -> HttpResponse:
        """Show the form, or the page that was asked for."""
        asked, form = Asked.of(request.GET), past_form(request.GET)
        if not form.is_valid():
            return self.show(past_form=form)
        shown = asked and page_then(self.access, asked, form.found(), for_staff=True)
        if not asked or not shown:
            raise Http404("This part is not in the summary of this inspector.")
        sheet, frame = shown
        access = reverse("inspectors:access", args=[self.access.public_id])
        around = {"pages": sheet.pages, "past_form": form, "today_url": access}
        return render(request, sheet.template, frame | around | sheet.facts)
