"""How a reviewer narrows the queue, read from the query string; what is not known is ignored."""

from dataclasses import dataclass
from datetime import timedelta
from functools import cached_property
from typing import Any

from django.db.models import QuerySet
from django.utils import timezone

from evidence_review.evidence.models import EvidenceType, EvidenceVersion
from evidence_review.review.desk import desk_of
from evidence_review.review.queries import review_queue
from portal.frameworks.queries import current_editions
from portal.people.models import Site, User
from portal.people.queries import site_ids_for

AGES = (("2", "2 days"), ("5", "5 days"), ("10", "10 days"), ("30", "30 days"))
ORDERS = (
    ("oldest", "Oldest first", ("state_since", "pk")),
    ("newest", "Newest first", ("-state_since", "-pk")),
    ("title", "Title", ("evidence__title", "pk")),
    ("site", "Site", ("evidence__site__name", "state_since", "pk")),
)
_NARROWING = ("site", "section", "type", "age")
_LONGEST_SEARCH = 200


@dataclass(frozen=True)
class Choice:
    """One thing to choose in a list: what is sent, what is read, and whether it is chosen."""

    value: str
    label: str
    is_chosen: bool


class QueueFilter:
    """Site, section, kind, age and words; and the order of the rows.

    ``narrows`` tells whether anything but an order was asked for.
    """

    def __init__(self, asked: Any, *, person: User) -> None:
        self.person = person
        self.words = " ".join(asked.get("q", "").replace("\x00", "").split())[:_LONGEST_SEARCH]
        self.asked_site, self.asked_type = asked.get("site", ""), asked.get("type", "")
        self.asked_section, self.asked_age = asked.get("section", ""), asked.get("age", "")
        self.narrows = bool(self.words) or any(asked.get(name) for name in _NARROWING)
        self.asked_to_choose = bool(asked.get("find"))
        asked_order = asked.get("order", "")
        orders = {name: columns for name, _, columns in ORDERS}
        self.order = asked_order if asked_order in orders else "oldest"
        self.columns = orders[self.order]
        self.order_choices = _choices(((name, label) for name, label, _ in ORDERS), self.order)

    @cached_property
    def site_choices(self) -> list[Choice]:
        """The open sites at which the person decides."""
        desk = desk_of(self.person)
        ids: frozenset[int] | None = frozenset()
        for holder in desk.holders:
            theirs = site_ids_for(holder, desk.roles)
            ids = None if ids is None or theirs is None else ids | theirs
        sites = Site.objects.filter(is_active=True)
        if ids is not None:
            sites = sites.filter(pk__in=ids)
        return _choices(sites.values_list("public_id", "name"), self.asked_site)

    @cached_property
    def type_choices(self) -> list[Choice]:
        """Every kind of evidence."""
        return _choices(EvidenceType.objects.values_list("code", "name"), self.asked_type)

    @cached_property
    def section_choices(self) -> list[Choice]:
        """The sections of the editions in use, each once."""
        lists = current_editions().values_list("sections", flat=True)
        names = dict.fromkeys(section["name"] for sections in lists for section in sections)
        return _choices(((name, name) for name in names), self.asked_section)

    @cached_property
    def age_choices(self) -> list[Choice]:
        """How long something has waited at least."""
        return _choices(AGES, self.asked_age)

    @property
    def is_open(self) -> bool:
        """Whether to show what can be chosen. What is not shown is not read from the database."""
        return self.narrows or self.order != "oldest" or self.asked_to_choose

    def queue(self) -> QuerySet[EvidenceVersion]:
        """Return what fits, in the order asked for."""
        if not self.narrows:
            return review_queue(self.person).order_by(*self.columns)
        older_than = None
        if age := _chosen(self.age_choices):
            older_than = timezone.now() - timedelta(days=int(age))
        found = review_queue(
            self.person,
            section=_chosen(self.section_choices),
            older_than=older_than,
            search=self.words,
        )
        if site := _chosen(self.site_choices):
            found = found.filter(evidence__site__public_id=site)
        if kind := _chosen(self.type_choices):
            found = found.filter(evidence__type__code=kind)
        return found.order_by(*self.columns)


def _choices(pairs: Any, asked: str) -> list[Choice]:
    return [Choice(value, label, value == asked) for value, label in pairs]


def _chosen(choices: list[Choice]) -> str:
    return next((choice.value for choice in choices if choice.is_chosen), "")
