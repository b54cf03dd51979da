"""Erasing: somebody's details, and those of one event. What will happen is said first."""

from allauth.account.decorators import reauthentication_required
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.decorators import method_decorator
from django.utils.functional import cached_property

from portal.erasure.actions.erase_event import erase_event
from portal.erasure.actions.erase_person import erase_person
from portal.erasure.forms import EraseForm
from portal.erasure.models import Erasure
from portal.erasure.subjects import find_subject, obstacles, places
from portal.erasure.views.screens import ErasingScreen
from portal.people.requests import PersonRequest
from portal.people.traces import Fate, Subject
from portal.record.models import Event
from portal.record.queries import events
from portal.record.words import detail_pairs, thing_words
from portal.refused import Refused


class EraseView(ErasingScreen):
    """Erase what is kept of a person or an inspector."""

    template_name = "erasure/erase.html"
    page_title = "Erase details"

    @cached_property
    def subject(self) -> Subject:
        """Whose details it is about."""
        found = find_subject(self.kwargs["kind"], self.kwargs["ref"])
        if found is None:
            raise Http404("There is nobody like that.")
        return found

    def get(self, request: PersonRequest, kind: str, ref: str) -> HttpResponse:
        """Say what is kept where, and what becomes of it."""
        done = Erasure.objects.filter(kind=kind, ref=ref).first()
        if done is not None:
            return redirect("erasure:erasure", done.public_id)
        return self._ask(EraseForm())

    @method_decorator(reauthentication_required)
    def post(self, request: PersonRequest, kind: str, ref: str) -> HttpResponse:
        """Erase it."""
        form = EraseForm(request.POST)
        if not form.is_valid():
            return self._ask(form, status=400)
        try:
            erasure = erase_person(
                self.subject,
                actor=request.user,
                reason=form.why(),
                words=form.cleaned_data["words"],
            )
        except Refused as refused:
            form.add_error(None, refused.reason)
            return self._ask(form, status=refused.status)
        messages.success(request, "The details are erased. The record says so, and still holds.")
        return redirect("erasure:erasure", erasure.public_id)

    def _ask(self, form: EraseForm, *, status: int = 200) -> HttpResponse:
        against = obstacles(self.subject)
        found = [] if against else places(self.subject)
        return self.show(
            status=status,
            form=form,
            subject=self.subject,
            against=against,
            goes=[place for place in found if place.fate is not Fate.KEPT],
            stays=[place for place in found if place.fate is Fate.KEPT],
        )


class EraseEventView(ErasingScreen):
    """Erase the names and words beside one event."""

    template_name = "erasure/erase_event.html"
    page_title = "Erase names and words"

    @cached_property
    def event(self) -> Event:
        """The event."""
        return get_object_or_404(events(), seq=self.kwargs["seq"])

    def get(self, request: PersonRequest, seq: int) -> HttpResponse:
        """Say what will go."""
        if not self.event.detail_data:
            return redirect("record:event", seq)
        return self._ask(EraseForm())

    @method_decorator(reauthentication_required)
    def post(self, request: PersonRequest, seq: int) -> HttpResponse:
        """Erase it."""
        form = EraseForm(request.POST)
        if not form.is_valid():
            return self._ask(form, status=400)
        try:
            erase_event(
                self.event.seq,
                actor=request.user,
                reason=form.why(),
                words=form.cleaned_data["words"],
            )
        except Refused as refused:
            form.add_error(None, refused.reason)
            return self._ask(form, status=refused.status)
        messages.success(request, "The names and words of this event are erased.")
        return redirect("record:event", seq)

    def _ask(self, form: EraseForm, *, status: int = 200) -> HttpResponse:
        details = [("Who", self.event.actor_label), *detail_pairs(self.event)]
        return self.show(
            status=status,
            form=form,
            event=self.event,
            thing=thing_words(self.event),
            details=details,
        )
