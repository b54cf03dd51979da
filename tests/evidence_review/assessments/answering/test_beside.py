"""What happens beside an answer: evidence, people, notes; and what the record says of it."""

from datetime import timedelta

import pytest
from django.utils import timezone

from evidence_review.assessments.actions.assign_response import CannotAnswer, assign_response
from evidence_review.assessments.actions.link_evidence import (
    EvidenceOfElsewhere,
    link_answer_evidence,
    unlink_answer_evidence,
)
from evidence_review.assessments.actions.write_note import write_note
from evidence_review.assessments.invariants import standing_follows_from_the_evidence
from evidence_review.assessments.models import Coverage
from evidence_review.assessments.states import Standing
from portal.people.answers import NotPermitted
from portal.people.roles import Role
from portal.record.models import Event
from portal.record.verbs import Verb
from tests.evidence_review.assessments.answering.house import House
from tests.factories import (
    AssessmentFactory,
    EvidenceFactory,
    PersonFactory,
    SiteFactory,
    VersionFactory,
    answered,
)

pytestmark = pytest.mark.django_db


def verbs() -> list[str]:
    return list(Event.objects.order_by("seq").values_list("verb", flat=True))


def test_linking_changes_how_the_answer_stands_and_is_recorded(house: House) -> None:
    response = answered(house.response("1.2"), by=house.priya)
    evidence = VersionFactory(evidence__site=house.site).evidence
    assert link_answer_evidence(response, evidence, actor=house.priya)
    response.refresh_from_db()
    assert response.standing == Standing.IN_PROGRESS
    assert unlink_answer_evidence(response, evidence, actor=house.priya)
    response.refresh_from_db()
    assert response.standing == Standing.COMPLETE
    assert verbs() == [Verb.EVIDENCE_LINKED, Verb.RESPONSE_LINKED, Verb.RESPONSE_UNLINKED]
    assert not list(standing_follows_from_the_evidence())


def test_linking_and_unlinking_twice_writes_nothing_more(house: House) -> None:
    response, evidence = house.response("1.2"), EvidenceFactory(site=house.site)
    link_answer_evidence(response, evidence, actor=house.priya)
    count = Event.objects.count()
    assert not link_answer_evidence(response, evidence, actor=house.priya)
    assert Event.objects.count() == count
    unlink_answer_evidence(response, evidence, actor=house.priya)
    assert not unlink_answer_evidence(response, evidence, actor=house.priya)


def test_who_may_correct_the_evidence_ties_it_to_the_question_and_others_do_not(
    house: House,
) -> None:
    response = house.response("1.2")
    mine = EvidenceFactory(site=house.site)
    approved = VersionFactory(evidence__site=None, approved=True).evidence
    for evidence in (mine, approved):
        link_answer_evidence(response, evidence, actor=house.priya)
    assert set(response.evidence.all()) == {mine, approved}
    assert list(mine.requirements.all()) == [response.requirement]
    assert list(approved.requirements.all()) == []


def test_unlinking_leaves_the_evidence_tied_to_the_question(house: House) -> None:
    response, evidence = house.response("1.2"), EvidenceFactory(site=house.site)
    link_answer_evidence(response, evidence, actor=house.priya)
    unlink_answer_evidence(response, evidence, actor=house.priya)
    assert list(evidence.requirements.all()) == [response.requirement]


def test_head_office_rests_on_evidence_of_the_sites_it_covers_only(house: House) -> None:
    head_office = AssessmentFactory(edition=house.assessment.edition, site=None)
    response = head_office.responses.get(requirement__ref="1.2")
    lead = PersonFactory(role=Role.IG_LEAD)
    site = SiteFactory()
    covered, other = EvidenceFactory(site=site), EvidenceFactory(site=SiteFactory())
    Coverage.objects.create(assessment=head_office, site=site)
    assert link_answer_evidence(response, covered, actor=lead)
    with pytest.raises(EvidenceOfElsewhere, match="belongs to another site"):
        link_answer_evidence(response, other, actor=lead)


def test_a_site_never_rests_on_evidence_of_another_site(house: House) -> None:
    lead, other = PersonFactory(role=Role.IG_LEAD), EvidenceFactory(site=SiteFactory())
    with pytest.raises(EvidenceOfElsewhere):
        link_answer_evidence(house.response("1.2"), other, actor=lead)


def test_who_only_reads_links_nothing(house: House) -> None:
    reader, evidence = PersonFactory(role=Role.GROUP_MANAGER), EvidenceFactory(site=house.site)
    with pytest.raises(NotPermitted):
        link_answer_evidence(house.response("1.2"), evidence, actor=reader)
    link_answer_evidence(house.response("1.2"), evidence, actor=house.priya)
    with pytest.raises(NotPermitted):
        unlink_answer_evidence(house.response("1.2"), evidence, actor=reader)


def test_a_question_is_given_to_who_may_answer_it(house: House) -> None:
    due = timezone.localdate() + timedelta(days=9)
    given = assign_response(house.response("1.2"), house.priya, due, actor=house.tom)
    assert (given.assigned_to, given.due) == (house.priya, due)
    assign_response(given, house.priya, due, actor=house.tom)
    event = Event.objects.get()
    assert event.verb == Verb.RESPONSE_ASSIGNED
    assert house.priya.actor_label in str(event.detail_data)
    taken = assign_response(given, None, due, actor=house.tom)
    assert (taken.assigned_to, taken.due) == (None, None)


def test_a_contributor_gives_out_no_questions_and_staff_are_given_none(house: House) -> None:
    with pytest.raises(NotPermitted):
        assign_response(house.response("1.2"), house.tom, None, actor=house.priya)
    carer = PersonFactory(role=Role.STAFF, site=house.site)
    with pytest.raises(CannotAnswer):
        assign_response(house.response("1.2"), carer, None, actor=house.tom)


def test_notes_are_for_those_who_see_the_assessment(house: House) -> None:
    note = write_note(house.response("1.2"), "Who has the key?", actor=house.priya)
    assert (note.text, note.written_by) == ("Who has the key?", house.priya)
    assert verbs() == [Verb.RESPONSE_NOTED]
    for stranger in (PersonFactory(role=Role.STAFF), PersonFactory()):
        with pytest.raises(NotPermitted):
            write_note(house.response("1.2"), "Mine", actor=stranger)
