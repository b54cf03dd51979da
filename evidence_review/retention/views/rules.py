"""How long each kind of evidence is kept: see it, change it, confirm it."""

from django.contrib import messages
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect

from evidence_review.evidence.models import EvidenceType
from evidence_review.retention.actions.set_rule import set_rule
from evidence_review.retention.forms import RuleForm
from evidence_review.retention.models import RetentionRule
from evidence_review.retention.permissions import user_can_manage_retention, user_can_see_rules
from evidence_review.retention.queries import all_rules, due_for_disposal
from evidence_review.retention.terms import Basis, in_years
from evidence_review.retention.views.screen import RetentionScreen
from evidence_review.retention.views.sheets import SCHEDULE, sheet_asked_for
from portal.people.answers import Answer
from portal.people.models import User
from portal.people.requests import PersonRequest

_COUNTED_AT_MOST = 1000


class RulesView(RetentionScreen):
    """Every kind of evidence with its rule."""

    template_name = "retention/rules.html"
    page_title = "How long evidence is kept"
    parents = ()

    def may_enter(self, person: User) -> Answer:
        """Whether the person may see the rules."""
        return user_can_see_rules(person)

    def get(self, request: PersonRequest) -> HttpResponseBase:
        """Show them, or give out the schedule."""
        if sheet := sheet_asked_for(request, "retention-schedule", SCHEDULE, all_rules):
            return sheet
        rules = list(all_rules())
        may_change = bool(user_can_manage_retention(request.user))
        due = due_for_disposal()[: _COUNTED_AT_MOST + 1].count() if may_change else 0
        return self.show(
            rows=[(rule, in_years(rule.months), Basis(rule.basis).label) for rule in rules],
            without=EvidenceType.objects.filter(retention_rule=None),
            unconfirmed=sum(not rule.is_confirmed for rule in rules),
            may_change=may_change,
            due=min(due, _COUNTED_AT_MOST),
            due_more=due > _COUNTED_AT_MOST,
        )


class RuleView(RetentionScreen):
    """The rule of one kind."""

    template_name = "retention/rule.html"

    def get(self, request: PersonRequest, code: str) -> HttpResponse:
        """Show it as a form."""
        rule = self._rule(code)
        return self.show(rule=rule, form=RuleForm(initial=RuleForm.values_of(rule)))

    def post(self, request: PersonRequest, code: str) -> HttpResponse:
        """Keep what was entered, or say what is wrong."""
        rule = self._rule(code)
        form = RuleForm(request.POST)
        if not form.is_valid():
            return self.show(rule=rule, form=form, status=400)
        kept = set_rule(code, form.wanted(), actor=request.user)
        messages.success(
            request, f"{kept.type}: kept for {in_years(kept.months)}. The rule holds from now on."
        )
        return redirect("retention:rules")

    def _rule(self, code: str) -> RetentionRule:
        rule = get_object_or_404(all_rules(), type__code=code)
        self.page_title = rule.type.name
        return rule
