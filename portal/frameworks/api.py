"""The catalogue over the API: what the frameworks ask for."""

import django_filters
from django.db.models import QuerySet
from drf_spectacular.utils import extend_schema, extend_schema_view
from rest_framework import generics, serializers

from portal.frameworks.models import Requirement
from portal.frameworks.queries import requirements_in_use


class RequirementFilters(django_filters.FilterSet):
    """``?edition=dspt-v8&section=Data security&mandatory=true``."""

    edition = django_filters.CharFilter(field_name="edition__code")
    section = django_filters.CharFilter()
    mandatory = django_filters.BooleanFilter()

    class Meta:
        model = Requirement
        fields = ("edition", "section", "mandatory")


class RequirementBody(serializers.ModelSerializer[Requirement]):
    """One requirement. Its ``code`` names it wherever the API asks for requirements."""

    code = serializers.CharField()
    edition = serializers.CharField(source="edition.code")
    awaits_check = serializers.BooleanField(
        help_text="Nobody has compared the wording with the official one yet."
    )

    class Meta:
        model = Requirement
        fields = (
            "code",
            "edition",
            "ref",
            "title",
            "section",
            "group",
            "question_plain",
            "why_it_matters",
            "good_evidence",
            "answer_kind",
            "levels",
            "mandatory",
            "na_allowed",
            "condition",
            "freshness_months",
            "confidence",
            "awaits_check",
        )


@extend_schema_view(get=extend_schema(operation_id="requirements_list"))
class RequirementList(generics.ListAPIView[Requirement]):
    """The live requirements of every edition in use, in catalogue order."""

    serializer_class = RequirementBody
    filterset_class = RequirementFilters

    def get_queryset(self) -> QuerySet[Requirement]:
        """Return the catalogue; everybody who works here may read it."""
        return requirements_in_use()
