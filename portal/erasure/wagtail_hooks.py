"""Erasures in the admin: their addresses, beside the record."""

from django.urls import URLPattern, URLResolver, include, path
from wagtail import hooks

from portal.erasure.views.erasing import EraseEventView, EraseView
from portal.erasure.views.lists import ErasuresView, ErasureView


@hooks.register("register_admin_urls")
def admin_urls() -> list[URLPattern | URLResolver]:
    """Put erasures at ``/admin/erasures/``."""
    patterns = [
        path("", ErasuresView.as_view(), name="index"),
        path("of/<slug:kind>/<slug:ref>/", EraseView.as_view(), name="erase"),
        path("event/<int:seq>/", EraseEventView.as_view(), name="event"),
        path("<slug:public_id>/", ErasureView.as_view(), name="erasure"),
    ]
    return [path("erasures/", include((patterns, "erasure")))]
