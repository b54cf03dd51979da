"""Publications, certificates and roll-over."""

from django.urls import URLPattern, path

from evidence_review.assessments.views.certificates import (
    add_certificate,
    certificates,
    edit_certificate,
)
from evidence_review.assessments.views.exporting import PresentExport, PublicationExport
from evidence_review.assessments.views.publications import entered, publication, publications
from evidence_review.assessments.views.publishing import publish
from evidence_review.assessments.views.rolling_over import (
    carried,
    roll_over_all,
    roll_over_page,
)

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
    path("<slug:public_id>/certificates/", certificates, name="certificates"),
    path("<slug:public_id>/certificates/add/", add_certificate, name="add_certificate"),
    path("<slug:public_id>/certificates/<int:pk>/", edit_certificate, name="certificate"),
    path("<slug:public_id>/roll-over/", roll_over_page, name="roll_over"),
    path("<slug:public_id>/roll-over/sites/", roll_over_all, name="roll_over_sites"),
    path("<slug:public_id>/carried/", carried, name="carried"),
]
