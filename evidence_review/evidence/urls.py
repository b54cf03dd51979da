"""Evidence on the portal."""

from django.urls import URLPattern

app_name = "evidence"
urlpatterns: list[URLPattern] = []
