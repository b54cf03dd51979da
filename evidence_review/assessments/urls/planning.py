"""The improvement plan."""

from django.urls import URLPattern, path

from evidence_review.assessments.views.plan.drafting import draft
from evidence_review.assessments.views.plan.listing import PlanDownload, plan, printed
from evidence_review.assessments.views.plan.one import (
    action,
    add,
    change,
    drop,
    finish,
    reopen,
    start,
)

_PLAN = "<slug:public_id>/plan/"
_ACTION = f"{_PLAN}<slug:action_public_id>/"

urlpatterns: list[URLPattern] = [
    path(_PLAN, plan, name="plan"),
    path(f"{_PLAN}add/", add, name="plan_add"),
    path(f"{_PLAN}draft/", draft, name="plan_draft"),
    path(f"{_PLAN}print/", printed, name="plan_print"),
    path(f"{_PLAN}file/<slug:kind>/", PlanDownload.as_view(), name="plan_file"),
    path(_ACTION, action, name="action"),
    path(f"{_ACTION}change/", change, name="action_change"),
    path(f"{_ACTION}start/", start, name="action_start"),
    path(f"{_ACTION}finish/", finish, name="action_finish"),
    path(f"{_ACTION}drop/", drop, name="action_drop"),
    path(f"{_ACTION}reopen/", reopen, name="action_reopen"),
]
