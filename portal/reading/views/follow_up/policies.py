"""Every policy that asks to be confirmed, the worst first; and the same by site."""

from typing import Any

from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.views.decorators.http import require_GET

from portal.people.models import Site
from portal.people.requests import PersonRequest
from portal.policies.models import PolicyPage
from portal.reading.queries.follow_up import policies_followed, sites_counted
from portal.reading.share import Share
from portal.reading.views.follow_up.asked_for import asked_for
from portal.reading.views.follow_up.sheets import Columns, sheet_asked_for

PAGE = 25


def share_of(counted: Any) -> Share:
    """Return the share of a policy or site as the queries count it."""
    version = counted.in_force.version if isinstance(counted, PolicyPage) else None
    return Share(counted.asked, counted.confirmed, version.confirm_by if version else None)


_NUMBERS: Columns = {
    "asked": ("Asked", lambda one: one.asked),
    "confirmed": ("Confirmed", lambda one: one.confirmed),
    "percent": ("Percent", lambda one: share_of(one).percent),
    "left": ("Not confirmed", lambda one: share_of(one).left),
}
_OF_POLICIES: Columns = {
    "policy": ("Policy", lambda page: page.title),
    "version": ("Version", lambda page: page.version_number),
    "owner": ("Owner", lambda page: page.policy_owner.actor_label),
    "due": ("Confirm by", lambda page: page.in_force.version.confirm_by),
    **_NUMBERS,
    "state": ("State", lambda page: share_of(page).label),
}
_OF_SITES: Columns = {"site": ("Site", lambda site: site.name), **_NUMBERS}


@require_GET
@login_required
def policies(request: PersonRequest) -> HttpResponseBase:
    """Show the policies, or give them as a spreadsheet."""
    asked = asked_for(request)
    found = policies_followed(asked.reach, asked.role)
    if asked.words:
        found = found.filter(title__icontains=asked.words)
    if file := sheet_asked_for(request, "policies-confirmed", _OF_POLICIES, found):
        return file
    page = Paginator(found, PAGE).get_page(request.GET.get("page"))
    shown: list[PolicyPage] = list(page.object_list)
    counted = [one.counted_at for one in shown if one.counted_at]
    context = {
        "asked": asked,
        "page": page,
        "rows": [(one, share_of(one)) for one in shown],
        "counted_at": min(counted, default=None),
    }
    return render(request, "reading/follow_up/policies.html", context)


@require_GET
@login_required
def by_site(request: PersonRequest) -> HttpResponseBase:
    """Show the sites, of one policy where ``policy`` names it, or give them as a spreadsheet."""
    asked = asked_for(request)
    slug = request.GET.get("policy", "").replace("\0", "")
    policy = asked.policy(slug) if slug else None
    found = sites_counted(asked.followed, policy)
    if file := sheet_asked_for(request, "sites-confirmed", _OF_SITES, found):
        return file
    page = Paginator(found, PAGE).get_page(request.GET.get("page"))
    shown: list[Site] = list(page.object_list)
    context = {
        "asked": asked,
        "policy": policy,
        "page": page,
        "rows": [(one, share_of(one)) for one in shown],
    }
    return render(request, "reading/follow_up/by_site.html", context)
