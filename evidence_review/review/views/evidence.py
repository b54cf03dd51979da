"""One evidence in the admin: its facts, its versions, and everything that happened to it."""

from dataclasses import dataclass
from typing import Any

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.views import View
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

from evidence_review.evidence.models import Evidence, EvidenceVersion
from evidence_review.evidence.problems import Problem, problems_of
from evidence_review.evidence.queries import evidence_history
from evidence_review.evidence.states import READABLE, VersionState, VersionVerb, may
from evidence_review.evidence.timeline import timeline
from evidence_review.review.permissions import user_can_look_at, user_can_withdraw
from evidence_review.scanning.models import Verdict
from evidence_review.scanning.permissions import user_can_recall
from evidence_review.scanning.queries import latest_verdicts
from portal.people.answers import require
from portal.people.models import User
from portal.people.requests import PersonRequest

_LINES = 50


@dataclass(frozen=True)
class VersionRow:
    """One version, with what is known of it and what this person may do to it."""

    version: EvidenceVersion
    verdict: Verdict | None
    problem: Problem | None
    can_download: bool
    can_withdraw: bool
    can_recall: bool

    @property
    def is_in_review(self) -> bool:
        """Whether there is something to decide."""
        return self.version.state == VersionState.IN_REVIEW


class EvidenceView(WagtailAdminTemplateMixin, View):
    """The page of one evidence."""

    template_name = "review/evidence.html"
    header_icon = "doc-full-inverse"
    request: PersonRequest
    evidence: Evidence

    def get(self, request: PersonRequest, public_id: str) -> HttpResponse:
        """Show it to those who may look at it."""
        found = Evidence.objects.select_related("site", "type", "owner")
        self.evidence = get_object_or_404(found, public_id=public_id)
        require(user_can_look_at(request.user, self.evidence))
        response: HttpResponse = self.render_to_response(self.get_context_data())
        return response

    def get_page_title(self) -> str:
        """Return the title of the evidence."""
        return self.evidence.title

    def get_breadcrumbs_items(self) -> list[dict[str, str]]:
        """Return the way back to all evidence."""
        return [
            {"url": reverse("review:all"), "label": "Evidence"},
            {"url": "", "label": self.evidence.title},
        ]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Collect versions and history."""
        history = Paginator(evidence_history(self.evidence), _LINES).get_page(
            self.request.GET.get("p")
        )
        context: dict[str, Any] = super().get_context_data(**kwargs)
        return context | {
            "evidence": self.evidence,
            "rows": version_rows(self.evidence, self.request.user),
            "requirements": self.evidence.requirements.select_related("edition__framework"),
            "history": history,
            "lines": timeline(history.object_list),
        }


def version_rows(evidence: Evidence, person: User) -> list[VersionRow]:
    """Return the versions of an evidence, newest first; the queries do not grow with them."""
    versions = list(evidence.versions.select_related("uploaded_by").order_by("-number"))
    for version in versions:
        version.evidence = evidence
    verdicts = latest_verdicts(version.sha256 for version in versions)
    problems = problems_of(versions)
    return [
        VersionRow(
            version=version,
            verdict=verdicts.get(version.sha256),
            problem=problems.get(version.pk),
            can_download=version.state in READABLE,
            can_withdraw=may(version.state, VersionVerb.WITHDRAW)
            and bool(user_can_withdraw(person, version)),
            can_recall=may(version.state, VersionVerb.RECALL)
            and bool(user_can_recall(person, version)),
        )
        for version in versions
    ]
