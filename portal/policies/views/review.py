"""The screen on which a policy that waits is read and decided on."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.views import View
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin
from wagtail.models import TaskState

from portal.people.answers import Denied, NotPermitted
from portal.people.requests import PersonRequest
from portal.people.roles import Role
from portal.policies.actions.decide_on_policy import decide_on_policy
from portal.policies.comparing import changes_to
from portal.policies.forms import DecisionForm
from portal.policies.models import PolicyPage
from portal.policies.permissions import user_can_decide_on, user_can_edit_policies
from portal.policies.queries import versions_of


class ReviewPolicyView(WagtailAdminTemplateMixin, View):
    """The frozen text with its facts; below it the decision, for those who may take it."""

    template_name = "policies/admin/review.html"
    header_icon = "doc-full"
    request: PersonRequest
    state: TaskState
    policy: PolicyPage
    form: DecisionForm

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        """Let in those who write policies; 404 for anything that is no policy."""
        super().setup(request, *args, **kwargs)
        answer = user_can_edit_policies(self.request.user)
        if isinstance(answer, Denied):
            raise PermissionDenied(answer.reason)
        states = TaskState.objects.select_related("revision", "workflow_state__requested_by")
        self.state = get_object_or_404(states, pk=kwargs["state_id"])
        page = get_object_or_404(PolicyPage, pk=self.state.revision.object_id)
        self.policy = page.with_content_json(self.state.revision.content)

    def get(self, request: PersonRequest, state_id: int) -> HttpResponse:
        """Show what waits."""
        self.form = DecisionForm(initial={"revision": self.state.revision_id})
        return self._page()

    def post(self, request: PersonRequest, state_id: int) -> HttpResponse:
        """Take the decision, or say why not."""
        self.form = DecisionForm(request.POST)
        if not self.form.is_valid():
            return self._page()
        values = self.form.cleaned_data
        approve = values["outcome"] == DecisionForm.APPROVE
        try:
            decide_on_policy(
                self.state,
                actor=request.user,
                approve=approve,
                revision_seen=values["revision"],
                reason=values["reason"],
            )
        except NotPermitted as refused:
            messages.error(request, refused.reason)
            return redirect("policies_review", self.state.pk)
        done = "is published" if approve else "went back with your reasons"
        messages.success(request, f"“{self.policy.title}” {done}.")
        return redirect("wagtailadmin_home")

    def _page(self) -> HttpResponse:
        response: HttpResponse = self.render_to_response(self.get_context_data())
        return response

    def get_page_title(self) -> str:
        """Return the heading of the page."""
        return f"Review: {self.policy.title}"

    def get_breadcrumbs_items(self) -> list[dict[str, str]]:
        """Return the way back to the page in the editor."""
        edit = reverse("wagtailadmin_pages:edit", args=[self.policy.pk])
        return [
            *super().get_breadcrumbs_items(),
            {"url": edit, "label": self.policy.title},
            {"url": "", "label": "Review"},
        ]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add the policy as submitted, the form, and why the person may not decide, if so."""
        context: dict[str, Any] = super().get_context_data(**kwargs)
        answer = user_can_decide_on(self.request.user, self.state)
        revision = self.state.revision
        older = versions_of(self.policy).exclude(revision=revision).select_related("revision")
        last = older.first()
        return context | {
            "policy": self.policy,
            "state": self.state,
            "form": self.form,
            "refused": answer.reason if isinstance(answer, Denied) else "",
            "last": last,
            "parts": changes_to(last, revision) if last else [],
            "roles": [Role(role).label for role in self.policy.for_roles],
        }
