"""How the portal presents itself: brand colour, menu, notices."""

from config.settings.environment import env

PORTAL_BRAND_COLOUR = env.str("PORTAL_BRAND_COLOUR", default="")
"""A colour such as ``#0f524e`` for links, buttons and footer. A check refuses one too pale."""

PORTAL_MENU: list[tuple[str, str, str]] = [
    ("Home", "/", ""),
    ("Policies", "/policies/", ""),
    ("Assessment", "/assessment/", "portal.people.roles.EVIDENCE_READERS"),
    ("Evidence", "/evidence/", "portal.people.roles.EVIDENCE_READERS"),
    ("Readiness", "/readiness/", "portal.people.roles.EVIDENCE_READERS"),
    ("Well-led", "/well-led/", "portal.people.roles.EVIDENCE_READERS"),
]
"""Label, path, and the family of roles it is for (empty: everyone who is signed in)."""

PORTAL_HELP_CONTACT = env.str("PORTAL_HELP_CONTACT", default="")
"""Whom people ask for help, as it should stand in a sentence: ``Sam Patel on 01234 567890``."""

ADMIN_NOTICES = ["evidence_review.scanning.readiness.admin_notices"]
"""Dotted functions ``(request) -> list[str]``; each sentence is a bar on every admin page."""
