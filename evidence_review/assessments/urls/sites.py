"""Head office and its sites."""

from django.urls import URLPattern, path

from evidence_review.assessments.urls.references import REF
from evidence_review.assessments.views.sites.choosing import choose
from evidence_review.assessments.views.sites.confirming import confirm, different
from evidence_review.assessments.views.sites.download import SiteAnswersDownload
from evidence_review.assessments.views.sites.overview import sites
from evidence_review.assessments.views.sites.sameness import same

_SITE = "<slug:public_id>/sites/<slug:site_public_id>/"

urlpatterns: list[URLPattern] = [
    path("<slug:public_id>/sites/", sites, name="sites"),
    path("<slug:public_id>/sites/same/", same, name="same"),
    path("<slug:public_id>/sites/choose/", choose, name="choose_sites"),
    path(_SITE, confirm, name="confirm"),
    path(f"{_SITE}different/{REF}/", different, name="different"),
    path(f"{_SITE}answers/<slug:kind>/", SiteAnswersDownload.as_view(), name="site_answers_file"),
]
