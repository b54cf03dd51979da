"""How ready everybody is, mounted at ``/readiness/``."""

from django.urls import URLPattern

app_name = "readiness"
urlpatterns: list[URLPattern] = []
