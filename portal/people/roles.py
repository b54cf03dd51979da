"""The roles a person may hold, and the families that permission questions speak of."""

from django.db.models import TextChoices


class Role(TextChoices):
    """What somebody is trusted with, for one site or for the whole organisation."""

    IG_LEAD = "ig_lead", "IG lead"
    EDITOR = "editor", "Editor"
    CONTRIBUTOR = "contributor", "Contributor"
    REGISTERED_MANAGER = "registered_manager", "Registered manager"
    STAFF = "staff", "Staff"
    GROUP_MANAGER = "group_manager", "Group manager"
    PORTAL_ADMIN = "portal_admin", "Portal administrator"


ADMIN_ROLES = frozenset({Role.IG_LEAD, Role.EDITOR, Role.PORTAL_ADMIN})
"""May enter the Wagtail admin."""

EVIDENCE_WRITERS = frozenset({Role.IG_LEAD, Role.CONTRIBUTOR, Role.REGISTERED_MANAGER})
"""May upload evidence and change its details."""

EVIDENCE_READERS = EVIDENCE_WRITERS | {Role.GROUP_MANAGER}
"""May see evidence of their sites. Everyone else reads policies, not files."""
