"""How the list of requirements may be narrowed."""

import django_filters
from django.db.models import Q, QuerySet
from wagtail.admin.filters import WagtailFilterSet

from portal.frameworks.models import Edition, Requirement
from portal.frameworks.queries import DOUBTFUL

AWAITS, DOUBTED = "awaits", "doubtful"


class RequirementFilterSet(WagtailFilterSet):
    """The filters above the list."""

    edition = django_filters.ModelChoiceFilter(queryset=Edition.objects.all(), label="Edition")
    check = django_filters.ChoiceFilter(
        label="Checking",
        method="narrow_to_unchecked",
        choices=[(AWAITS, "Awaits checking"), (DOUBTED, "Check these first")],
        empty_label="Any",
    )
    words = django_filters.CharFilter(label="Reference or words", method="narrow_to_words")

    class Meta:
        """No filter but those above."""

        model = Requirement
        fields: tuple[str, ...] = ()

    def narrow_to_unchecked(
        self, queryset: QuerySet[Requirement], name: str, value: str
    ) -> QuerySet[Requirement]:
        """Keep what awaits checking; the doubtful ones of it are those to check first."""
        unchecked = queryset.filter(edition__checked_at__isnull=True)
        return unchecked.filter(DOUBTFUL) if value == DOUBTED else unchecked

    def narrow_to_words(
        self, queryset: QuerySet[Requirement], name: str, value: str
    ) -> QuerySet[Requirement]:
        """Keep the requirement with this reference, or those with these words."""
        words = value.replace("\x00", "").strip()
        return queryset.filter(
            Q(ref=words) | Q(title__icontains=words) | Q(question_plain__icontains=words)
        )
