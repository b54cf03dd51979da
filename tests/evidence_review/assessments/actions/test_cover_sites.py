"""Head office answers for its sites only where the four things are the same everywhere."""

import pytest

from evidence_review.assessments.actions.answer_sameness import (
    WouldReleaseSites,
    answer_sameness,
)
from evidence_review.assessments.actions.cover_sites import (
    CannotCover,
    NotHeadOffice,
    cover_sites,
)
from evidence_review.assessments.actions.start import CoveredByHeadOffice, start_assessment
from evidence_review.assessments.models import Assessment
from evidence_review.assessments.sameness import NAMES, QUESTIONS, Question, why_not
from portal.people.answers import NotPermitted
from portal.people.models import Site, User
from portal.people.roles import Role
from portal.record.models import Event
from tests.factories import AssessmentFactory, PersonFactory, RequirementFactory, SiteFactory

pytestmark = pytest.mark.django_db
YES = dict.fromkeys(NAMES, True)


@pytest.fixture
def lead() -> User:
    return PersonFactory(role=Role.IG_LEAD)


@pytest.fixture
def head_office() -> Assessment:
    RequirementFactory(levels=["met"])
    return AssessmentFactory(site=None, **YES)


def covered(assessment: Assessment) -> set[Site]:
    return {row.site for row in assessment.coverage.filter(ended_at__isnull=True)}


def test_an_ig_lead_chooses_the_sites_and_one_event_names_them(
    head_office: Assessment, lead: User
) -> None:
    first, second = SiteFactory(), SiteFactory()
    cover_sites(head_office, [first, second], actor=lead)
    assert covered(head_office) == {first, second}
    event = Event.objects.get(verb="assessment.covered")
    assert event.object_ref == head_office.public_id
    assert event.detail_data["sites added"] == sorted([first.name, second.name])


def test_choosing_again_adds_what_is_new_and_lets_go_what_is_left_out(
    head_office: Assessment, lead: User
) -> None:
    first, second, third = SiteFactory(), SiteFactory(), SiteFactory()
    cover_sites(head_office, [first, second], actor=lead)
    done = cover_sites(head_office, [second, third], actor=lead)
    assert (done.added, done.ended) == ([third], [first])
    assert covered(head_office) == {second, third}
    cover_sites(head_office, [second, third], actor=lead)
    assert Event.objects.filter(verb="assessment.covered").count() == 2


def test_a_site_that_was_let_go_and_is_chosen_again_starts_anew(
    head_office: Assessment, lead: User
) -> None:
    site = SiteFactory()
    for sites in ([site], [], [site]):
        cover_sites(head_office, sites, actor=lead)
    assert head_office.coverage.count() == 2
    assert covered(head_office) == {site}


@pytest.mark.parametrize("question", QUESTIONS, ids=lambda question: question.name)
@pytest.mark.parametrize("answer", [False, None])
def test_without_four_times_yes_no_site_is_covered(
    head_office: Assessment, lead: User, question: Question, answer: bool | None
) -> None:
    Assessment.objects.filter(pk=head_office.pk).update(**{question.name: answer})
    with pytest.raises(CannotCover) as refused:
        cover_sites(head_office, [SiteFactory()], actor=lead)
    expected = (
        f"because {question.subject} are not" if answer is False else "Answer the four questions"
    )
    assert expected in refused.value.reason
    assert not covered(head_office)


def test_several_differences_are_listed_in_a_sentence(head_office: Assessment) -> None:
    head_office.same_training = head_office.same_policies = head_office.same_it = False
    assert "induction and training, policies and IT systems are not the same" in why_not(
        head_office
    )


def test_a_site_with_an_assessment_of_its_own_cannot_be_covered(
    head_office: Assessment, lead: User
) -> None:
    own = AssessmentFactory(edition=head_office.edition)
    assert own.site
    with pytest.raises(CannotCover, match="started an assessment of its own") as refused:
        cover_sites(head_office, [own.site, SiteFactory()], actor=lead)
    assert own.site.name in refused.value.reason
    assert not covered(head_office)


def test_a_closed_site_cannot_be_covered(head_office: Assessment, lead: User) -> None:
    with pytest.raises(CannotCover, match="closed"):
        cover_sites(head_office, [SiteFactory(is_active=False)], actor=lead)


def test_an_assessment_of_a_site_covers_nothing(lead: User) -> None:
    with pytest.raises(NotHeadOffice):
        cover_sites(AssessmentFactory(), [SiteFactory()], actor=lead)


@pytest.mark.parametrize("role", sorted(set(Role) - {Role.IG_LEAD, Role.REGISTERED_MANAGER}))
def test_others_choose_no_sites_and_answer_no_sameness(head_office: Assessment, role: Role) -> None:
    person = PersonFactory(role=role)
    with pytest.raises(NotPermitted):
        cover_sites(head_office, [SiteFactory()], actor=person)
    with pytest.raises(NotPermitted):
        answer_sameness(head_office, YES | {"same_it": False}, actor=person)


def test_a_manager_of_one_site_chooses_no_sites(head_office: Assessment) -> None:
    manager = PersonFactory(role=Role.REGISTERED_MANAGER, site=SiteFactory())
    with pytest.raises(NotPermitted):
        cover_sites(head_office, [SiteFactory()], actor=manager)


def test_a_no_lets_the_sites_go_only_when_that_is_wanted(
    head_office: Assessment, lead: User
) -> None:
    sites = [SiteFactory(), SiteFactory()]
    cover_sites(head_office, sites, actor=lead)
    no = YES | {"same_it": False}
    with pytest.raises(WouldReleaseSites) as refused:
        answer_sameness(head_office, no, actor=lead)
    assert refused.value.count == 2
    assert covered(head_office) == set(sites)
    done = answer_sameness(head_office, no, release=True, actor=lead)
    assert {row.site for row in done.released} == set(sites)
    assert not covered(head_office)
    verbs = list(Event.objects.order_by("seq").values_list("verb", flat=True))
    assert verbs == ["assessment.covered", "assessment.compared", "assessment.covered"]


def test_answers_are_kept_with_one_event_and_the_same_again_with_none(
    head_office: Assessment, lead: User
) -> None:
    answers = YES | {"same_policies": None}
    assert answer_sameness(head_office, answers, actor=lead).is_changed
    assert not answer_sameness(head_office, answers, actor=lead).is_changed
    head_office.refresh_from_db()
    assert head_office.same_policies is None
    event = Event.objects.get()
    assert event.verb == "assessment.compared"
    assert b'"same_policies":"not answered"' in bytes(event.body)


def test_a_covered_site_starts_no_assessment_of_its_own_before_it_is_let_go(
    head_office: Assessment, lead: User
) -> None:
    site = SiteFactory()
    cover_sites(head_office, [site], actor=lead)
    with pytest.raises(CoveredByHeadOffice, match="let go"):
        start_assessment(head_office.edition, site, actor=lead)
    cover_sites(head_office, [], actor=lead)
    assert start_assessment(head_office.edition, site, actor=lead).site == site
