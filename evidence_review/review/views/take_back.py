"""Withdrawing and recalling a version, each with a page that says what follows."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.views import View
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

from evidence_review.evidence.models import EvidenceVersion
from evidence_review.review.actions.withdraw import withdraw
from evidence_review.review.permissions import user_can_look_at, user_can_withdraw
from evidence_review.scanning.actions.recall import recall
from evidence_review.scanning.permissions import user_can_recall
from portal.people.answers import Answer, require
from portal.people.models import User
from portal.people.requests import PersonRequest
from portal.refused import Refused


class TakeBackView(WagtailAdminTemplateMixin, View):
    """Ask for the reason, with the consequences named; then do it."""

    template_name = "review/take_back.html"
    header_icon = "undo"
    request: PersonRequest
    version: EvidenceVersion
    verb: str
    done: str
    consequences: tuple[str, ...]

    def may(self, person: User) -> Answer:
        """Whether the person may do this to the version."""
        raise NotImplementedError

    def act(self, reason: str) -> None:
        """Do it."""
        raise NotImplementedError

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Find the version."""
        self.version = get_object_or_404(
            EvidenceVersion.objects.select_related("evidence__site"),
            public_id=kwargs["public_id"],
        )
        return super().dispatch(request, *args, **kwargs)

    def get(self, request: PersonRequest, public_id: str) -> HttpResponse:
        """Ask for the reason."""
        self._require(request.user)
        return self._page()

    def post(self, request: PersonRequest, public_id: str) -> HttpResponse:
        """Do it, or show what stood in the way, the reason kept."""
        self._require(request.user)
        reason = request.POST.get("reason", "")
        try:
            self.act(reason)
        except Refused as refused:
            return self._page(status=refused.status, error=refused.reason, typed_reason=reason)
        messages.success(request, f"{self.version} is {self.done}.")
        return redirect("review:evidence", self.version.evidence.public_id)

    def _require(self, person: User) -> None:
        require(user_can_look_at(person, self.version.evidence))
        require(self.may(person))

    def _page(self, *, status: int = 200, **more: Any) -> HttpResponse:
        context = self.get_context_data(**more)
        response: HttpResponse = self.render_to_response(context, status=status)
        return response

    def get_page_title(self) -> str:
        """Return what this page does, to which version."""
        return f"{self.verb} {self.version}"

    def get_breadcrumbs_items(self) -> list[dict[str, str]]:
        """Return the way back to the evidence."""
        evidence = self.version.evidence
        return [
            {"url": reverse("review:all"), "label": "Evidence"},
            {"url": reverse("review:evidence", args=[evidence.public_id]), "label": str(evidence)},
            {"url": "", "label": f"{self.verb} version {self.version.number}"},
        ]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Say what follows."""
        context: dict[str, Any] = super().get_context_data(**kwargs)
        return context | {
            "version": self.version,
            "evidence": self.version.evidence,
            "verb": self.verb,
            "consequences": self.consequences,
        }


class WithdrawView(TakeBackView):
    """Take a version out of use because it is wrong or not needed any more."""

    verb, done = "Withdraw", "withdrawn"
    consequences = (
        "It no longer counts as evidence, and inspectors do not see it any more.",
        "It stays in the history with your reason. Nothing is deleted.",
        "This cannot be undone: to use the file again, upload it as a new version.",
    )

    def may(self, person: User) -> Answer:
        """Whether the person may withdraw it."""
        return user_can_withdraw(person, self.version)

    def act(self, reason: str) -> None:
        """Withdraw it."""
        withdraw(self.version.public_id, actor=self.request.user, reason=reason)


class RecallView(TakeBackView):
    """Take a version away because the file itself is dangerous."""

    verb, done = "Recall", "recalled"
    consequences = (
        "Nobody can open the file any more, whoever they are. It goes into quarantine.",
        "The person who uploaded it, its owner and the IG leads get an e-mail with your reason.",
        "It stays in the history. This cannot be undone.",
    )

    def may(self, person: User) -> Answer:
        """Whether the person may recall it."""
        return user_can_recall(person, self.version)

    def act(self, reason: str) -> None:
        """Recall it."""
        recall(self.version.public_id, actor=self.request.user, reason=reason)
