"""Who may invite inspectors and end their access, and what an inspector may do."""

from collections.abc import Sequence
from datetime import timedelta
from typing import Any

from evidence_review.evidence.models import EvidenceVersion
from evidence_review.inspection.models import InspectorAccess, InspectorSession
from evidence_review.inspection.scope import shown_versions
from evidence_review.inspection.sessions import is_over
from portal.people.answers import Allowed, Answer, Denied
from portal.people.models import Site, User
from portal.people.queries import holds_everywhere, roles_anywhere, site_ids_for
from portal.people.roles import Role

INVITERS = frozenset({Role.IG_LEAD})
LONGEST_BACK = timedelta(days=366)
LINK_OVER = "This link does not work any more. Ask the care provider for a new one."


def user_can_see_inspectors(person: User) -> Answer:
    """Whether the person has anything to do with inspectors' access."""
    if roles_anywhere(person) & INVITERS:
        return Allowed()
    return Denied("Only an IG lead may give inspectors access.")


def user_can_give_access(person: User, sites: Sequence[Site] | None) -> Answer:
    """Whether the person may let an inspector see these sites; ``None`` asks about every site."""
    if holds_everywhere(person, INVITERS):
        return Allowed()
    if sites is None:
        return Denied("Only an IG lead of the whole organisation may open every site.")
    own = site_ids_for(person, INVITERS) or frozenset()
    if own and {site.pk for site in sites} <= own:
        return Allowed()
    return Denied("Only an IG lead of each of these sites may give an inspector access to them.")


def user_can_end_access(person: User, access: InspectorAccess) -> Answer:
    """Whether the person may end this access, send its link and see what was looked at."""
    sites = None if access.every_site else list(access.sites.all())
    if user_can_give_access(person, sites):
        return Allowed()
    return Denied("Only an IG lead of every site in this access may change it.")


def inspector_can_enter(access: InspectorAccess) -> Answer:
    """Whether the link works at this very moment."""
    return Allowed() if access.is_open() else Denied(LINK_OVER)


def inspector_can_look(session: InspectorSession) -> Answer:
    """Whether the browser that holds this session may be shown anything at this very moment."""
    if not session.access.is_open():
        return Denied(LINK_OVER)
    if is_over(session):
        return Denied("You were signed out. Ask for a new code.")
    return Allowed()


def look_back(access: InspectorAccess) -> dict[str, Any]:
    """Return the limits within which an inspector may see the past: a year before their access.

    What is asked of a service is what it did in the year under review. What it kept longer ago, and
    has since put right or taken away, its IG lead can still show them.
    """
    return {
        "earliest": access.starts - LONGEST_BACK,
        "too_early": "You can look back to a year before your access began. "
        "Ask the service to show you what was earlier.",
    }


def inspector_can_open_version(session: InspectorSession, version: EvidenceVersion) -> Answer:
    """Whether the session may be given this version's bytes at this very moment."""
    answer = inspector_can_look(session)
    if not answer:
        return answer
    if shown_versions(session.access).filter(pk=version.pk).exists():
        return Allowed()
    return Denied("This file is not part of the summary.")
