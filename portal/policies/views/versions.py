"""Every published version of a policy, its text, and what changed in it."""

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from portal.people.answers import require
from portal.people.requests import PersonRequest
from portal.policies.comparing import changes_between
from portal.policies.models import PolicyPage, PolicyVersion
from portal.policies.permissions import user_can_read_versions
from portal.policies.queries import versions_of
from portal.policies.standing import standing_of


@require_safe
@login_required
def all_versions(request: PersonRequest, slug: str) -> HttpResponse:
    """List the versions, newest first, with who approved each and its fingerprint."""
    page = _readable(request, slug)
    rows = [(version, standing_of(version, page)) for version in versions_of(page)]
    return render(request, "policies/versions/all.html", {"page": page, "rows": rows})


@require_safe
@login_required
def one_version(request: PersonRequest, slug: str, number: int) -> HttpResponse:
    """Show what a version said, and whether it still holds."""
    page = _readable(request, slug)
    version = _version(page, number)
    context = {
        "page": page,
        "version": version,
        "text": version.revision.as_object(),
        "standing": standing_of(version, page),
    }
    return render(request, "policies/versions/one.html", context)


@require_safe
@login_required
def changes(request: PersonRequest, slug: str, number: int) -> HttpResponse:
    """Show what changed from an earlier version (``from``), or from the one just before."""
    page = _readable(request, slug)
    newer = _version(page, number)
    earlier = [one for one in versions_of(page).select_related("revision") if one.number < number]
    wanted = request.GET.get("from", "")
    older = next((one for one in earlier if not wanted or str(one.number) == wanted), None)
    context = {
        "page": page,
        "older": older,
        "newer": newer,
        "earlier": earlier,
        "parts": changes_between(older, newer) if older else [],
    }
    return render(request, "policies/versions/changes.html", context)


def _readable(request: PersonRequest, slug: str) -> PolicyPage:
    """Return the policy, if it was ever published and the person may read its versions.

    Raises:
        Http404: when there is none.
        NotPermitted: with the reason.
    """
    published = PolicyPage.objects.select_related("in_force__version").defer("body", "quiz")
    page: PolicyPage = get_object_or_404(published, slug=slug, in_force__isnull=False)
    require(user_can_read_versions(request.user, page))
    return page


def _version(page: PolicyPage, number: int) -> PolicyVersion:
    version = versions_of(page).select_related("revision").filter(number=number).first()
    if version is None:
        raise Http404(f"“{page.title}” has no version {number}.")
    return version
