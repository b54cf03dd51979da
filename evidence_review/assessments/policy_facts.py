"""What starter policies may ask about people, answered from who holds which duty."""

from django.utils import timezone

from evidence_review.assessments.models import NamedPerson
from evidence_review.assessments.queries.named_people import holding_on
from evidence_review.assessments.states import Duty

FACTS = {
    Duty.SENIOR_RESPONSIBLE: "senior_responsible",
    Duty.CALDICOTT_GUARDIAN: "caldicott_guardian",
    Duty.IT_ADMINISTRATOR: "it_support",
}
"""The fact of ``portal.policy_library`` that each duty answers."""


def named_people() -> dict[str, str]:
    """Return who holds these duties today, each with the job title; the whole organisation first.

    Where several people hold one, the one who has held it longest is named.
    """
    held = NamedPerson.objects.filter(
        holding_on(timezone.localdate()), duty__in=FACTS
    ).select_related("person")
    in_charge = sorted(held, key=lambda one: (one.site_id is not None, one.starts, one.pk))
    found: dict[str, str] = {}
    for one in in_charge:
        found.setdefault(FACTS[Duty(one.duty)], f"{one}, {one.job_title}")
    return found
