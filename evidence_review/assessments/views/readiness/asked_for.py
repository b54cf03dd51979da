"""What the pages about a whole group show, as their address asks for it."""

from dataclasses import dataclass
from functools import cached_property

from evidence_review.assessments.asked_day import Day, asked_day
from evidence_review.assessments.overview import Outlook, Place, Readiness, narrowed, ordered
from evidence_review.assessments.queries import readiness as ask
from portal.frameworks.models import Edition
from portal.people.requests import PersonRequest

WORST_FIRST = "-missing"


@dataclass
class Group:
    """Everybody the person may see, in one edition, seen from today towards the day."""

    request: PersonRequest
    edition: Edition
    editions: list[Edition]
    """Those that can be chosen."""

    @cached_property
    def asked(self) -> Day:
        """The day to look ahead to."""
        return asked_day(self.request.GET)

    @property
    def sort(self) -> str:
        """How the table is sorted."""
        return self.request.GET.get("sort", "") or WORST_FIRST

    @property
    def show(self) -> str:
        """Which sites are shown."""
        return self.request.GET.get("show", "")

    @property
    def name(self) -> str:
        """What is looked for in their names."""
        return self.request.GET.get("q", "").replace("\0", "").strip()[:100]

    @cached_property
    def outlook(self) -> Outlook:
        """The edition seen towards the day."""
        return ask.outlook(self.edition, self.asked.day)

    @cached_property
    def places(self) -> list[Place]:
        """Head office and the sites."""
        return ask.places(self.request.user, self.edition)

    @cached_property
    def rows(self) -> list[Readiness]:
        """How each of them stands."""
        return [Readiness(place, self.outlook) for place in self.places]

    @cached_property
    def sites(self) -> list[Readiness]:
        """The sites among them."""
        return [row for row in self.rows if row.place.site is not None]

    @cached_property
    def head_office(self) -> Readiness | None:
        """Head office, when it has an assessment."""
        return next((row for row in self.rows if row.place.site is None), None)

    @property
    def shown(self) -> list[Readiness]:
        """The sites that were asked for, in the order that was asked for."""
        return ordered(narrowed(self.sites, name=self.name, show=self.show), self.sort)

    @property
    def is_narrowed(self) -> bool:
        """Whether not every site was asked for."""
        return bool(self.name or self.show)

    @property
    def kept(self) -> list[tuple[str, str]]:
        """What of the address stays when another day is chosen."""
        code = self.edition.code if len(self.editions) > 1 else ""
        return [("edition", code), ("show", self.show), ("q", self.name), ("sort", self.sort)]

    @property
    def choices(self) -> list[tuple[str, str]]:
        """What can be shown: value and words."""
        levels = sorted({str(row.look.label) for row in self.sites})
        return [
            ("", "Every site"),
            ("not_then", "Not ready on the day"),
            ("lapses", "Something lapses before it"),
            *((label.lower(), f"{label} today") for label in levels),
        ]


def group_of(request: PersonRequest) -> Group | None:
    """Return the group in the edition that ``?edition=dspt-v8`` names, or in the newest.

    ``None``: no edition is in use that people publish a level of.
    """
    editions = ask.editions_with_levels()
    if not editions:
        return None
    code = request.GET.get("edition", "")
    return Group(
        request, next((one for one in editions if one.code == code), editions[0]), editions
    )
