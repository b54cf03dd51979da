"""Quality statements and what speaks to them, mounted at ``/well-led/``."""

from django.urls import URLPattern

app_name = "well_led"
urlpatterns: list[URLPattern] = []
