"""What was published: the list, one publication, what the toolkit said of it."""

import secrets

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_GET, require_http_methods

from evidence_review.assessments.actions.enter_publication import enter_publication
from evidence_review.assessments.forms.publishing import EnteredForm
from evidence_review.assessments.frozen import changed_since
from evidence_review.assessments.models import Publication
from evidence_review.assessments.permissions import user_can_publish
from evidence_review.assessments.queries import visible_assessments
from evidence_review.assessments.queries.publishing import (
    answers_now,
    by_section,
    certificate_files,
    visible_publications,
)
from evidence_review.evidence.intake import UploadRefused
from portal.people.answers import require
from portal.people.models import User
from portal.people.requests import PersonRequest
from portal.refused import Refused

PAGE = 25


@require_GET
@login_required
def publications(request: PersonRequest, public_id: str) -> HttpResponse:
    """Show every publication of an assessment, newest first."""
    assessment = get_object_or_404(visible_assessments(request.user), public_id=public_id)
    found = visible_publications(request.user).filter(assessment=assessment)
    context = {
        "assessment": assessment,
        "page": Paginator(found, PAGE).get_page(request.GET.get("page")),
        "may_publish": user_can_publish(request.user, assessment),
    }
    return render(request, "assessments/publishing/publications.html", context)


@require_GET
@login_required
def publication(request: PersonRequest, public_id: str) -> HttpResponse:
    """Show one publication: its answers as they were, and which differ from the present ones."""
    found = get_object_or_404(
        visible_publications(request.user).select_related(
            "assessment__edition", "assessment__site", "published_by", "certificate"
        ),
        public_id=public_id,
    )
    answers = list(found.answers.order_by("position"))
    context = {
        "publication": found,
        "assessment": found.assessment,
        "sections": by_section(answers),
        "count": len(answers),
        "changes": changed_since(answers, answers_now(found.assessment)),
        "may_publish": user_can_publish(request.user, found.assessment),
    }
    return render(request, "assessments/publishing/publication.html", context)


@require_http_methods(["GET", "POST"])
@login_required
def entered(request: PersonRequest, public_id: str) -> HttpResponse:
    """Take in on which day it was entered in the national toolkit, and the certificate."""
    found = get_object_or_404(
        visible_publications(request.user).select_related(
            "assessment__edition", "assessment__site", "certificate"
        ),
        public_id=public_id,
    )
    require(user_can_publish(request.user, found.assessment))
    files = certificate_files(request.user, found.assessment.site, keep=found.certificate)
    if request.method == "GET":
        initial = {
            "entered_on": found.entered_on,
            "kept": found.certificate.public_id if found.certificate else "",
            "upload_key": secrets.token_urlsafe(16),
        }
        form = EnteredForm(evidence=files, initial=initial)
    else:
        form = EnteredForm(request.POST, request.FILES, evidence=files)
        if form.is_valid() and _keep(form, found, request.user):
            messages.success(request, "Saved. It is in the record.")
            return redirect("assessments:publication", found.public_id)
    status = 400 if form.errors else 200
    context = {"publication": found, "assessment": found.assessment, "form": form}
    return render(request, "assessments/publishing/entered.html", context, status=status)


def _keep(form: EnteredForm, found: Publication, person: User) -> bool:
    """Keep the day and the file, both or neither; tell whether they were kept."""
    title = f"Certificate of {found.level_name}, {found.assessment.edition}"
    try:
        with transaction.atomic():
            enter_publication(
                found,
                entered_on=form.cleaned_data["entered_on"],
                certificate=form.keep_file(title, found.assessment.site, actor=person),
                actor=person,
            )
    except UploadRefused as refusal:
        form.add_error("file", refusal.reason)
    except Refused as refusal:
        form.add_error("entered_on", refusal.reason)
    return form.is_valid()
