"""The screens of packs in the admin: make one, follow it, download it."""

from functools import partial
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse

from evidence_review.packs.actions.fail_pack import stop_pack, try_again
from evidence_review.packs.actions.record_download import record_download
from evidence_review.packs.actions.request_pack import request_pack
from evidence_review.packs.contents import contents_of, scope_in_words
from evidence_review.packs.delivery import serve_pack
from evidence_review.packs.forms import InspectorsPackForm, PackForm, open_access
from evidence_review.packs.models import Pack
from evidence_review.packs.permissions import user_can_open_pack, user_can_see_packs
from evidence_review.packs.progress import progress_of
from evidence_review.packs.queries import visible_packs
from evidence_review.packs.scopes import Choice, frozen
from evidence_review.packs.states import PackState, PackVerb, may
from evidence_review.packs.withdrawal import holds_gone, removed_for_what_is_gone
from portal.chrome.screens import AdminScreen
from portal.people.answers import Answer, NotPermitted
from portal.people.models import User
from portal.people.requests import PersonRequest
from portal.record.moments import moment_now
from portal.refused import Refused

MOST_TITLES = 10


class PackScreen(AdminScreen):
    """What the screens about packs share: the door, and the way back."""

    header_icon = "download"

    def may_enter(self, person: User) -> Answer:
        """Let only those in who may make packs."""
        return user_can_see_packs(person)

    def way_back(self) -> list[tuple[str, str]]:
        """Return the list."""
        return [(reverse("packs:index"), "Inspection packs")]


class NewPackView(PackScreen):
    """Choose what a pack is about, see what will be in it, have it made."""

    template_name = "packs/admin/new.html"
    page_title = "Make an inspection pack"

    def get(self, request: PersonRequest) -> HttpResponse:
        """Show the form."""
        return self._form(PackForm(actor=request.user))

    def post(self, request: PersonRequest) -> HttpResponse:
        """Say what will be in it; with ``make``, have it made."""
        if "for_inspector" in request.POST:
            return self._for_inspector(request)
        form = PackForm(request.POST, actor=request.user)
        if not form.is_valid():
            return self._form(form, status=400)
        if "make" not in request.POST:
            return self._form(form) if "change" in request.POST else self._look(form)
        try:
            pack = request_pack(form.choice(), actor=request.user)
        except NotPermitted as refused:
            form.add_error("sites", refused.reason)
            return self._form(form, status=403)
        return redirect("packs:pack", pack.public_id)

    def _for_inspector(self, request: PersonRequest) -> HttpResponse:
        theirs = InspectorsPackForm(request.POST, actor=request.user)
        if not theirs.is_valid():
            return self._form(PackForm(actor=request.user), theirs=theirs, status=400)
        choice = Choice.of_access(theirs.cleaned_data["access"], with_files=True)
        pack = request_pack(choice, actor=request.user)
        return redirect("packs:pack", pack.public_id)

    def _form(
        self, form: PackForm, *, theirs: InspectorsPackForm | None = None, status: int = 200
    ) -> HttpResponse:
        if theirs is None and open_access(self.request.user).exists():
            theirs = InspectorsPackForm(actor=self.request.user)
        return self.show(form=form, theirs=theirs, status=status)

    def _look(self, form: PackForm) -> HttpResponse:
        choice = form.choice()
        draft = Pack(scope=frozen(choice), with_files=choice.with_files)
        contents = contents_of(draft, moment_now())
        chapters = [
            (chapter, [part for part in chapter.parts if part.evidence or part.claims])
            for chapter in contents.chapters
        ]
        return self.show(
            form=form,
            contents=contents,
            chapters=chapters,
            titles=contents.evidence[:MOST_TITLES],
            more=max(0, len(contents.evidence) - MOST_TITLES),
            scope=scope_in_words(draft.scope),
        )


class OnePack(PackScreen):
    """What the screens about one pack share; 404 for one that is not the person's."""

    pack: Pack

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        """Find the pack before anything else."""
        super().setup(request, *args, **kwargs)
        if user_can_see_packs(self.request.user):
            found = visible_packs(self.request.user)
            self.pack = get_object_or_404(found, public_id=kwargs["public_id"])

    def get_page_title(self) -> str:
        """Return what the pack is called."""
        return str(self.pack)


class PackView(OnePack):
    """How far one pack is, and what can be done with it."""

    template_name = "packs/admin/pack.html"

    def get(self, request: PersonRequest, public_id: str) -> HttpResponse:
        """Show it."""
        state = self.pack.state
        return self.show(
            pack=self.pack,
            progress=progress_of(self.pack),
            scope=scope_in_words(self.pack.scope),
            may_stop=may(state, PackVerb.CANCEL),
            may_try_again=may(state, PackVerb.TRY_AGAIN),
            is_ready=state == PackState.READY,
        )


class StopPackView(OnePack):
    """Stop one that is being made."""

    def post(self, request: PersonRequest, public_id: str) -> HttpResponse:
        """Stop it."""
        try:
            stop_pack(self.pack, actor=request.user)
        except Refused as refused:
            messages.error(request, refused.reason)
        return redirect("packs:pack", public_id)


class TryAgainView(OnePack):
    """Make one again."""

    def post(self, request: PersonRequest, public_id: str) -> HttpResponse:
        """Put it back in the queue."""
        try:
            try_again(self.pack, actor=request.user)
        except Refused as refused:
            messages.error(request, refused.reason)
        return redirect("packs:pack", public_id)


class DownloadPackView(OnePack):
    """Give out the file."""

    def get(self, request: PersonRequest, public_id: str) -> HttpResponseBase:
        """Write it down, then give it."""
        if self.pack.state != PackState.READY or removed_for_what_is_gone(self.pack):
            messages.error(request, "This pack has no file now.")
            return redirect("packs:pack", public_id)
        record_download(self.pack, actor=request.user)
        return serve_pack(
            request, self.pack, still_allowed=partial(_may_go_on, request.user.pk, self.pack)
        )


def _may_go_on(person_pk: int, pack: Pack) -> bool:
    """Ask again while the bytes run: the account and the right must still stand."""
    person = User.objects.filter(pk=person_pk, is_active=True).first()
    now = Pack.objects.filter(pk=pack.pk, state=PackState.READY).first()
    if person is None or now is None or not user_can_open_pack(person, now):
        return False
    return not holds_gone(now)
