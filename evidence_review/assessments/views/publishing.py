"""Publish an assessment."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from evidence_review.assessments.actions.publish import (
    AlreadyPublished,
    ChangedSinceShown,
    publish_assessment,
    why_none,
)
from evidence_review.assessments.blocking import sentences
from evidence_review.assessments.forms.publishing import PublishForm
from evidence_review.assessments.levels import levels_of, next_level
from evidence_review.assessments.models import Assessment
from evidence_review.assessments.permissions import user_can_publish
from evidence_review.assessments.publish_checks import checks_for
from evidence_review.assessments.queries import visible_assessments
from evidence_review.assessments.queries.publishing import by_section, draft_of
from evidence_review.assessments.seen import Differences
from evidence_review.assessments.tally import Tally
from portal.people.answers import require
from portal.people.requests import PersonRequest
from portal.refused import Refused


@require_http_methods(["GET", "POST"])
@login_required
def publish(request: PersonRequest, public_id: str) -> HttpResponse:
    """Show what would be published, and publish it."""
    assessment = get_object_or_404(visible_assessments(request.user), public_id=public_id)
    require(user_can_publish(request.user, assessment))
    if request.method == "GET":
        return _page(request, assessment)
    form = PublishForm(request.POST)
    if not form.is_valid():
        return _page(request, assessment, form=form, status=400)
    try:
        publication = publish_assessment(
            assessment, seen=form.cleaned_data["seen"], actor=request.user
        )
    except AlreadyPublished as refusal:
        messages.warning(request, refusal.reason)
        return redirect("assessments:publication", refusal.publication.public_id)
    except ChangedSinceShown as refusal:
        return _page(request, assessment, refusal=refusal, differences=refusal.differences)
    except Refused as refusal:
        return _page(request, assessment, refusal=refusal)
    messages.success(request, f"Published: {publication.level_name}. Now enter it in the toolkit.")
    return redirect("assessments:publication", publication.public_id)


def _page(
    request: PersonRequest,
    assessment: Assessment,
    *,
    form: PublishForm | None = None,
    refusal: Refused | None = None,
    differences: Differences | None = None,
    status: int = 200,
) -> HttpResponse:
    assessment.refresh_from_db(fields=["tally"])
    today, draft = timezone.localdate(), draft_of(assessment)
    ahead = next_level(
        levels_of(assessment.edition.levels), Tally.from_json(assessment.tally), today
    )
    changed = set(differences.refs) if differences else set()
    # A form that was refused for its box is about what its sender saw, and brings that again.
    form = form or PublishForm(initial={"seen": draft.seen.to_text()})
    context = {
        "assessment": assessment,
        "draft": draft,
        "today": today,
        "why_none": "" if draft.level else why_none(assessment),
        "ahead": ahead,
        "blocked_by": sentences(ahead) if ahead else [],
        "checks": checks_for(assessment, draft, today),
        "sections": by_section(draft.answers),
        "form": form,
        "refusal": refusal,
        "differences": differences,
        "changed": [one for one in draft.answers if one.ref in changed],
    }
    status = refusal.status if refusal else status
    return render(request, "assessments/publishing/publish.html", context, status=status)
