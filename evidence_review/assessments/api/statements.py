"""Statements over the API, with their claims counted by kind of evidence."""

from typing import Any, cast

import django_filters
from django.db.models import QuerySet
from drf_spectacular.utils import extend_schema, extend_schema_view
from rest_framework import generics, serializers
from rest_framework.request import Request
from rest_framework.response import Response

from evidence_review.assessments.queries.statements import (
    StatementCounts,
    counted,
    statements_in_use,
)
from evidence_review.evidence.permissions import user_can_list_evidence
from portal.frameworks.models import Requirement
from portal.people.answers import require
from portal.people.models import User


class StatementFilters(django_filters.FilterSet):
    """``?edition=cqc-statements``."""

    edition = django_filters.CharFilter(field_name="edition__code")

    class Meta:
        model = Requirement
        fields = ("edition",)


class KindBody(serializers.Serializer[Any]):
    """One kind of evidence. ``code`` is empty where the edition knows no kinds."""

    code = serializers.CharField(allow_blank=True)
    claims = serializers.IntegerField(help_text="Claims you may see.")
    shown = serializers.IntegerField(help_text="Those of them that inspectors are shown.")


class StatementBody(serializers.Serializer[Any]):
    """One statement that is answered by claims."""

    code = serializers.CharField()
    edition = serializers.CharField()
    title = serializers.CharField()
    question_plain = serializers.CharField()
    kinds = KindBody(many=True)


@extend_schema_view(get=extend_schema(operation_id="statements_list"))
class StatementList(generics.ListAPIView[Requirement]):
    """The statements of every edition in use that is answered by claims, in catalogue order."""

    serializer_class = StatementBody
    filterset_class = StatementFilters

    def get_queryset(self) -> QuerySet[Requirement]:
        """Return the statements; which claims are counted depends on who asks."""
        return statements_in_use()

    def list(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        """Answer one page of statements."""
        person = cast("User", request.user)
        require(user_can_list_evidence(person))
        page = self.paginate_queryset(self.filter_queryset(self.get_queryset())) or []
        return self.get_paginated_response([_body(one) for one in counted(page, person)])


def _body(row: StatementCounts) -> dict[str, Any]:
    return {
        "code": row.statement.code,
        "edition": row.statement.edition.code,
        "title": row.statement.title,
        "question_plain": row.statement.question_plain,
        "kinds": [
            {
                "code": one.category.code if one.category else "",
                "claims": one.claims,
                "shown": one.shown,
            }
            for one in row.categories
        ],
    }
