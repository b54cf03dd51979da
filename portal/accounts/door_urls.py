"""Sign-in pages that Wagtail brings, closed; mounted before its own."""

from django.urls import path

from portal.accounts.views.door import admin_door

urlpatterns = [
    path("admin/login/", admin_door, name="admin_door"),
    path("_util/login/", admin_door, name="page_door"),
]
