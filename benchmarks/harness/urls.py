"""The portal's addresses, and the floor that its pages are measured against."""

from django.urls import include, path

from benchmarks.harness.floors import who_am_i

urlpatterns = [
    path("_floor/session/", who_am_i),
    path("", include("config.urls")),
]
