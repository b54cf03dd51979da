"""Addresses of the assessment, mounted at ``/assessment/``; each part keeps its own list."""

from evidence_review.assessments.urls import (
    answering,
    planning,
    publishing,
    set_up,
    sites,
)

app_name = "assessments"
# Set-up first: the others begin with an assessment's public id.
urlpatterns = [
    *set_up.urlpatterns,
    *sites.urlpatterns,
    *planning.urlpatterns,
    *publishing.urlpatterns,
    *answering.urlpatterns,
]
