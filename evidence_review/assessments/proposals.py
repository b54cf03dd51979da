"""A plain sentence to begin an action with, made of the catalogue's title. Pure."""

from evidence_review.assessments.models import Response
from evidence_review.assessments.states import Standing

_PROPOSED = {
    Standing.NOT_STARTED: "Put this in place, answer the question and link the evidence: {title}.",
    Standing.IN_PROGRESS: "Finish the answer and have its evidence approved: {title}.",
    Standing.COMPLETE: "Bring the evidence up to date and have it approved: {title}.",
}
"""A complete answer is proposed for only when it has lapsed."""


def proposed_action(response: Response) -> str:
    """Return what might be done about an answer that is missing."""
    return _PROPOSED[Standing(response.standing)].format(title=response.requirement.title)


def proposed_for_difference(site: str, difference: str) -> str:
    """Return what might be done about something that is different at a site, in one line."""
    return " ".join(f"Put right at {site}: {difference}".split())[:500]
