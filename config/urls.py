"""Where each room's pages are mounted. Every pattern has a row in the tests' permission table."""

from django.urls import include, path
from wagtail import urls as wagtail_urls
from wagtail.admin import urls as wagtailadmin_urls

urlpatterns = [
    path("account/", include("portal.accounts.urls")),
    path("account/", include("portal.people.sign_in_urls")),
    path("account/", include("portal.shared_devices.account_urls")),
    path("shared/", include("portal.shared_devices.urls")),
    # Before Wagtail's addresses, of which it takes the place of some.
    path("", include("portal.accounts.door_urls")),
    path("admin/", include(wagtailadmin_urls)),
    path("api/v1/", include("config.api_urls", namespace="api")),
    path("evidence/versions/", include("evidence_review.scanning.urls")),
    path("evidence/versions/", include("evidence_review.review.urls")),
    path("evidence/versions/", include("evidence_review.extraction.urls")),
    path("evidence/versions/", include("evidence_review.retention.urls")),
    path("evidence/", include("evidence_review.evidence.urls")),
    path("assessment/", include("evidence_review.assessments.urls")),
    path("readiness/", include("evidence_review.assessments.urls.readiness")),
    path("well-led/", include("evidence_review.assessments.urls.well_led")),
    path("inspection/", include("evidence_review.inspection.urls")),
    path("inspection/", include("evidence_review.packs.inspector_urls")),
    path("record/check/", include("portal.anchors.urls")),
    path("search/", include("search.urls")),
    path("policies/follow-up/", include("portal.reading.urls.follow_up")),
    path("policies/meetings/", include("evidence_review.meetings.urls")),
    path("policies/downloads/", include("evidence_review.evidence.policy_urls")),
    path("policies/", include("portal.policies.urls")),
    path("policies/", include("portal.reading.urls.policies")),
    path("", include("portal.chrome.urls")),
    path("", include("home.urls")),
    # Last: Wagtail answers every path that is left, and serves the policy pages.
    path("", include(wagtail_urls)),
]

handler400 = "portal.chrome.errors.bad_request"
handler403 = "portal.chrome.errors.forbidden"
handler404 = "portal.chrome.errors.not_found"
handler500 = "portal.chrome.errors.server_error"
