"""One version to look at and decide on, with everything that helps to decide."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.functional import cached_property
from django.views import View
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

from evidence_review.evidence.models import EvidenceVersion
from evidence_review.evidence.queries import current_approved, evidence_history
from evidence_review.evidence.timeline import timeline
from evidence_review.extraction.actions.look_at import look_at
from evidence_review.extraction.comparing import text_difference
from evidence_review.extraction.previews import Preview, preview_of
from evidence_review.review.actions.approve import approve
from evidence_review.review.actions.refuse import refuse
from evidence_review.review.actions.return_version import return_version
from evidence_review.review.boxes import box_for
from evidence_review.review.differences import (
    details_changed_since,
    facts_of,
    gate_reports,
    side_by_side,
)
from evidence_review.review.models import Decision
from evidence_review.review.permissions import user_can_look_at, user_can_open_in_review
from evidence_review.review.queries import COUNTED_AT_MOST, place_in_queue
from evidence_review.scanning.queries import latest_verdict
from portal.people.answers import Answer, require
from portal.people.models import User
from portal.people.requests import PersonRequest
from portal.refused import Refused

_HISTORY = 30
_DONE = {
    Decision.Outcome.APPROVE: "is approved",
    Decision.Outcome.RETURN: "is returned",
    Decision.Outcome.REFUSE: "is refused",
}


class DecideView(WagtailAdminTemplateMixin, View):
    """The decision screen."""

    template_name = "review/decide.html"
    header_icon = "doc-full-inverse"
    request: PersonRequest
    version: EvidenceVersion
    error = ""
    typed_reason = ""

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Find the version."""
        found = EvidenceVersion.objects.select_related(
            "evidence__site", "evidence__type", "evidence__owner", "uploaded_by"
        )
        self.version = get_object_or_404(found, public_id=kwargs["public_id"])
        return super().dispatch(request, *args, **kwargs)

    def get(self, request: PersonRequest, public_id: str) -> HttpResponse:
        """Show the version and the box to decide in."""
        require(user_can_look_at(request.user, self.version.evidence))
        return self._page()

    def post(self, request: PersonRequest, public_id: str) -> HttpResponse:
        """Decide, and go on to the next; or show what stood in the way, the reason kept."""
        require(user_can_look_at(request.user, self.version.evidence))
        following = place_in_queue(request.user, self.version).next
        try:
            decision = self._decide(request)
        except Refused as refused:
            self.error, self.typed_reason = refused.reason, request.POST.get("reason", "")
            self.version.refresh_from_db(fields=("state", "state_since"))
            return self._page(status=refused.status)
        messages.success(request, self._what_happened(decision))
        if following is None:
            return redirect("review:queue")
        return redirect("review:decide", following.public_id)

    def _decide(self, request: PersonRequest) -> Decision:
        actions = {
            Decision.Outcome.APPROVE: approve,
            Decision.Outcome.RETURN: return_version,
            Decision.Outcome.REFUSE: refuse,
        }
        try:
            act = actions[Decision.Outcome(request.POST.get("outcome", ""))]
        except ValueError:
            raise Refused("Choose what to do with this version.") from None
        return act(
            self.version.public_id,
            actor=request.user,
            sha256_seen=request.POST.get("sha256_seen", ""),
            reason=request.POST.get("reason", ""),
        )

    def _what_happened(self, decision: Decision) -> str:
        name = f"Version {self.version.number} of “{self.version.evidence.title}”"
        if not decision.is_final:
            return f"You approved {name[0].lower()}{name[1:]}. Somebody else looks at it next."
        return f"{name} {_DONE[Decision.Outcome(decision.outcome)]}."

    def _page(self, status: int = 200) -> HttpResponse:
        response: HttpResponse = self.render_to_response(self.get_context_data(), status=status)
        return response

    def get_page_title(self) -> str:
        """Return the evidence and which version of it."""
        return f"{self.version.evidence.title}, version {self.version.number}"

    def get_breadcrumbs_items(self) -> list[dict[str, str]]:
        """Return the way back to the evidence and to the queue."""
        return [
            {"url": reverse("review:all"), "label": "Evidence"},
            {"url": reverse("review:queue"), "label": "Review queue"},
            {"url": "", "label": f"Version {self.version.number}"},
        ]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Collect what helps to decide."""
        version, person = self.version, self.request.user
        decisions = list(version.decisions.select_related("decider", "on_behalf_of"))
        box = box_for(person, version, decisions)
        context: dict[str, Any] = super().get_context_data(**kwargs)
        return (
            context
            | self._comparison()
            | self._place(person)
            | {
                "version": version,
                "evidence": version.evidence,
                "facts": facts_of(version, gate_reports([version]).get(version.pk)),
                "verdict": latest_verdict(version.sha256),
                "requirements": version.evidence.requirements.select_related("edition__framework"),
                "history": timeline(evidence_history(version.evidence)[:_HISTORY]),
                "can_open": self._can_open,
                "preview": self._preview(),
                "box": box,
                "error": self.error,
                "typed_reason": self.typed_reason,
            }
        )

    def _comparison(self) -> dict[str, Any]:
        approved = current_approved(self.version.evidence)
        if approved is None or approved == self.version:
            return {"approved": approved}
        approved.evidence = self.version.evidence
        opens_both = self._can_open and user_can_open_in_review(self.request.user, approved)
        return {
            "approved": approved,
            "text_difference": text_difference(approved, self.version) if opens_both else None,
            "compared": side_by_side(approved, self.version),
            "details_changed": details_changed_since(approved),
        }

    @cached_property
    def _can_open(self) -> Answer:
        return user_can_open_in_review(self.request.user, self.version)

    def _preview(self) -> Preview | None:
        """What there is to see of the file; written down, as opening the file is."""
        if not self._can_open:
            return None
        preview = preview_of(self.version)
        look_at(preview, actor=self.request.user)
        return preview

    def _place(self, person: User) -> dict[str, Any]:
        return {
            "place": place_in_queue(person, self.version),
            "counted_at_most": COUNTED_AT_MOST,
        }
