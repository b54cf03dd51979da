"""Publications, certificates and roll-over."""

from django.urls import URLPattern, path

from evidence_review.assessments.views.exporting import PresentExport, PublicationExport
from evidence_review.assessments.views.publications import entered, publication, publications
from evidence_review.assessments.views.publishing import publish

urlpatterns: list[URLPattern] = [
    path("publications/<slug:public_id>/", publication, name="publication"),
    path("publications/<slug:public_id>/entered/", entered, name="entered"),
    path(
        "publications/<slug:public_id>/export/<slug:kind>/",
        PublicationExport.as_view(),
        name="publication_export",
    ),
    path("<slug:public_id>/publish/", publish, name="publish"),
    path("<slug:public_id>/publications/", publications, name="publications"),
    path("<slug:public_id>/export/<slug:kind>/", PresentExport.as_view(), name="export"),
]
