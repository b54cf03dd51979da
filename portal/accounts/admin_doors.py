"""What stands before Wagtail's own addresses under ``/admin/``."""

from django.urls import path, re_path
from wagtail.admin.auth import require_admin_access

from portal.accounts.views.wagtails_own import PreferencesView, kept_elsewhere

urlpatterns = [
    re_path(r"^(?:users|groups|sites|redirects|bulk/people)/", kept_elsewhere),
    path("account/", require_admin_access(PreferencesView.as_view())),
]
