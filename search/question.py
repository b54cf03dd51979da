"""What a person asked: the words in the box and what they narrowed it to."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cache, cached_property, lru_cache
from typing import NamedTuple

from django.utils.html import format_html_join
from django.utils.safestring import SafeString, mark_safe

from evidence_review.evidence.models import EvidenceType
from portal.frameworks.models import Requirement
from portal.people.models import Site, User
from portal.people.queries import sites_for
from portal.people.roles import Role
from portal.policies.topics import Topic
from search import labels
from search.engines.question import Bounds
from search.models import Kind
from search.words import LONGEST_QUERY, words_of


class Category(NamedTuple):
    """A topic of policies or a type of evidence, as an option of the filter."""

    value: str
    label: str
    kind: Kind
    code: str


def categories() -> list[Category]:
    """Return every topic and every type, in their order."""
    types = EvidenceType.objects.values_list("code", "name")
    return [
        *_topics(),
        *(Category(f"evidence:{code}", name, Kind.EVIDENCE, code) for code, name in types),
    ]


@cache
def _topics() -> list[Category]:
    return [
        Category(f"policy:{topic.value}", str(topic.label), Kind.POLICY, topic.value)
        for topic in Topic
    ]


@lru_cache(maxsize=256)
def _options(choices: tuple[tuple[str, str], ...], chosen: str) -> SafeString:
    """Return options as HTML. The same few hundred are shown on every page."""
    return format_html_join(
        "",
        '<option value="{}"{}>{}</option>',
        (
            (value, mark_safe(" selected") if value == chosen else "", label)
            for value, label in choices
        ),
    )


@dataclass
class Question:
    """Words and filters, as asked for; a filter that is not known is ignored."""

    asked: Mapping[str, str]
    person: User
    words: list[str] = field(init=False)

    def __post_init__(self) -> None:
        self.typed = self.asked.get("q", "")[:LONGEST_QUERY].replace("\x00", "")
        self.words = words_of(self.typed)
        kind = self.asked.get("kind", "")
        self.kind = Kind(kind) if kind in Kind.values else None
        self.date_from = _day(self.asked.get("from", ""))
        self.date_to = _day(self.asked.get("to", ""))

    @cached_property
    def categories(self) -> list[Category]:
        """Every topic and type that can be chosen."""
        return categories()

    @cached_property
    def category(self) -> Category | None:
        """The topic or type chosen."""
        chosen = self.asked.get("type", "")
        return next((one for one in self.categories if one.value == chosen), None)

    @property
    def category_options(self) -> SafeString:
        """The topics and types as options, in two groups."""
        chosen = self.category.value if self.category else ""
        return format_html_join(
            "",
            '<optgroup label="{}">{}</optgroup>',
            (
                (
                    kind.label,
                    _options(tuple(one[:2] for one in self.categories if one.kind == kind), chosen),
                )
                for kind in Kind
            ),
        )

    @property
    def site_options(self) -> SafeString:
        """The sites as options."""
        chosen = self.site.public_id if self.site else ""
        return _options(tuple((one.public_id, one.name) for one in self.sites), chosen)

    @cached_property
    def sites(self) -> list[Site]:
        """The sites the person can choose from: those where they hold a role."""
        return list(sites_for(self.person, set(Role)).only("public_id", "name"))

    @cached_property
    def site(self) -> Site | None:
        """The site chosen."""
        chosen = self.asked.get("site", "")
        return next((one for one in self.sites if one.public_id == chosen), None)

    @cached_property
    def requirement(self) -> Requirement | None:
        """The requirement chosen, named as in ``dspt-v8:1.3.1``."""
        edition, _, ref = self.asked.get("requirement", "").replace("\x00", "").partition(":")
        if not ref:
            return None
        found = Requirement.objects.select_related("edition")
        return found.filter(edition__code=edition[:40], ref=ref[:40]).first()

    @property
    def is_narrowed(self) -> bool:
        """Whether any filter is set."""
        filters = (self.kind, self.category, self.site, self.requirement)
        return any(filters) or bool(self.date_from or self.date_to)

    def bounds(self) -> Bounds:
        """Return what the person may see and narrowed the search to."""
        groups = [tuple(labels.of_person(self.person))]
        if self.kind:
            groups.append((labels.of_kind(self.kind),))
        if self.category:
            groups.append((labels.of_category(self.category.kind, self.category.code),))
        if self.site:
            everywhere = labels.of_site(None)
            groups.append((labels.of_site(self.site.pk), everywhere))
        if self.requirement:
            groups.append((labels.of_requirement(self.requirement.pk),))
        return Bounds(
            tuple(groups),
            self.date_from,
            self.date_to,
            kind=self.category.kind if self.category else self.kind,
            category=self.category.code if self.category else "",
        )


def _day(text: str) -> date | None:
    """Return the day an input of type date sends; what is none is ignored."""
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None
