"""Certificates that a level asks for, kept under the assessment they count for."""

import secrets
from collections.abc import Callable

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods

from evidence_review.assessments.actions.keep_certificate import (
    CertificateDetails,
    change_certificate,
    keep_certificate,
)
from evidence_review.assessments.forms.certificates import CertificateForm, details_of, names_asked
from evidence_review.assessments.models import Assessment, Certificate
from evidence_review.assessments.permissions import user_can_keep_certificate
from evidence_review.assessments.queries import visible_assessments
from evidence_review.assessments.queries.publishing import certificate_files, certificates_for
from evidence_review.evidence.intake import UploadRefused
from portal.people.answers import require
from portal.people.requests import PersonRequest
from portal.refused import Refused

PAGE = 25


@require_GET
@login_required
def certificates(request: PersonRequest, public_id: str) -> HttpResponse:
    """Show the certificates that count for an assessment, the one that lasts longest first."""
    assessment = _assessment(request, public_id)
    context = {
        "assessment": assessment,
        "today": timezone.localdate(),
        "page": Paginator(certificates_for(assessment), PAGE).get_page(request.GET.get("page")),
        "asked": names_asked(assessment.edition),
        "may_keep": user_can_keep_certificate(request.user, assessment.site),
    }
    return render(request, "assessments/publishing/certificates.html", context)


@require_http_methods(["GET", "POST"])
@login_required
def add_certificate(request: PersonRequest, public_id: str) -> HttpResponse:
    """Keep a certificate of the assessment's owner."""
    assessment = _assessment(request, public_id)
    require(user_can_keep_certificate(request.user, assessment.site))

    def keep(details: CertificateDetails) -> None:
        keep_certificate(details, assessment.site, actor=request.user)

    return _form_page(request, assessment, None, keep)


@require_http_methods(["GET", "POST"])
@login_required
def edit_certificate(request: PersonRequest, public_id: str, pk: int) -> HttpResponse:
    """Correct what is said of a certificate."""
    assessment = _assessment(request, public_id)
    certificate = get_object_or_404(certificates_for(assessment), pk=pk)
    require(user_can_keep_certificate(request.user, certificate.site))

    def change(details: CertificateDetails) -> None:
        change_certificate(certificate, details, actor=request.user)

    return _form_page(request, assessment, certificate, change)


def _assessment(request: PersonRequest, public_id: str) -> Assessment:
    return get_object_or_404(visible_assessments(request.user), public_id=public_id)


def _form_page(
    request: PersonRequest,
    assessment: Assessment,
    certificate: Certificate | None,
    save: Callable[[CertificateDetails], None],
) -> HttpResponse:
    kept = certificate.evidence if certificate else None
    names = names_asked(assessment.edition)
    files = certificate_files(request.user, assessment.site, keep=kept)
    if request.method == "GET":
        initial = details_of(certificate) | {"upload_key": secrets.token_urlsafe(16)}
        form = CertificateForm(initial=initial, names=names, evidence=files)
    else:
        form = CertificateForm(request.POST, request.FILES, names=names, evidence=files)
        if form.is_valid():
            site = certificate.site if certificate else assessment.site
            try:
                with transaction.atomic():
                    title = f"{form.cleaned_data['name']} certificate"
                    save(form.details(form.keep_file(title, site, actor=request.user)))
            except UploadRefused as refusal:
                form.add_error("file", refusal.reason)
            except Refused as refusal:
                form.add_error("ends", refusal.reason)
            else:
                messages.success(request, "Saved. The levels are counted again.")
                return redirect("assessments:certificates", assessment.public_id)
    context = {"assessment": assessment, "certificate": certificate, "form": form}
    status = 400 if form.errors else 200
    return render(request, "assessments/publishing/certificate.html", context, status=status)
