"""Setting up: named people and what to have at hand."""

from django.urls import URLPattern, path

from evidence_review.assessments.views.named_people import (
    change,
    end,
    name_somebody,
    named_people,
)
from evidence_review.assessments.views.setting_up import at_hand, organisation, set_up, sites

urlpatterns: list[URLPattern] = [
    path("set-up/", set_up, name="set_up"),
    path("set-up/organisation/", organisation, name="set_up_organisation"),
    path("set-up/sites/", sites, name="set_up_sites"),
    path("set-up/people/", named_people, name="set_up_people"),
    path("set-up/people/name/<slug:duty>/", name_somebody, name="name_person"),
    path("set-up/people/<slug:public_id>/change/", change, name="change_named_person"),
    path("set-up/people/<slug:public_id>/end/", end, name="end_duty"),
    path("set-up/at-hand/", at_hand, name="set_up_at_hand"),
]
