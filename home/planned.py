"""What the assessment asks of one person beside questions: head office's answers, and actions."""

from dataclasses import dataclass

from django.utils import timezone

from evidence_review.assessments.models import Assessment, ImprovementAction
from evidence_review.assessments.plan_filter import look_on
from evidence_review.assessments.queries.coverage import SiteStanding, site_standings
from evidence_review.assessments.queries.plan import visible_actions
from evidence_review.assessments.states import PLANNED
from evidence_review.evidence.states import Look
from portal.people.models import User
from portal.people.queries import site_ids_for
from portal.people.roles import Role


@dataclass(frozen=True)
class OwnAction:
    """An action the person sees to, and how it is drawn today."""

    action: ImprovementAction
    look: Look
    is_late: bool


def sites_to_confirm(person: User) -> list[SiteStanding]:
    """Return the person's sites where head office's answers are still to be confirmed."""
    sites = site_ids_for(person, {Role.REGISTERED_MANAGER})
    if sites is not None and not sites:
        return []
    head_offices = Assessment.objects.filter(site__isnull=True, edition__in_use=True)
    standings = site_standings(head_offices.select_related("edition"), sites=sites)
    return [one for one in standings if one.to_confirm]


def own_actions(person: User, at_most: int) -> list[OwnAction]:
    """Return what the person is to see to, the most urgent first."""
    today = timezone.localdate()
    found = visible_actions(person).filter(owner=person, state__in=PLANNED)
    return [OwnAction(one, look_on(one, today), one.due < today) for one in found[:at_most]]
