"""The certificate of a disposal on the portal: to read, to print, as a PDF."""

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from evidence_review.evidence.queries import visible_versions
from evidence_review.retention.certificate import Certificate, certificate_of, certificate_pdf
from evidence_review.retention.models import Disposal
from portal.people.requests import PersonRequest


def _certificate(request: PersonRequest, public_id: str) -> Certificate:
    """Return the certificate of a version this person may see; raises Http404 for all others."""
    found = Disposal.objects.filter(version__in=visible_versions(request.user)).select_related(
        "version__evidence__site", "version__uploaded_by", "disposed_by"
    )
    return certificate_of(get_object_or_404(found, version__public_id=public_id))


@require_safe
@login_required
def certificate(request: PersonRequest, public_id: str) -> HttpResponse:
    """Show it."""
    shown = _certificate(request, public_id)
    context = {"certificate": shown, "version": shown.disposal.version}
    return render(request, "retention/certificate.html", context)


@require_safe
@login_required
def certificate_as_pdf(request: PersonRequest, public_id: str) -> HttpResponse:
    """Give it out as a PDF."""
    shown = _certificate(request, public_id)
    day = shown.disposal.day.isoformat()
    return HttpResponse(
        certificate_pdf(shown),
        content_type="application/pdf",
        headers={
            "Content-Disposition": f'attachment; filename="certificate-of-disposal-{day}.pdf"',
            "Cache-Control": "private, no-store",
        },
    )
