"""The list of policies, and a person's own reading."""

from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from portal.people.requests import PersonRequest
from portal.policies.queries import policies_by_topic
from portal.reading.permissions import user_can_follow_up
from portal.reading.queries.own import (
    confirmations_of,
    policies_with_own_reading,
    to_read,
    tries_of,
)

_SHOWN = 50
_TRIES_SHOWN = 20


@require_safe
@login_required
def policies(request: PersonRequest) -> HttpResponse:
    """Show the policies a person may read, topic by topic."""
    topics = policies_by_topic(policies_with_own_reading(request.user))
    context = {"topics": topics, "may_follow_up": user_can_follow_up(request.user)}
    return render(request, "reading/policies.html", context)


@require_safe
@login_required
def mine(request: PersonRequest) -> HttpResponse:
    """Show what somebody is to read, what they confirmed, and their tries at questions."""
    pages = Paginator(confirmations_of(request.user), _SHOWN)
    context = {
        "to_read": to_read(request.user),
        "confirmations": pages.get_page(request.GET.get("page")),
        "tries": tries_of(request.user)[:_TRIES_SHOWN],
    }
    return render(request, "reading/mine.html", context)
