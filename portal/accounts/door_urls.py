"""What stands before Wagtail's own addresses: a closed sign-in, and closed screens of people."""

from django.urls import path, re_path
from wagtail.admin.auth import require_admin_access

from portal.accounts.views.door import admin_door
from portal.accounts.views.wagtails_own import PreferencesView, kept_elsewhere

urlpatterns = [
    path("admin/login/", admin_door, name="admin_door"),
    path("_util/login/", admin_door, name="page_door"),
    re_path(r"^admin/(?:users|groups|sites|redirects|bulk/people)/", kept_elsewhere),
    path("admin/account/", require_admin_access(PreferencesView.as_view())),
]
