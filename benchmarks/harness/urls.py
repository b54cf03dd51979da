"""The portal's addresses, and the floor that its pages are measured against."""

from django.urls import include, path
from wagtail import urls as wagtail_urls

from benchmarks.harness.floors import count_answers, find_words, who_am_i

urlpatterns = [
    path("_floor/session/", who_am_i),
    path("_floor/answers/", count_answers),
    path("_floor/search/", find_words),
    # Wagtail's own way to serve a page, which the portal has taken the place of.
    path("_floor/wagtail/", include(wagtail_urls)),
    path("", include("config.urls")),
]
