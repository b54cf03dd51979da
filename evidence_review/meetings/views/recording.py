"""The page that records a meeting: first what was read and where, then who was there."""

import secrets

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.decorators import method_decorator
from django.views import View

from evidence_review.evidence.actions.upload import Upload
from evidence_review.evidence.intake import take_in
from evidence_review.meetings.actions.record_meeting import Held, record_meeting
from evidence_review.meetings.choosing import Choice
from evidence_review.meetings.forms import MeetingForm
from evidence_review.meetings.models import Meeting
from evidence_review.meetings.permissions import user_can_record_meetings
from portal.chrome.words import in_words
from portal.people.answers import require
from portal.people.models import Site
from portal.people.requests import PersonRequest
from portal.refused import Refused

_FIND, _ALL = "find", "all"


@method_decorator(login_required, name="dispatch")
class RecordMeeting(View):
    """Both steps at one address; the second begins when site and policies are chosen."""

    def get(self, request: PersonRequest) -> HttpResponse:
        """Ask where and what, then show who may have been there."""
        require(user_can_record_meetings(request.user, None))
        choice = Choice(request.user, request.GET)
        form = MeetingForm(initial={"upload_key": secrets.token_urlsafe(16)})
        return _page(request, choice, form)

    def post(self, request: PersonRequest) -> HttpResponse:
        """Keep the meeting; or find people, or tick all of them, and show the page again."""
        require(user_can_record_meetings(request.user, None))
        choice = Choice(request.user, request.POST)
        do = request.POST.get("do", "")
        if choice.site is None:
            return _page(request, choice, MeetingForm(), status=400)
        if do in (_FIND, _ALL):
            if do == _ALL:
                choice.tick_all()
            return _page(request, choice, MeetingForm(initial=_typed(request)))
        form = MeetingForm(request.POST, request.FILES)
        if form.is_valid():
            try:
                return self._record(request, choice, form, choice.site)
            except Refused as refusal:
                form.add_error(None, refusal.reason)
        return _page(request, choice, form, status=400)

    def _record(
        self, request: PersonRequest, choice: Choice, form: MeetingForm, site: Site
    ) -> HttpResponse:
        data = form.cleaned_data
        (received,) = data["sent"]
        held = Held(
            site=site,
            held_on=data["held_on"],
            versions=[page.in_force.version for page in choice.chosen],
            people=choice.ticked,
        )
        sheet = Upload(
            file=take_in(received, keep_location=data["keep_location"]), key=data["upload_key"]
        )
        meeting = record_meeting(held, sheet, actor=request.user)
        messages.success(request, _said(meeting))
        return redirect("meetings:detail", public_id=meeting.public_id)


def _said(meeting: Meeting) -> str:
    people = in_words(meeting.people.count(), "person,people")
    return f"Kept: {people} read this together. The sheet is being checked for viruses."


def _typed(request: PersonRequest) -> dict[str, object]:
    """Return what the form held already; a file has to be chosen again."""
    days = tuple(request.POST.get(f"held_on_{part}", "") for part in ("day", "month", "year"))
    return {"upload_key": request.POST.get("upload_key", ""), "held_on": days}


def _page(
    request: PersonRequest, choice: Choice, form: MeetingForm, status: int = 200
) -> HttpResponse:
    template = "people" if choice.site and choice.chosen else "choose"
    context = {"choice": choice, "form": form}
    return render(request, f"meetings/{template}.html", context, status=status)
