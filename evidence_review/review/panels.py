"""What stands on the first page of the admin."""

from typing import Any

from wagtail.admin.ui.components import Component

from evidence_review.review.queries import COUNTED_AT_MOST, review_queue, waiting_count
from portal.people.models import User


class WaitingPanel(Component):
    """What waits for the person, and since when."""

    name = "reviews_waiting"
    template_name = "review/waiting_panel.html"
    order = 50

    def __init__(self, person: User) -> None:
        self.person = person

    def get_context_data(self, parent_context: dict[str, Any] | None = None) -> dict[str, Any]:
        """Count what waits, and find the oldest."""
        waiting = waiting_count(self.person)
        return {
            "waiting": waiting,
            "counted_at_most": COUNTED_AT_MOST,
            "oldest": review_queue(self.person).first() if waiting else None,
        }
