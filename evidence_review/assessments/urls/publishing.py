"""Publications, certificates and roll-over."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
