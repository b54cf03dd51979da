"""What stands about policies on the first page of the admin."""

from typing import Any, ClassVar

from wagtail.admin.ui.components import Component

from portal.policies.problems import Matter, approval_is_missing, policies_to_look_at

_SHOWN = 5


class PoliciesPanel(Component):
    """The policies somebody should look at."""

    name = "policies_to_look_at"
    template_name = "policies/admin/panel.html"
    order = 70

    class Media:
        """The list's own look."""

        css: ClassVar[dict[str, list[str]]] = {"all": ["policies/review.css"]}

    def get_context_data(self, parent_context: dict[str, Any] | None = None) -> dict[str, Any]:
        """Give the first few, those with a problem before those that are only due."""
        noted = policies_to_look_at()
        noted.sort(key=lambda one: not one.about(Matter.PROBLEM))
        return {
            "noted": noted[:_SHOWN],
            "further": len(noted) - _SHOWN,
            "approval_is_missing": approval_is_missing(),
        }
