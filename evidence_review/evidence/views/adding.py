"""Upload evidence: one form, with or without script; each file becomes an evidence of its own."""

import secrets
from dataclasses import dataclass, field
from pathlib import PurePath

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.decorators import method_decorator
from django.utils.http import url_has_allowed_host_and_scheme
from django.views import View

from evidence_review.evidence.actions.upload import (
    Upload,
    add_evidence,
    add_version,
)
from evidence_review.evidence.forms import AddEvidenceForm, NewVersionForm
from evidence_review.evidence.intake import take_in
from evidence_review.evidence.models import Evidence, EvidenceType, EvidenceVersion
from evidence_review.evidence.permissions import (
    user_can_upload_evidence,
    user_can_upload_somewhere,
)
from evidence_review.evidence.queries import recent_uploads, visible_evidence
from evidence_review.evidence.uploads import ReceivedFile
from evidence_review.evidence.views.files import file_rows
from portal.people.answers import require
from portal.people.requests import PersonRequest
from portal.refused import Refused

WANTS_JSON = "application/json"


@dataclass
class Outcome:
    """What became of the files of one request."""

    versions: list[EvidenceVersion] = field(default_factory=list)
    refused: list[str] = field(default_factory=list)


@method_decorator(login_required, name="dispatch")
class AddEvidence(View):
    """The page "Add evidence", and where it and its script send files."""

    def get(self, request: PersonRequest) -> HttpResponse:
        """Show the form, with the person's recent files under it."""
        require(user_can_upload_somewhere(request.user))
        document = EvidenceType.objects.filter(code="document").first()
        initial = {
            "upload_key": secrets.token_urlsafe(16),
            "type": document and document.pk,
            "requirements": request.GET.getlist("requirement"),
            "site": request.GET.get("site"),
            "next": _page_of_ours(request.GET.get("next", "")),
        }
        return self._page(request, AddEvidenceForm(person=request.user, initial=initial))

    def post(self, request: PersonRequest) -> HttpResponse:
        """Keep each file that may be kept; say of each other one why not, and what to do."""
        require(user_can_upload_somewhere(request.user))
        form = AddEvidenceForm(request.POST, request.FILES, person=request.user)
        if not form.is_valid():
            return _answer_errors(request, form) or self._page(request, form, status=400)
        outcome = self._take(form, request)
        for sentence in outcome.refused:
            form.add_error("files", sentence)
        if outcome.refused:
            return _answer_errors(request, form) or self._page(request, form, status=400)
        back = _page_of_ours(form.cleaned_data["next"])
        return _answer(request, outcome.versions, back or reverse("evidence:add") + "#yours")

    def _take(self, form: AddEvidenceForm, request: PersonRequest) -> Outcome:
        outcome, sent = Outcome(), form.sent_files()
        requirements = form.chosen_requirements()
        for number, received in enumerate(sent):
            several = max(len(sent), form.cleaned_data["one_of"] or 1) > 1
            details = form.details(title=_title(form, received, several=several))
            key = f"{form.cleaned_data['upload_key']}-{number}" if len(sent) > 1 else _key(form)
            try:
                upload = Upload(
                    file=take_in(received, keep_location=form.cleaned_data["keep_location"]),
                    key=key,
                )
                outcome.versions.append(
                    add_evidence(upload, details, requirements, actor=request.user)
                )
            except Refused as refusal:
                outcome.refused.append(_named(refusal.reason, received, several=several))
        return outcome

    def _page(
        self, request: PersonRequest, form: AddEvidenceForm, status: int = 200
    ) -> HttpResponse:
        context = {
            "form": form,
            "rows": file_rows(recent_uploads(request.user)),
            "back": _page_of_ours(str(form["next"].value() or "")),
        }
        return render(request, "evidence/add.html", context, status=status)


@method_decorator(login_required, name="dispatch")
class AddVersion(View):
    """The page that takes the next version of an evidence."""

    def get(self, request: PersonRequest, public_id: str) -> HttpResponse:
        """Show the form."""
        evidence = self._evidence(request, public_id)
        form = NewVersionForm(initial={"upload_key": secrets.token_urlsafe(16)})
        return self._page(request, evidence, form)

    def post(self, request: PersonRequest, public_id: str) -> HttpResponse:
        """Keep the file as the next version, or say why not."""
        evidence = self._evidence(request, public_id)
        form = NewVersionForm(request.POST, request.FILES)
        if form.is_valid():
            (received,) = form.cleaned_data["sent"]
            try:
                upload = Upload(
                    file=take_in(received, keep_location=form.cleaned_data["keep_location"]),
                    key=_key(form),
                    change_note=form.cleaned_data["change_note"],
                )
                version = add_version(upload, evidence, actor=request.user)
            except Refused as refusal:
                form.add_error("files", refusal.reason)
            else:
                detail = reverse("evidence:detail", args=(evidence.public_id,))
                return _answer(request, [version], detail)
        return _answer_errors(request, form) or self._page(request, evidence, form, status=400)

    def _evidence(self, request: PersonRequest, public_id: str) -> Evidence:
        evidence = get_object_or_404(
            visible_evidence(request.user).select_related("site", "type"), public_id=public_id
        )
        require(user_can_upload_evidence(request.user, evidence.site))
        return evidence

    def _page(
        self, request: PersonRequest, evidence: Evidence, form: NewVersionForm, status: int = 200
    ) -> HttpResponse:
        context = {"form": form, "evidence": evidence}
        return render(request, "evidence/new_version.html", context, status=status)


def _page_of_ours(address: str) -> str:
    """Return the address of the page to go back to; nothing when it leads out of the portal."""
    is_ours = address.startswith("/") and url_has_allowed_host_and_scheme(address, None)
    return address if is_ours else ""


def _title(form: AddEvidenceForm, received: ReceivedFile, *, several: bool) -> str:
    """Return what was typed; the file's name where nothing was; both where several share it."""
    typed, stem = form.cleaned_data["title"], PurePath(received.name or "").stem[:100] or "File"
    if typed and several:
        return f"{typed[:98]}: {stem}"
    return typed or stem


def _key(form: AddEvidenceForm | NewVersionForm) -> str:
    return str(form.cleaned_data["upload_key"])


def _named(reason: str, received: ReceivedFile, *, several: bool) -> str:
    return f"{received.name}: {reason}" if several else reason


def _wants_json(request: PersonRequest) -> bool:
    return request.headers.get("Accept", "") == WANTS_JSON


def _answer(request: PersonRequest, versions: list[EvidenceVersion], page: str) -> HttpResponse:
    """Tell the script which versions were made; send everybody else to a page that shows them."""
    if _wants_json(request):
        made = [version.public_id for version in versions]
        return JsonResponse({"versions": made, "page": page}, status=201)
    return redirect(page)


def _answer_errors(
    request: PersonRequest, form: AddEvidenceForm | NewVersionForm
) -> HttpResponse | None:
    """Tell the script what is wrong, field by field; ``None`` for everybody else."""
    if not _wants_json(request):
        return None
    errors = {name: [str(error) for error in found] for name, found in form.errors.items()}
    return JsonResponse({"errors": errors}, status=400)
