"""Read statements, what speaks to them and what is claimed of them."""

from collections.abc import Collection
from typing import Any

from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.db.models import Prefetch
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.http import require_GET

from evidence_review.assessments.models import StatementClaim
from evidence_review.assessments.permissions import (
    user_can_change_claim,
    user_can_make_claim_somewhere,
)
from evidence_review.assessments.queries.claims import IS_SHOWN, standing_claims, visible_claims
from evidence_review.assessments.queries.crosswalk import (
    evidence_for,
    sisters_of,
    speaking_to,
    tied_through,
)
from evidence_review.assessments.queries.statements import (
    at_site,
    claimed_editions,
    counted,
    statements_of,
)
from evidence_review.evidence.models import EvidenceVersion
from evidence_review.evidence.permissions import user_can_list_evidence
from evidence_review.evidence.queries import versions_by_evidence, visible_evidence
from evidence_review.evidence.states import VersionState
from evidence_review.evidence.timeline import timeline
from portal.frameworks.models import Edition, Requirement
from portal.people.answers import require
from portal.people.models import Site
from portal.people.queries import sites_for
from portal.people.requests import PersonRequest
from portal.people.roles import EVIDENCE_READERS, Role
from portal.record.queries import events_about

PAGE = 25


@require_GET
@login_required
def statements(request: PersonRequest, edition: str = "") -> HttpResponse:
    """List the statements of an edition, of the first unless one is named, with claims counted."""
    require(user_can_list_evidence(request.user))
    editions = list(claimed_editions())
    shown = edition_named(editions, edition) if edition or editions else None
    sites, site = asked_site(request, EVIDENCE_READERS)
    rows = counted(statements_of(shown), request.user, site) if shown else []
    context = {
        "others": [one for one in editions if one != shown],
        "edition": shown,
        "rows": rows,
        "categories": rows[0].categories if rows else (),
        "sites": sites,
        "site": site,
    }
    return render(request, "assessments/well_led/statements.html", context)


@require_GET
@login_required
def statement(request: PersonRequest, edition: str, ref: str) -> HttpResponse:
    """Show one statement: its claims by kind of evidence, and what speaks to it from elsewhere."""
    require(user_can_list_evidence(request.user))
    shown = statement_named(edition, ref)
    sites, site = asked_site(request, EVIDENCE_READERS)
    counts = counted([shown], request.user, site)[0]
    sisters = sisters_of(shown)
    speaking = speaking_to(shown, sisters, request.user, timezone.localdate())
    context = {
        "statement": shown,
        "counts": counts,
        "sisters": sisters,
        "speaking": speaking,
        "sites": sites,
        "site": site,
        "may_claim": user_can_make_claim_somewhere(request.user),
    }
    context |= _claims(request, shown, site)
    context |= _evidence(request, shown, [*sisters, *(one.requirement for one in speaking)], site)
    return render(request, "assessments/well_led/statement.html", context)


def _claims(request: PersonRequest, shown: Requirement, site: Site | None) -> dict[str, Any]:
    found = at_site(standing_claims(request.user), site).filter(statement=shown)
    ordered = found.order_by("category__position", "-pk").prefetch_related(
        Prefetch("evidence", visible_evidence(request.user).order_by("title", "pk"))
    )
    page = Paginator(ordered, PAGE).get_page(request.GET.get("page"))
    return {"page": page}


def _evidence(
    request: PersonRequest, shown: Requirement, speaking: list[Requirement], site: Site | None
) -> dict[str, Any]:
    found = evidence_for(shown, speaking, request.user)
    if site:
        found = found.filter(site=site) | found.filter(site__isnull=True)
    page = Paginator(found, PAGE).get_page(request.GET.get("evidence"))
    rows = list(page.object_list)
    versions, through = versions_by_evidence(rows), tied_through(rows, speaking)
    return {
        "evidence_page": page,
        "evidence_rows": [
            (one, *_newest_and_counting(versions.get(one.pk, [])), through.get(one.pk, []))
            for one in rows
        ],
    }


def _newest_and_counting(
    versions: list[EvidenceVersion],
) -> tuple[EvidenceVersion | None, EvidenceVersion | None]:
    """Return the newest version, and an older one that is approved and counts until then."""
    approved = [one for one in versions[1:] if one.state == VersionState.APPROVED]
    return next(iter(versions), None), next(iter(approved), None)


@require_GET
@login_required
def claim(request: PersonRequest, public_id: str) -> HttpResponse:
    """Show one claim with its evidence and its whole history."""
    shown = claim_named(request, public_id)
    evidence = list(
        visible_evidence(request.user)
        .filter(claims=shown)
        .select_related("site", "type")
        .order_by("title", "pk")
    )
    versions = versions_by_evidence(evidence)
    events = events_about(shown.record_ref.kind, shown.record_ref.ref)
    history = Paginator(events, PAGE).get_page(request.GET.get("page"))
    context = {
        "claim": shown,
        "is_shown": StatementClaim.objects.filter(IS_SHOWN, pk=shown.pk).exists(),
        "evidence_rows": [
            (one, *_newest_and_counting(versions.get(one.pk, []))) for one in evidence
        ],
        "history": history,
        "timeline": timeline(history.object_list),
        "may_change": user_can_change_claim(request.user, shown),
    }
    return render(request, "assessments/well_led/claim.html", context)


def edition_named(editions: list[Edition], code: str) -> Edition:
    """Return the edition of that code, the first for none; ``Http404`` where there is none."""
    for edition in editions:
        if code in ("", edition.code):
            return edition
    raise Http404("There is no such edition in use. Go back to the list of statements.")


def statement_named(edition: str, ref: str) -> Requirement:
    """Return one statement of an edition in use; ``Http404`` where there is none."""
    found = edition_named(list(claimed_editions()), edition)
    return get_object_or_404(statements_of(found), ref=ref.replace("\x00", ""))


def claim_named(request: PersonRequest, public_id: str) -> StatementClaim:
    """Return a claim the person may see, also a withdrawn one; ``Http404`` otherwise."""
    return get_object_or_404(visible_claims(request.user), public_id=public_id)


def asked_site(request: PersonRequest, roles: Collection[Role]) -> tuple[list[Site], Site | None]:
    """Return the sites where the person holds one of the roles, and the one ``?site=`` names."""
    sites = list(sites_for(request.user, roles))
    asked = request.GET.get("site", "")
    return sites, next((one for one in sites if one.public_id == asked), None)
