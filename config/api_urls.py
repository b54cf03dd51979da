"""The REST API: each room brings its own views."""

from django.urls import path
from drf_spectacular.views import SpectacularAPIView, SpectacularSwaggerView

from evidence_review.evidence.api import (
    EvidenceDetail,
    EvidenceList,
    EvidenceVersions,
    VersionDetail,
    VersionDownload,
)
from evidence_review.review.api import VersionDecisions
from portal.frameworks.api import RequirementList
from portal.health.api import Health
from portal.people.api import SiteList

app_name = "api"
urlpatterns = [
    path("schema/", SpectacularAPIView.as_view(), name="schema"),
    path("docs/", SpectacularSwaggerView.as_view(url_name="api:schema"), name="docs"),
    path("health/", Health.as_view(), name="health"),
    path("sites/", SiteList.as_view(), name="sites"),
    path("requirements/", RequirementList.as_view(), name="requirements"),
    path("evidence/", EvidenceList.as_view(), name="evidence"),
    path("evidence/<slug:public_id>/", EvidenceDetail.as_view(), name="evidence_detail"),
    path("evidence/<slug:public_id>/versions/", EvidenceVersions.as_view(), name="versions"),
    path("versions/<slug:public_id>/", VersionDetail.as_view(), name="version"),
    path("versions/<slug:public_id>/download/", VersionDownload.as_view(), name="download"),
    path("versions/<slug:public_id>/decisions/", VersionDecisions.as_view(), name="decisions"),
]
