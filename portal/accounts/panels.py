"""What stands on the first page of the admin."""

from typing import Any

from wagtail.admin.ui.components import Component

from portal.health.steps import Step


class SetUpPanel(Component):
    """What is still missing in a new portal."""

    name = "set_up"
    template_name = "accounts/admin/set_up_panel.html"
    order = 20

    def __init__(self, steps: list[Step]) -> None:
        self.steps = steps

    def get_context_data(self, parent_context: dict[str, Any] | None = None) -> dict[str, Any]:
        """Tell what is done from what is missing; the first with a link gets the button."""
        missing = [step for step in self.steps if not step.is_done]
        return {
            "missing": missing,
            "done": [step for step in self.steps if step.is_done],
            "next": next((step for step in missing if step.url), None),
        }
