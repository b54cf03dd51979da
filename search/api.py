"""The search over the API: the same index, permissions and filters as the page."""

from html import unescape
from typing import Any, cast

from django.utils.html import strip_tags
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from portal.people.models import User
from search.finding import MOST, MOST_PAGES, PER_PAGE, Found, engine
from search.models import Kind
from search.queries import Hit, hits
from search.question import Question


class SearchIn(serializers.Serializer[Any]):
    """What is looked for."""

    q = serializers.CharField(
        required=False,
        default="",
        allow_blank=True,
        help_text="Words. Whatever is no letter or digit is left out.",
    )
    kind = serializers.ChoiceField(Kind.choices, required=False, allow_blank=True)
    type = serializers.CharField(
        required=False,
        allow_blank=True,
        help_text="A topic of policies or a type of evidence: policy:security, evidence:minutes.",
    )
    site = serializers.CharField(
        required=False, allow_blank=True, help_text="The id of a site from /sites/."
    )
    requirement = serializers.CharField(
        required=False, allow_blank=True, help_text="Such as dspt-v8:1.3.1."
    )
    date_from = serializers.DateField(required=False)
    date_to = serializers.DateField(required=False)
    page = serializers.IntegerField(required=False, default=1, min_value=1, max_value=MOST_PAGES)


class HitBody(serializers.Serializer[Any]):
    """One policy or piece of evidence that was found."""

    kind = serializers.ChoiceField(Kind.choices, source="row.kind")
    id = serializers.CharField(source="facts.ref", help_text="Of the policy, or of the evidence.")
    title = serializers.CharField(source="row.title")
    url = serializers.CharField(source="facts.url")
    type = serializers.CharField(source="facts.category")
    site = serializers.CharField(
        source="facts.place", help_text="Empty for the whole organisation."
    )
    version = serializers.IntegerField(source="facts.version")
    date = serializers.DateField(
        source="row.date", help_text="Approved, or in force, since this day."
    )
    excerpt = serializers.SerializerMethodField(help_text="Plain text around the words.")

    def get_excerpt(self, hit: Hit) -> str:
        """Return the excerpt without its marks."""
        return plain(hit.excerpt)


class SearchBody(serializers.Serializer[Any]):
    """A page of what was found, best first."""

    count = serializers.IntegerField(help_text="How many can be paged through.")
    is_more = serializers.BooleanField(help_text="There is more than can be paged through.")
    fits = serializers.ChoiceField(
        [("as_typed", "As typed"), ("as_meant", "As meant"), ("some_words", "Some words")],
        help_text="as_meant: mistyped words were put right. some_words: nothing has all of them.",
    )
    words = serializers.ListField(
        child=serializers.CharField(), help_text="What was looked for instead, if anything."
    )
    results = HitBody(many=True)


class Search(APIView):
    """Find policies and approved evidence by their words."""

    @extend_schema(operation_id="search", parameters=[SearchIn], responses=SearchBody)
    def get(self, request: Request) -> Response:
        """Return ten of what you may see and what fits, best first."""
        form = SearchIn(data=request.query_params)
        form.is_valid(raise_exception=True)
        asked = form.validated_data
        question = Question(_as_typed(asked), cast("User", request.user))
        found = engine().search(question.words, question.bounds()) if question.words else Found()
        shown = found.ids[: MOST - 1]
        start = (asked["page"] - 1) * PER_PAGE
        body = {
            "count": len(shown),
            "is_more": len(found.ids) > len(shown),
            "fits": found.how.name.lower(),
            "words": found.words,
            "results": hits(shown[start : start + PER_PAGE], found.words or question.words),
        }
        return Response(SearchBody(body).data)


def plain(excerpt: str) -> str:
    """Return the text of an excerpt without mark-up."""
    return unescape(strip_tags(excerpt))


def _as_typed(asked: dict[str, Any]) -> dict[str, str]:
    """Return what was asked as the page's form would send it."""
    names = ("q", "kind", "type", "site", "requirement")
    typed: dict[str, str] = {name: str(asked.get(name, "")) for name in names}
    for name in ("from", "to"):
        if day := asked.get(f"date_{name}"):
            typed[name] = day.isoformat()
    return typed
