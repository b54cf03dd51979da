"""The list of the policies somebody should look at."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest
from django.views.generic import TemplateView
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

from portal.people.answers import Denied
from portal.people.requests import PersonRequest
from portal.policies.permissions import user_can_edit_policies
from portal.policies.problems import Matter, approval_is_missing, policies_to_look_at

WORDS = {
    Matter.OVERDUE: "Review overdue",
    Matter.DUE: "Review due within 60 days",
    Matter.PROBLEM: "With a problem",
}


class PoliciesToLookAtView(WagtailAdminTemplateMixin, TemplateView):
    """Every policy with a review that is due or with a problem; ``show`` picks one kind."""

    template_name = "policies/admin/look_at.html"
    page_title = "Policies to look at"
    header_icon = "doc-full"
    request: PersonRequest

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        """Let in those who write policies."""
        super().setup(request, *args, **kwargs)
        answer = user_can_edit_policies(self.request.user)
        if isinstance(answer, Denied):
            raise PermissionDenied(answer.reason)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add the policies, and how many there are of each kind."""
        noted = policies_to_look_at()
        shown = self.request.GET.get("show", "")
        kinds = [
            (kind, words, sum(one.about(kind) for one in noted)) for kind, words in WORDS.items()
        ]
        if shown in WORDS:
            noted = [one for one in noted if one.about(Matter(shown))]
        context: dict[str, Any] = super().get_context_data(**kwargs)
        return context | {
            "noted": noted,
            "kinds": kinds,
            "shown": shown,
            "approval_is_missing": approval_is_missing(),
        }
