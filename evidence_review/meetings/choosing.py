"""Who was there, ticked in a list that may be longer than a page can show."""

from dataclasses import dataclass
from functools import cached_property

from django.db.models import QuerySet
from django.http import QueryDict

from evidence_review.meetings.permissions import sites_to_record_at
from evidence_review.meetings.queries import people_to_record, policies_read_at
from portal.people.models import Site, User
from portal.policies.models import PolicyPage
from portal.reading.queries.follow_up import those_named

MOST_SHOWN = 200


@dataclass
class Choice:
    """Where, which policies, and who, as the address or the form says; what is not theirs is left.

    Whoever is ticked is always shown, so that looking for the next name loses nobody.
    """

    person: User
    sent: QueryDict

    @cached_property
    def sites(self) -> list[Site]:
        """The sites to choose from."""
        return sites_to_record_at(self.person)

    @cached_property
    def site(self) -> Site | None:
        """The chosen site; the only one when there is one."""
        asked = self.sent.get("site", "")
        if not asked and len(self.sites) == 1:
            return self.sites[0]
        return next((site for site in self.sites if site.public_id == asked), None)

    @cached_property
    def pages(self) -> list[PolicyPage]:
        """The policies to choose from."""
        return list(policies_read_at(self.site)) if self.site else []

    @cached_property
    def chosen(self) -> list[PolicyPage]:
        """The policies that were read."""
        slugs = set(self.sent.getlist("policy"))
        return [page for page in self.pages if page.slug in slugs]

    @property
    def words(self) -> str:
        """What is looked for in the names."""
        return self.sent.get("q", "").replace("\0", "").strip()[:100]

    @cached_property
    def ticked(self) -> list[User]:
        """Those who were there."""
        return list(self._everybody.filter(public_id__in=self.sent.getlist("present")))

    @cached_property
    def found(self) -> list[User]:
        """Those who are not ticked and fit the words, up to as many as are shown."""
        looked_for = those_named(self._everybody, self.words) if self.words else self._of_the_site
        others = looked_for.exclude(pk__in=[person.pk for person in self.ticked])
        return list(others[: MOST_SHOWN + 1])

    def tick_all(self) -> None:
        """Tick everybody who is found."""
        self.ticked = [*self.ticked, *self.found[:MOST_SHOWN]]
        self.__dict__.pop("found", None)

    @property
    def shown(self) -> list[tuple[User, bool]]:
        """Each person to show, and whether they are ticked."""
        ticked = [(person, True) for person in self.ticked]
        return [*ticked, *((person, False) for person in self.found[:MOST_SHOWN])]

    @property
    def has_more(self) -> bool:
        """Whether more fit than are shown."""
        return len(self.found) > MOST_SHOWN

    @property
    def _of_the_site(self) -> QuerySet[User]:
        if self.site is None:
            return User.objects.none()
        return people_to_record(self.site, self.chosen)

    @property
    def _everybody(self) -> QuerySet[User]:
        if self.site is None:
            return User.objects.none()
        return people_to_record(self.site, self.chosen, from_everywhere=True)
