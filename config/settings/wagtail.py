"""Wagtail: the admin and the policy pages. Nothing here asks another host for anything."""

from config.settings.environment import env

WAGTAIL_SITE_NAME = env.str("PORTAL_NAME", default="Wellkept")
WAGTAILADMIN_BASE_URL = env.str("PORTAL_BASE_URL", default="http://localhost:8000")
WAGTAIL_GRAVATAR_PROVIDER_URL = None
WAGTAIL_ENABLE_UPDATE_CHECK = False
WAGTAIL_ENABLE_WHATS_NEW_BANNER = False
WAGTAIL_PASSWORD_MANAGEMENT_ENABLED = False
WAGTAIL_PASSWORD_RESET_ENABLED = False
WAGTAIL_EMAIL_MANAGEMENT_ENABLED = False
WAGTAIL_WORKFLOW_REQUIRE_REAPPROVAL_ON_EDIT = True
WAGTAIL_FINISH_WORKFLOW_ACTION = "portal.policies.publishing.publish_approved_revision"
WAGTAILADMIN_LOGIN_URL = "admin_door"
WAGTAIL_FRONTEND_LOGIN_URL = "/account/login/"
WAGTAILADMIN_UNSAFE_PAGE_DELETION_LIMIT = 5
WAGTAILADMIN_PERMITTED_LANGUAGES = [("en", "English")]

ROLE_PERMISSIONS = {
    "ig_lead": ["wagtailadmin.access_admin", "record.view_event"],
    "editor": ["wagtailadmin.access_admin"],
    "portal_admin": ["wagtailadmin.access_admin", "record.view_event"],
}
"""What Django itself is told of each role; every other question is answered by permissions.py."""
