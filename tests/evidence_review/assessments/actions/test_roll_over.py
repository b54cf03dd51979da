"""Carried over: every text and file arrives, and nothing is complete by arriving."""

from datetime import date

import pytest
from pytest_django import DjangoAssertNumQueries

from evidence_review.assessments.actions.confirm_carried import (
    CannotBeConfirmedTogether,
    confirm_carried,
)
from evidence_review.assessments.actions.roll_over import AlreadyThere, NoWayThere, roll_over
from evidence_review.assessments.actions.start import start_assessment
from evidence_review.assessments.invariants import standing_follows_from_the_evidence
from evidence_review.assessments.models import Assessment, Coverage, Response
from evidence_review.assessments.queries.rolling_over import (
    Carried,
    editions_ahead,
    evidence_ids_of,
    review_of,
)
from evidence_review.assessments.states import Standing
from evidence_review.assessments.tally import Tally
from portal.frameworks.models import Edition
from portal.people.answers import NotPermitted
from portal.people.models import User
from portal.people.roles import Role
from portal.record.models import Event
from portal.record.queries import events_about
from portal.record.verbs import Verb
from tests.evidence_review.assessments.made_up import editions
from tests.factories import (
    AssessmentFactory,
    EvidenceFactory,
    PersonFactory,
    SiteFactory,
    VersionFactory,
    answered,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def first() -> Edition:
    return editions()[0]


@pytest.fixture
def second(first: Edition) -> Edition:
    return Edition.objects.get(code="made-up-2")


@pytest.fixture
def old(first: Edition) -> Assessment:
    assessment: Assessment = AssessmentFactory.create(edition=first)
    return assessment


@pytest.fixture
def lead() -> User:
    person: User = PersonFactory.create(role=Role.IG_LEAD)
    return person


def answer(assessment: Assessment, ref: str) -> Response:
    return assessment.responses.get(requirement__ref=ref)


def test_an_answer_arrives_with_its_words_and_waits_to_be_confirmed(
    old: Assessment, second: Edition, lead: User
) -> None:
    before = answered(
        answer(old, "1.2"), text="Four policies.", tick=None, comment="Ask Tom in May."
    )

    new = roll_over(old, second, actor=lead)

    carried = answer(new, "2.2")
    assert (carried.text, carried.comment) == ("Four policies.", "Ask Tom in May.")
    assert (carried.carried_from, carried.answered_by) == (before, before.answered_by)
    assert (carried.confirmed_at, carried.standing) == (None, Standing.IN_PROGRESS)
    assert carried.is_carried_over
    assert new.carried_from == old


def test_nothing_is_complete_by_being_carried(old: Assessment, second: Edition, lead: User) -> None:
    version = VersionFactory.create(approved=True, evidence__site=old.site)
    for response in old.responses.all():
        answered(response, evidence=[version.evidence])

    new = roll_over(old, second, actor=lead)

    new.refresh_from_db()
    assert Tally.from_json(new.tally).total.complete == 0
    assert not new.responses.filter(standing=Standing.COMPLETE).exists()
    assert list(standing_follows_from_the_evidence()) == []


def test_evidence_goes_with_its_answer_and_is_tied_to_the_new_question(
    old: Assessment, second: Edition, lead: User
) -> None:
    evidence = EvidenceFactory.create(site=old.site)
    answered(answer(old, "1.1"), evidence=[evidence])

    new = roll_over(old, second, actor=lead)

    carried = answer(new, "2.1")
    event = events_about("evidence", evidence.public_id).get(verb=Verb.EVIDENCE_LINKED)
    assert list(carried.evidence.all()) == [evidence]
    assert [one.code for one in evidence.requirements.select_related("edition")] == [
        "made-up-2:2.1"
    ]
    assert event.data["facts"] == {"requirements": "made-up-2:2.1", "carried_over": 1}


def test_carrying_evidence_over_is_no_hand_in_it(
    old: Assessment, second: Edition, lead: User
) -> None:
    evidence = EvidenceFactory.create(site=old.site)
    answered(answer(old, "1.1"), evidence=[evidence])

    roll_over(old, second, actor=lead)

    assert not evidence.links.model.history.filter(history_user=lead).exists()


def test_answers_that_were_joined_keep_every_text_under_their_headings(
    old: Assessment, second: Edition, lead: User
) -> None:
    answered(answer(old, "1.3"), text="Sheet 1.", kept_where="Blue folder", tick=None)
    answered(answer(old, "1.4"), text="Sheet 2.", kept_where="Red folder", comment="Count them.")

    new = roll_over(old, second, actor=lead)

    joined = answer(new, "2.3")
    assert joined.text == (
        "1.3 Devices\nSheet 1.\nKept: Blue folder\n\n1.4 Phones\nSheet 2.\nKept: Red folder"
    )
    assert (joined.kept_where, joined.comment) == ("", "Count them.")


def test_what_joined_answers_say_alike_stays_in_its_own_field(
    old: Assessment, second: Edition, lead: User
) -> None:
    for ref in ("1.3", "1.4"):
        answered(
            answer(old, ref),
            text=f"Sheet {ref}",
            kept_where="Blue folder",
            document_date=date(2026, 3, 1),
        )

    joined = answer(roll_over(old, second, actor=lead), "2.3")

    assert (joined.kept_where, joined.document_date) == ("Blue folder", date(2026, 3, 1))
    assert "Blue folder" not in joined.text


def test_not_applicable_does_not_pass_where_it_is_no_longer_allowed(
    old: Assessment, second: Edition, lead: User
) -> None:
    answered(
        answer(old, "1.3"),
        text="",
        tick=None,
        not_applicable=True,
        reason_not_applicable="We have no devices.",
    )

    carried = answer(roll_over(old, second, actor=lead), "2.3")

    assert not carried.not_applicable
    assert carried.text == "Not applicable before: We have no devices."


def test_what_is_not_asked_any_more_stays_readable(
    old: Assessment, second: Edition, lead: User
) -> None:
    gone = answered(answer(old, "1.6"), text="In the cellar.")

    review = review_of(roll_over(old, second, actor=lead))

    assert list(review.gone) == [gone]
    assert Response.objects.get(pk=gone.pk).text == "In the cellar."


def test_the_review_tells_new_from_reworded_from_carried(
    old: Assessment, second: Edition, lead: User
) -> None:
    for ref in ("1.1", "1.2", "1.3"):
        answered(answer(old, ref))

    review = review_of(roll_over(old, second, actor=lead))

    def refs(rows: list[Carried]) -> list[str]:
        return [row.response.requirement.ref for row in rows]

    assert refs(review.new) == ["2.5", "2.6"]
    assert refs(review.reworded) == ["2.2", "2.3"]
    assert refs(review.unanswered) == ["2.4"]
    assert refs(review.to_confirm) == refs(review.together) == ["2.1"]
    assert [row.sources[0].requirement.ref for row in review.reworded] == ["1.2", "1.3"]
    assert (review.done, len(review.every)) == (0, 6)


def test_what_was_no_full_answer_is_listed_and_not_confirmed_by_the_dozen(
    old: Assessment, second: Edition, lead: User
) -> None:
    answered(answer(old, "1.1"), tick=None, text="We are not sure.")

    review = review_of(roll_over(old, second, actor=lead))

    assert [row.response.requirement.ref for row in review.unfinished] == ["2.1"]
    assert review.together == []


def test_head_office_goes_on_covering_open_sites_and_is_asked_about_sameness_again(
    first: Edition, second: Edition, lead: User
) -> None:
    old = AssessmentFactory.create(
        edition=first, site=None, same_training=True, same_policies=True, same_it=True
    )
    open_site, closed = SiteFactory.create(), SiteFactory.create(is_active=False)
    for site in (open_site, closed):
        Coverage.objects.create(assessment=old, site=site)

    new = roll_over(old, second, actor=lead)

    assert [one.site for one in new.coverage.all()] == [open_site]
    assert (new.same_training, new.same_policies, new.same_security, new.same_it) == (None,) * 4


def test_one_event_says_what_came_of_it(old: Assessment, second: Edition, lead: User) -> None:
    answered(answer(old, "1.1"))
    answered(answer(old, "1.6"))

    new = roll_over(old, second, actor=lead)

    event = events_about("assessment", new.public_id).get()
    assert event.verb == Verb.ASSESSMENT_ROLLED_OVER
    assert event.data["facts"] == {
        "from": old.public_id,
        "edition": "made-up-2",
        "carried": 1,
        "reworded": 2,
        "new": 2,
        "not_asked_any_more": 1,
    }


def test_the_history_begins_with_what_was_carried(
    old: Assessment, second: Edition, lead: User
) -> None:
    answered(answer(old, "1.2"), text="Four policies.")
    carried = answer(roll_over(old, second, actor=lead), "2.2")
    begun = carried.history.get()
    assert (begun.text, begun.history_user) == ("Four policies.", lead)


def test_the_second_time_is_refused_and_changes_nothing(
    old: Assessment, second: Edition, lead: User
) -> None:
    roll_over(old, second, actor=lead)
    events = Event.objects.count()

    with pytest.raises(AlreadyThere, match="already started"):
        roll_over(old, second, actor=lead)

    assert (Assessment.objects.count(), Event.objects.count()) == (2, events)


def test_an_assessment_that_was_only_started_is_filled(
    old: Assessment, second: Edition, lead: User
) -> None:
    started = start_assessment(second, old.site, actor=lead)
    answered(answer(old, "1.2"), text="Four policies.")

    filled = roll_over(old, second, actor=lead)

    carried = answer(started, "2.2")
    assert (filled, Assessment.objects.count()) == (started, 2)
    assert (carried.text, carried.confirmed_at) == ("Four policies.", None)
    assert carried.history.get().text == "Four policies."
    assert list(standing_follows_from_the_evidence()) == []


def test_an_assessment_with_an_answer_of_its_own_is_not_filled(
    old: Assessment, second: Edition, lead: User
) -> None:
    started = start_assessment(second, old.site, actor=lead)
    answered(answer(started, "2.6"), text="We do.")
    answered(answer(old, "1.2"), text="Four policies.")

    with pytest.raises(AlreadyThere):
        roll_over(old, second, actor=lead)

    assert answer(started, "2.2").text == ""


def test_without_a_map_there_is_no_way(old: Assessment, lead: User) -> None:
    third = Edition.objects.get(code="made-up-3")
    assert list(editions_ahead(old)) == [Edition.objects.get(code="made-up-2")]
    with pytest.raises(NoWayThere, match="does not say where the questions"):
        roll_over(old, third, actor=lead)


def test_nobody_is_carried_into_an_edition_that_is_not_in_use(
    old: Assessment, second: Edition, lead: User
) -> None:
    Edition.objects.filter(pk=second.pk).update(in_use=False)
    with pytest.raises(NoWayThere):
        roll_over(old, second, actor=lead)


@pytest.mark.parametrize("role", [Role.CONTRIBUTOR, Role.EDITOR, Role.STAFF, Role.GROUP_MANAGER])
def test_only_those_who_run_an_assessment_carry_it_over(
    old: Assessment, second: Edition, role: Role
) -> None:
    with pytest.raises(NotPermitted):
        roll_over(old, second, actor=PersonFactory.create(role=role, site=old.site))
    assert Assessment.objects.count() == 1


@pytest.mark.parametrize("answers", [1, 6])
def test_it_takes_the_same_number_of_statements_whatever_is_carried(
    old: Assessment,
    second: Edition,
    lead: User,
    answers: int,
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    for response in list(old.responses.all())[:answers]:
        answered(response, evidence=[EvidenceFactory.create(site=old.site)])
    with django_assert_num_queries(59):
        roll_over(old, second, actor=lead)


def test_several_unchanged_answers_are_confirmed_at_once(
    old: Assessment, second: Edition, lead: User
) -> None:
    answered(answer(old, "1.1"))
    answered(answer(old, "1.5"))
    new = roll_over(old, second, actor=lead)
    read = {row.response.public_id: row.response.revision for row in review_of(new).together}

    confirmed = confirm_carried(new, read, actor=lead)

    carried = answer(new, "2.1")
    event = events_about("response", carried.public_id).get()
    assert len(confirmed) == 2
    assert (carried.confirmed_by, carried.standing) == (lead, Standing.COMPLETE)
    assert (event.verb, event.before, event.after) == (
        Verb.RESPONSE_CONFIRMED,
        "in_progress",
        "complete",
    )
    assert carried.history.count() == 2
    assert review_of(new).done == 2
    assert list(standing_follows_from_the_evidence()) == []


@pytest.mark.parametrize("ref", ["2.2", "2.4", "2.6"])
def test_what_is_reworded_empty_or_new_is_not_confirmed_by_the_dozen(
    old: Assessment, second: Edition, lead: User, ref: str
) -> None:
    answered(answer(old, "1.1"))
    answered(answer(old, "1.2"))
    new = roll_over(old, second, actor=lead)

    with pytest.raises(CannotBeConfirmedTogether):
        confirm_carried(new, {answer(new, one).public_id: 0 for one in ("2.1", ref)}, actor=lead)

    assert not new.responses.filter(confirmed_at__isnull=False).exists()


def test_an_answer_that_changed_after_it_was_read_is_not_confirmed(
    old: Assessment, second: Edition, lead: User
) -> None:
    answered(answer(old, "1.1"))
    new = roll_over(old, second, actor=lead)
    answered(answer(new, "2.1"), confirmed=False, tick=False)

    with pytest.raises(CannotBeConfirmedTogether):
        confirm_carried(new, {answer(new, "2.1").public_id: 0}, actor=lead)


def test_the_answer_of_a_question_corrected_within_an_edition_goes_where_its_successor_goes(
    first: Edition, old: Assessment, second: Edition, lead: User
) -> None:
    answered(answer(old, "1.1"), text="From before the correction.")
    wrong = answer(old, "1.1").requirement
    wrong.is_retired = True
    wrong.save()
    right = answer(old, "1.6").requirement
    right.came_from.create(from_edition="made-up-1", from_ref="1.1")
    moved = second.requirements.get(ref="2.1").came_from.get()
    moved.from_ref = "1.6"
    moved.save()

    assert answer(roll_over(old, second, actor=lead), "2.1").text == "From before the correction."


def test_the_evidence_to_lock_is_named_once_in_order(old: Assessment) -> None:
    evidence = EvidenceFactory.create(site=old.site)
    answered(answer(old, "1.1"), evidence=[evidence])
    answered(answer(old, "1.2"), evidence=[evidence])
    assert evidence_ids_of(old) == [evidence.pk]
