"""Setting up: named people and what to have at hand."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
