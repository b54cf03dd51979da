"""Rules and holds beside the record: what was changed behind its back is found."""

import pytest
from django.utils import timezone

from evidence_review.retention.actions.lift_hold import lift_hold
from evidence_review.retention.actions.place_hold import place_hold
from evidence_review.retention.actions.set_rule import Wanted, set_rule
from evidence_review.retention.models import LegalHold, RetentionRule
from evidence_review.retention.recorded import retention_is_as_recorded
from evidence_review.retention.terms import Basis
from portal.people.answers import NotPermitted
from portal.people.models import User
from portal.people.roles import Role
from tests.factories import EvidenceFactory, PersonFactory

pytestmark = pytest.mark.django_db
WANTED = Wanted(months=72, basis=Basis.PERIOD_END, months_never_approved=6, source="Our solicitor.")


def test_what_went_through_the_actions_is_as_recorded(lead: User) -> None:
    set_rule("contract", WANTED, actor=lead)
    hold = place_hold(evidence=EvidenceFactory(), reason="A claim.", actor=lead)
    place_hold(reason="An inquiry.", actor=lead)
    lift_hold(hold.public_id, reason="Settled.", actor=lead)
    assert list(retention_is_as_recorded()) == []


def test_a_rule_changed_or_confirmed_behind_the_record_is_found(lead: User) -> None:
    set_rule("contract", WANTED, actor=lead)
    RetentionRule.objects.filter(type__code="contract").update(months=1)
    RetentionRule.objects.filter(type__code="photo").update(
        confirmed_by=lead, confirmed_at=timezone.now()
    )
    assert list(retention_is_as_recorded()) == [
        "the retention rule contract is not as the record says",
        "the retention rule photo is not as the record says",
    ]


def test_a_hold_placed_or_lifted_behind_the_record_is_found(lead: User) -> None:
    hold = place_hold(reason="An inquiry.", actor=lead)
    LegalHold.objects.update(lifted_by=lead, lifted_at=timezone.now(), lift_reason="Quietly.")
    other = LegalHold.objects.create(scope="everything", reason="No event.", placed_by=lead)
    assert sorted(retention_is_as_recorded()) == sorted(
        [
            f"legal hold {hold.public_id} was lifted otherwise than the record says",
            f"legal hold {other.public_id} is in the tables, and no event says so",
        ]
    )


@pytest.mark.parametrize("role", [role for role in Role if role != Role.IG_LEAD])
def test_only_an_ig_lead_of_the_whole_organisation_sets_rules_and_holds(role: Role) -> None:
    person = PersonFactory(role=role)
    with pytest.raises(NotPermitted):
        set_rule("contract", WANTED, actor=person)
    with pytest.raises(NotPermitted):
        place_hold(reason="A claim.", actor=person)
    with pytest.raises(NotPermitted):
        lift_hold("nothing", reason="Settled.", actor=person)
