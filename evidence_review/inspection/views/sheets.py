"""The pages of a summary for a view: what is on them, and what stands around them."""

from typing import Any

from django.urls import reverse

from evidence_review.inspection.models import InspectorAccess
from evidence_review.inspection.pages import Asked, Sheet, sheet_of
from evidence_review.inspection.past import Scope
from evidence_review.inspection.past_provider import provider_then
from evidence_review.inspection.past_summary import Then
from evidence_review.inspection.provider import provider_shown
from evidence_review.inspection.shown import access_facts, provider_facts
from evidence_review.inspection.summary import Today
from portal.chrome.past import Past

Page = tuple[Sheet, dict[str, Any]]


def page_now(access: InspectorAccess, asked: Asked) -> Page | None:
    """Return a page as it stands, or ``None`` when there is no such part."""
    provider = provider_facts(provider_shown(access))
    inspector = access_facts(access)
    sheet = sheet_of(Today(access), asked, provider=provider, inspector=inspector)
    frame = {"access": access, "summary_url": _summary(access), "past_keeps": _keeps(asked)}
    return (sheet, frame) if sheet else None


def page_then(
    access: InspectorAccess, asked: Asked, past: Past, *, for_staff: bool = False
) -> Page | None:
    """Return a page as it was, without ways to files, or ``None`` when there is no such part.

    What was recalled since is left out for everybody outside.
    """
    scope = Scope.of_access(access)
    then = Then(scope, past.moment, access.inspector_organisation)
    if not for_staff:
        then.leave_out_recalled()
    provider = provider_facts(provider_then(scope, past.moment, past.when))
    sheet = sheet_of(then, asked, provider=provider, inspector=access_facts(access))
    here = reverse("inspectors:past", args=[access.public_id]) if for_staff else _summary(access)
    frame = {
        "link_key": "",
        "then": past.when,
        "then_query": past.query,
        "entries": past.moment.size,
        "left_out": then.left_out,
        "summary_url": f"{here}?{past.query[1:]}",
        "today_url": "" if for_staff else here,
        "past_keeps": _keeps(asked),
    }
    return (sheet, frame) if sheet else None


def _summary(access: InspectorAccess) -> str:
    return reverse("inspection:summary", args=[access.link_key])


def _keeps(asked: Asked) -> list[tuple[str, str]]:
    kept = [("part", asked.part), ("view", "print" if asked.to_print else "")]
    return [(name, value) for name, value in kept if value]
