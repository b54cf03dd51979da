"""Evidence on the portal."""

from django.urls import path

from evidence_review.evidence.views.adding import AddEvidence, AddVersion
from evidence_review.evidence.views.changing import edit_evidence
from evidence_review.evidence.views.files import watch_files
from evidence_review.evidence.views.reading import download, evidence_detail, evidence_list

app_name = "evidence"
urlpatterns = [
    path("", evidence_list, name="list"),
    path("add/", AddEvidence.as_view(), name="add"),
    path("watch/", watch_files, name="watch"),
    path("versions/<slug:public_id>/download/", download, name="download"),
    path("<slug:public_id>/", evidence_detail, name="detail"),
    path("<slug:public_id>/edit/", edit_evidence, name="edit"),
    path("<slug:public_id>/versions/add/", AddVersion.as_view(), name="new_version"),
]
