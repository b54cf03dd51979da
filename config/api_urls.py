"""The REST API: each room brings its own views."""

from django.urls import path
from drf_spectacular.views import SpectacularAPIView, SpectacularSwaggerView

from evidence_review.assessments.api.answering import (
    AssessmentDetail,
    AssessmentList,
    ResponseDetail,
    ResponseList,
)
from evidence_review.assessments.api.publications import (
    PublicationDetail,
    PublicationExport,
    PublicationList,
)
from evidence_review.assessments.api.readiness import ReadinessList
from evidence_review.assessments.api.sites import CoveredSites, PlanActions
from evidence_review.assessments.api.statements import StatementList
from evidence_review.assessments.urls.references import REF
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
from portal.policies.api import PolicyDetail, PolicyList
from portal.reading.api import ConfirmationList, PolicyConfirmation
from search.api import Search

app_name = "api"
urlpatterns = [
    path("schema/", SpectacularAPIView.as_view(), name="schema"),
    path("docs/", SpectacularSwaggerView.as_view(url_name="api:schema"), name="docs"),
    path("health/", Health.as_view(), name="health"),
    path("search/", Search.as_view(), name="search"),
    path("policies/", PolicyList.as_view(), name="policies"),
    path("policies/<int:pk>/", PolicyDetail.as_view(), name="policy"),
    path(
        "policies/<int:pk>/confirmation/",
        PolicyConfirmation.as_view(),
        name="policy_confirmation",
    ),
    path("confirmations/", ConfirmationList.as_view(), name="confirmations"),
    path("sites/", SiteList.as_view(), name="sites"),
    path("readiness/", ReadinessList.as_view(), name="readiness"),
    path("requirements/", RequirementList.as_view(), name="requirements"),
    path("statements/", StatementList.as_view(), name="statements"),
    path("assessments/", AssessmentList.as_view(), name="assessments"),
    path("assessments/<slug:public_id>/", AssessmentDetail.as_view(), name="assessment"),
    path("assessments/<slug:public_id>/responses/", ResponseList.as_view(), name="responses"),
    path(
        f"assessments/<slug:public_id>/responses/{REF}/",
        ResponseDetail.as_view(),
        name="response",
    ),
    path("assessments/<slug:public_id>/sites/", CoveredSites.as_view(), name="covered_sites"),
    path("assessments/<slug:public_id>/actions/", PlanActions.as_view(), name="actions"),
    path(
        "assessments/<slug:public_id>/publications/",
        PublicationList.as_view(),
        name="publications",
    ),
    path("publications/<slug:public_id>/", PublicationDetail.as_view(), name="publication"),
    path(
        "publications/<slug:public_id>/export/",
        PublicationExport.as_view(),
        name="publication_export",
    ),
    path("evidence/", EvidenceList.as_view(), name="evidence"),
    path("evidence/<slug:public_id>/", EvidenceDetail.as_view(), name="evidence_detail"),
    path("evidence/<slug:public_id>/versions/", EvidenceVersions.as_view(), name="versions"),
    path("versions/<slug:public_id>/", VersionDetail.as_view(), name="version"),
    path("versions/<slug:public_id>/download/", VersionDownload.as_view(), name="download"),
    path("versions/<slug:public_id>/decisions/", VersionDecisions.as_view(), name="decisions"),
]
