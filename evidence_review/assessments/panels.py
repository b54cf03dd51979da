"""What stands on the first page of the admin."""

from typing import Any

from wagtail.admin.ui.components import Component

from evidence_review.assessments.overview import Lapses, Outlook, Place, Readiness, panel
from evidence_review.assessments.queries import deadline
from evidence_review.assessments.queries import readiness as ask
from portal.people.models import User


class ReadinessPanel(Component):
    """How ready everybody is, in three lines: today, on 30 June, what lapses next."""

    name = "readiness"
    template_name = "assessments/readiness/panel.html"
    order = 60

    def __init__(self, person: User) -> None:
        self.person = person

    def get_context_data(self, parent_context: dict[str, Any] | None = None) -> dict[str, Any]:
        """Count the places the person may see, in the newest edition."""
        editions = ask.editions_with_levels()
        if not editions:
            return {"edition": None}
        outlook = ask.outlook(editions[0], deadline())
        places = ask.places(self.person, editions[0])
        return {"edition": editions[0]} | _facts(places, outlook)


def _facts(places: list[Place], outlook: Outlook) -> dict[str, Any]:
    rows = [Readiness(place, outlook) for place in places]
    sites = [row for row in rows if row.place.site is not None]
    lapses = Lapses(places, outlook)
    return {
        "outlook": outlook,
        "head_office": next((row for row in rows if row.place.site is None), None),
        "today": panel((row.rank for row in sites), outlook),
        "then": panel((row.rank_then for row in sites), outlook),
        "lapses": lapses.count,
        "next_lapse": next((last for last, _ in lapses.by_day), None),
    }
