"""The seal on the admin's first page, while something is wrong with it."""

from typing import Any

from wagtail.admin.ui.components import Component

from portal.sealing.standing import SealStanding


class SealPanel(Component):
    """What is wrong, and what to do."""

    name = "seal_alarm"
    template_name = "sealing/panel.html"
    order = 1

    def __init__(self, standing: SealStanding) -> None:
        self.standing = standing

    def get_context_data(self, parent_context: dict[str, Any] | None = None) -> dict[str, Any]:
        """Give the standing."""
        return {"standing": self.standing}
