"""Head office and its sites."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
