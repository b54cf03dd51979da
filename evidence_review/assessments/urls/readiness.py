"""How ready everybody is, mounted at ``/readiness/``."""

from django.urls import URLPattern, path

from evidence_review.assessments.views.readiness.assessment import assessment
from evidence_review.assessments.views.readiness.group import GroupView
from evidence_review.assessments.views.readiness.lapses import lapses

app_name = "readiness"
urlpatterns: list[URLPattern] = [
    path("", GroupView.as_view(), name="group"),
    path("lapses/", lapses, name="lapses"),
    path("<slug:public_id>/", assessment, name="assessment"),
]
