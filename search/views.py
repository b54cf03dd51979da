"""The search page."""

from dataclasses import dataclass

from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.safestring import SafeString
from django.views.decorators.http import require_safe

from portal.policies.models import PolicyPage
from search.excerpts import excerpt
from search.queries import policies_matching
from search.words import LONGEST_QUERY, words_of

PER_PAGE = 10


@dataclass(frozen=True)
class Hit:
    """One policy that was found, with the part of it that fits the question."""

    page: PolicyPage
    excerpt: SafeString


@require_safe
@login_required
def search(request: HttpRequest) -> HttpResponse:
    """Show what was found for ``?q=``; without words, the box alone."""
    typed = request.GET.get("q", "")[:LONGEST_QUERY]
    words = words_of(typed)
    results = Paginator(policies_matching(words) if words else [], PER_PAGE)
    page = results.get_page(request.GET.get("page"))
    context = {
        "typed": typed.replace("\x00", ""),
        "words": words,
        "page": page,
        "hits": [Hit(policy, excerpt(policy.plain_text, words)) for policy in page],
    }
    return render(request, "search/search.html", context)
