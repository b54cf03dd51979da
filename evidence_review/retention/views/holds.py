"""Legal holds: see them, place one, lift one."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect

from evidence_review.evidence.models import Evidence
from evidence_review.retention.actions.lift_hold import lift_hold
from evidence_review.retention.actions.place_hold import place_hold
from evidence_review.retention.forms import HoldForm
from evidence_review.retention.models import LegalHold
from evidence_review.retention.queries import all_holds
from evidence_review.retention.views.screen import RetentionScreen
from portal.people.requests import PersonRequest
from portal.refused import Refused

_SHOWN = 200
_HERE = (
    ("retention:rules", "How long evidence is kept"),
    ("retention:holds", "Legal holds"),
)


class HoldsView(RetentionScreen):
    """Every hold, the open ones first."""

    template_name = "retention/holds.html"
    page_title = "Legal holds"

    def get(self, request: PersonRequest) -> HttpResponse:
        """Show them."""
        found = list(all_holds()[:_SHOWN])
        return self.show(
            held=[hold for hold in found if hold.is_open],
            lifted=[hold for hold in found if not hold.is_open],
        )


class PlaceHoldView(RetentionScreen):
    """Hold evidence back from disposal."""

    template_name = "retention/place_hold.html"
    page_title = "Place a legal hold"
    parents = _HERE

    def get(self, request: PersonRequest) -> HttpResponse:
        """Show the form."""
        one = self._evidence(request.GET.get("evidence", ""))
        scope = LegalHold.Scope.EVIDENCE if one else LegalHold.Scope.SITE
        form = HoldForm(
            initial={"scope": scope, "evidence": one.public_id if one else ""}, evidence=one
        )
        return self.show(form=form, one=one)

    def post(self, request: PersonRequest) -> HttpResponse:
        """Place it, or say what is wrong."""
        one = self._evidence(request.POST.get("evidence", ""))
        form = HoldForm(request.POST, evidence=one)
        if not form.is_valid():
            return self.show(form=form, one=one, status=400)
        try:
            hold = place_hold(
                **form.covered(), reason=form.cleaned_data["reason"], actor=request.user
            )
        except Refused as refused:
            form.add_error("reason", refused.reason)
            return self.show(form=form, one=one, status=refused.status)
        messages.success(request, f"There is a hold on {hold.covers} now. None of it will go.")
        return redirect("retention:holds")

    def _evidence(self, public_id: str) -> Evidence | None:
        if not public_id:
            return None
        named = "\x00" not in public_id
        found = Evidence.objects.filter(public_id=public_id) if named else Evidence.objects.none()
        return get_object_or_404(found)


class LiftHoldView(RetentionScreen):
    """Lift a hold."""

    template_name = "retention/lift_hold.html"
    page_title = "Lift a legal hold"
    parents = _HERE

    def get(self, request: HttpRequest, public_id: str) -> HttpResponse:
        """Ask for the reason."""
        return self.show(hold=get_object_or_404(all_holds(), public_id=public_id, lifted_at=None))

    def post(self, request: PersonRequest, public_id: str) -> HttpResponse:
        """Lift it, or say what stood in the way."""
        hold = get_object_or_404(all_holds(), public_id=public_id)
        reason = request.POST.get("reason", "")
        try:
            lift_hold(public_id, reason=reason, actor=request.user)
        except Refused as refused:
            return self.show(
                hold=hold, error=refused.reason, typed_reason=reason, status=refused.status
            )
        messages.success(request, f"The hold on {hold.covers} is lifted.")
        return redirect("retention:holds")
