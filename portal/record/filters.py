"""How the list of the record may be narrowed: by person, by what happened, by thing, by date."""

from itertools import groupby

import django_filters
from django.db.models import Q, QuerySet
from wagtail.admin.filters import DateRangePickerWidget, WagtailFilterSet

from portal.record.models import Event
from portal.record.queries import done_by_someone_called
from portal.record.verbs import Verb
from portal.record.words import kind_words


def verb_choices() -> list[tuple[str, list[tuple[str, str]]]]:
    """Return all verbs with their labels, grouped by the thing they are about."""
    return [
        (kind_words(thing), [(verb.value, verb.label) for verb in verbs])
        for thing, verbs in groupby(Verb, key=lambda verb: verb.value.partition(".")[0])
    ]


class EventFilterSet(WagtailFilterSet):
    """The filters above the list."""

    person = django_filters.CharFilter(
        label="Person",
        method="narrow_to_person",
        help_text="Part of a name, or the reference behind a name in the list.",
    )
    verb = django_filters.ChoiceFilter(
        label="What happened", choices=verb_choices, empty_label="Anything"
    )
    thing = django_filters.CharFilter(
        label="Thing",
        method="narrow_to_thing",
        help_text="A kind of thing (evidence), its reference, or both (evidence:reference).",
    )
    at = django_filters.DateFromToRangeFilter(label="Date", widget=DateRangePickerWidget)

    class Meta:
        """No filter but those above."""

        model = Event
        fields: tuple[str, ...] = ()

    def narrow_to_person(self, queryset: QuerySet[Event], name: str, value: str) -> QuerySet[Event]:
        """Keep what was done by a person, given by reference (``person:...``) or part of a name."""
        value = value.strip()
        if ":" in value and " " not in value:
            return queryset.filter(actor_ref=value)
        return done_by_someone_called(queryset, value)

    def narrow_to_thing(self, queryset: QuerySet[Event], name: str, value: str) -> QuerySet[Event]:
        """Keep what happened to a kind of thing, or to one thing."""
        value = value.strip()
        kind, colon, ref = value.partition(":")
        either = Q(object_ref=value) | Q(object_kind=value.lower().replace(" ", "_"))
        if colon:
            either |= Q(object_kind=kind, object_ref=ref)
        return queryset.filter(either)
