"""Who may record a team meeting, and who may see what was recorded."""

from evidence_review.evidence.permissions import user_can_upload_evidence
from portal.people.answers import Answer, Denied
from portal.people.models import Site, User
from portal.people.queries import sites_for
from portal.people.roles import EVIDENCE_WRITERS
from portal.reading.permissions import sites_followed, user_can_follow_up


def user_can_see_meetings(person: User) -> Answer:
    """Whether the person may see meetings at all: whoever follows up who has read what."""
    return user_can_follow_up(person)


def user_can_record_meetings(person: User, site: Site | None) -> Answer:
    """Whether the person may record a meeting at a site (``None``: at some site of theirs).

    They follow up the people there, and may upload the signed sheet.
    """
    answer = user_can_follow_up(person)
    if isinstance(answer, Denied):
        return answer
    if site is None:
        if sites_to_record_at(person):
            return answer
        return Denied("Meetings are recorded by registered managers and IG leads.")
    sites = sites_followed(person)
    if sites is not None and site.pk not in sites:
        return Denied(f"You do not follow up who reads what at {site}.")
    return user_can_upload_evidence(person, site)


def sites_to_record_at(person: User) -> list[Site]:
    """Return the open sites where the person may record a meeting."""
    sites = sites_followed(person)
    return [
        site for site in sites_for(person, EVIDENCE_WRITERS) if sites is None or site.pk in sites
    ]
