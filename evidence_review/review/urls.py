"""Pages of this room (placeholder: the owner of the room overwrites this file)."""

from django.urls import URLPattern

app_name = "review"
urlpatterns: list[URLPattern] = []
