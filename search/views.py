"""The search page, and the titles it offers while somebody types."""

from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import HttpResponse, JsonResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from portal.people.requests import PersonRequest
from search.finding import MOST, PER_PAGE, Found, engine
from search.models import Kind
from search.queries import documents, facts_of, hits
from search.question import Question

MOST_SUGGESTIONS = 8


@require_safe
@login_required
def search(request: PersonRequest) -> HttpResponse:
    """Show what was found for ``?q=``; without words, the box alone."""
    question = Question(request.GET, request.user)
    found = engine().search(question.words, question.bounds()) if question.words else Found()
    shown = found.ids[: MOST - 1]
    page = Paginator(shown, PER_PAGE).get_page(request.GET.get("page"))
    context = {
        "question": question,
        "found": found,
        "count": len(shown),
        "is_more": len(found.ids) > len(shown),
        "page": page,
        "hits": hits(list(page.object_list), found.words or question.words),
        "kinds": Kind,
    }
    return render(request, "search/search.html", context)


@require_safe
@login_required
def suggest(request: PersonRequest) -> JsonResponse:
    """Return the titles, eight at most, that hold what somebody typed so far."""
    question = Question(request.GET, request.user)
    ids = engine().suggest(question.words, question.bounds(), MOST_SUGGESTIONS)
    rows = documents(ids)
    facts = facts_of(rows)
    found = [
        {
            "title": row.title,
            "kind": row.kind.label,
            "url": facts[row.pk].url,
        }
        for row in rows
        if row.pk in facts
    ]
    response = JsonResponse({"suggestions": found})
    response["Cache-Control"] = "no-store"
    return response
