"""Publishing: what was shown is what is frozen, and only under a level that is reached."""

import hashlib
import json
from datetime import timedelta

import pytest
from django.db import IntegrityError, connection, transaction
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from evidence_review.assessments.actions.publish import (
    AlreadyPublished,
    ChangedSinceShown,
    NoLevelReached,
    publish_assessment,
)
from evidence_review.assessments.frozen import KEPT, canonical_text, changed_since
from evidence_review.assessments.models import (
    Assessment,
    Coverage,
    ImprovementAction,
    Publication,
    PublishedAnswer,
)
from evidence_review.assessments.queries.publishing import answers_now, draft_of
from evidence_review.assessments.seen import Seen
from evidence_review.assessments.states import Standing
from evidence_review.assessments.tally import Tally
from evidence_review.review.actions.withdraw import withdraw
from portal.people.answers import NotPermitted
from portal.people.models import User
from portal.people.roles import Role
from portal.record.queries import events_about
from portal.record.verbs import Verb
from tests.evidence_review.assessments.publishable import asked, lead_of, published, ready
from tests.factories import (
    AssessmentFactory,
    PersonFactory,
    RequirementFactory,
    SiteFactory,
    answered,
)

pytestmark = pytest.mark.django_db


def planned(assessment: Assessment) -> None:
    """Put every needed answer that is missing into the improvement plan."""
    owner = PersonFactory.create()
    for response in assessment.responses.exclude(requirement__levels=[]):
        action = ImprovementAction(
            assessment=assessment,
            requirement=response.requirement,
            what="Write it down.",
            owner=owner,
            due=timezone.localdate() + timedelta(days=30),
            created_by=owner,
        )
        action._history_user = owner
        action.save()


def test_the_answers_are_frozen_with_the_versions_of_their_evidence() -> None:
    assessment = ready()

    publication = published(assessment)

    tick, document, optional = publication.answers.order_by("position")
    version = document.evidence[0]
    assert [row.ref for row in (tick, document, optional)] == ["1.1.1", "1.1.2", "1.1.3"]
    assert [row.standing for row in (tick, document, optional)] == [
        Standing.COMPLETE,
        Standing.COMPLETE,
        Standing.NOT_STARTED,
    ]
    assert (tick.answer["tick"], document.answer["kept_where"]) == (True, "Blue folder")
    assert (version["title"], version["version"]) == ("Training register", 1)
    assert (
        version["sha256"]
        == assessment.responses.get(requirement__ref="1.1.2").evidence.get().versions.get().sha256
    )


def test_the_hash_is_that_of_the_rows_and_the_event_carries_it() -> None:
    assessment = ready()
    lead = lead_of(assessment)

    publication = published(assessment, actor=lead)

    rows = [
        {name: getattr(row, name) for name in KEPT}
        for row in PublishedAnswer.objects.order_by("position")
    ]
    text = json.dumps(rows, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    event = events_about("assessment", assessment.public_id).get(verb=Verb.ASSESSMENT_PUBLISHED)
    assert publication.answers_sha256 == hashlib.sha256(text.encode()).hexdigest()
    assert (event.sha256, event.after) == (publication.answers_sha256, "met")
    assert event.actor_ref == lead.actor_ref
    assert event.data["facts"]["publication"] == publication.public_id


def test_head_office_publishes_for_the_sites_it_covers_today() -> None:
    assessment = ready(site=None)
    rowan, larch = SiteFactory.create(name="Rowan", ods_code="VM195"), SiteFactory.create()
    Coverage.objects.create(assessment=assessment, site=rowan)
    Coverage.objects.create(assessment=assessment, site=larch, ended_at=timezone.now())

    publication = published(assessment)

    assert [(site["name"], site["ods_code"]) for site in publication.sites] == [("Rowan", "VM195")]


def test_a_site_publishes_for_itself() -> None:
    assessment = ready()
    assert [site["name"] for site in published(assessment).sites] == [str(assessment.site)]


@pytest.mark.parametrize("role", [role for role in Role if role != Role.IG_LEAD])
def test_only_an_ig_lead_publishes(role: Role) -> None:
    assessment = ready()
    person = PersonFactory.create(role=role)

    with pytest.raises(NotPermitted):
        published(assessment, actor=person)

    assert not Publication.objects.exists()


def test_an_ig_lead_of_another_site_does_not_publish() -> None:
    assessment = ready()
    with pytest.raises(NotPermitted):
        published(assessment, actor=PersonFactory.create(role=Role.IG_LEAD, site=SiteFactory()))


def test_nothing_is_published_without_a_level() -> None:
    asked()
    assessment = AssessmentFactory.create()

    with pytest.raises(NoLevelReached) as refused:
        published(assessment)

    assert refused.value.reason == (
        "These answers do not reach a level yet, so they cannot be published. "
        "1 answer is not complete that Approaching Standards needs. "
        "2 answers are not complete and not in the improvement plan. Approaching Standards needs "
        "an action with a person and a date for each."
    )
    assert not Publication.objects.exists()
    assert not events_about("assessment", assessment.public_id).exists()


def approaching() -> Assessment:
    asked()
    assessment = AssessmentFactory.create()
    answered(assessment.responses.get(requirement__ref="1.1.1"))
    assessment.refresh_from_db()
    return assessment


def test_approaching_needs_a_complete_plan() -> None:
    assessment = approaching()
    with pytest.raises(NoLevelReached, match="1 answer is not complete and not in the improvement"):
        published(assessment)

    planned(assessment)
    answered(assessment.responses.get(requirement__ref="1.1.3"))
    with_plan = Assessment.objects.get(pk=assessment.pk)
    assert published(with_plan).level == "approaching"


def test_approaching_is_used_once_and_the_next_must_be_higher() -> None:
    assessment = approaching()
    planned(assessment)
    answered(assessment.responses.get(requirement__ref="1.1.3"))
    assessment.refresh_from_db()
    published(assessment)
    answered(assessment.responses.get(requirement__ref="1.1.3"), text="More words.")
    assessment.refresh_from_db()

    with pytest.raises(NoLevelReached) as refused:
        published(assessment)

    assert "can be used only once, as a first publication" in refused.value.reason
    assert "1 answer is not complete that Standards Met needs." in refused.value.reason


def test_publishing_is_counted_at_once_also_in_the_owners_other_editions() -> None:
    assessment = ready()
    published(assessment)
    assessment.refresh_from_db()
    assert Tally.from_json(assessment.tally).published


def test_the_same_answers_are_published_once() -> None:
    assessment = ready()
    first = published(assessment)

    with pytest.raises(AlreadyPublished) as refused:
        published(assessment)

    assert refused.value.publication == first
    assert Publication.objects.count() == 1


def test_an_answer_changed_after_the_look_stops_it_and_is_named() -> None:
    assessment = ready()
    seen = draft_of(assessment).seen
    answered(assessment.responses.get(requirement__ref="1.1.3"), text="Written meanwhile.")

    with pytest.raises(ChangedSinceShown) as refused:
        publish_assessment(assessment, seen=seen, actor=lead_of(assessment))

    assert refused.value.status == 409
    assert refused.value.differences.in_words == ["The answer to 1.1.3."]
    assert not Publication.objects.exists()


def test_evidence_withdrawn_after_the_look_stops_it_and_is_named() -> None:
    assessment = ready()
    seen = draft_of(assessment).seen
    version = assessment.responses.get(requirement__ref="1.1.2").evidence.get().versions.get()
    withdraw(version.public_id, actor=PersonFactory(role=Role.IG_LEAD), reason="Out of date.")

    with pytest.raises(ChangedSinceShown) as refused:
        publish_assessment(assessment, seen=seen, actor=lead_of(assessment))

    assert refused.value.differences.in_words == ["The answer to 1.1.2.", "The level."]


def test_sites_chosen_after_the_look_stop_it() -> None:
    assessment = ready(site=None)
    seen = draft_of(assessment).seen
    Coverage.objects.create(assessment=assessment, site=SiteFactory())

    with pytest.raises(ChangedSinceShown) as refused:
        publish_assessment(assessment, seen=seen, actor=lead_of(assessment))

    assert refused.value.differences.in_words == ["The sites it speaks for."]


@pytest.mark.parametrize("text", ["", "{}", "[]", "null", '{"answers": 3}', "[" * 9000, '"x"'])
def test_what_is_no_digest_of_ours_counts_as_not_seen(text: str) -> None:
    assessment = ready()
    with pytest.raises(ChangedSinceShown):
        publish_assessment(assessment, seen=Seen.from_text(text), actor=lead_of(assessment))


def test_an_answer_that_lapsed_is_frozen_as_in_progress() -> None:
    assessment = ready()
    response = assessment.responses.get(requirement__ref="1.1.1")
    type(response).objects.filter(pk=response.pk).update(
        good_until=timezone.localdate() - timedelta(days=1)
    )
    assert answers_now(assessment)[0].standing == Standing.IN_PROGRESS


def test_what_changed_since_is_known_and_nothing_at_first() -> None:
    assessment = ready()
    publication = published(assessment)
    frozen = list(publication.answers.order_by("position"))
    assert changed_since(frozen, answers_now(assessment)) == []

    answered(assessment.responses.get(requirement__ref="1.1.3"), text="Now we do.")

    change = changed_since(frozen, answers_now(assessment))[0]
    assert (change.ref, change.in_words) == ("1.1.3", "Different: the answer, its standing.")
    assert canonical_text(frozen) == canonical_text(publication.answers.order_by("position"))


def refused_by_the_database(statement: str, *values: str | int) -> str:
    with (
        pytest.raises(IntegrityError) as refused,
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(statement, values)
    return str(refused.value)


@pytest.mark.parametrize(
    ("column", "value"),
    [
        ("level", "exceeded"),
        ("level_name", "Standards Exceeded"),
        ("sites", "[]"),
        ("answers_sha256", "0" * 64),
        ("public_id", "another"),
        ("published_at", "2020-01-01"),
    ],
)
def test_the_database_keeps_a_publication_as_it_is(column: str, value: str) -> None:
    publication = published(ready())
    said = refused_by_the_database(
        f"UPDATE assessments_publication SET {column} = %s WHERE id = %s",  # noqa: S608 - our own
        value,
        publication.pk,
    )
    assert "refused: " in said


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE assessments_publishedanswer SET question = 'Another?'",
        "UPDATE assessments_publishedanswer SET answer = '{}'",
        "DELETE FROM assessments_publishedanswer",
        "DELETE FROM assessments_publication",
    ],
)
def test_the_database_keeps_published_answers_as_they_are(statement: str) -> None:
    published(ready())
    assert "refused: " in refused_by_the_database(statement)


@pytest.mark.parametrize("more", [0, 40])
def test_publishing_takes_the_same_number_of_statements_whatever_is_asked(
    django_assert_num_queries: DjangoAssertNumQueries, more: int
) -> None:
    for _ in range(more):
        RequirementFactory.create()
    assessment = ready()
    lead: User = lead_of(assessment)
    seen = draft_of(assessment).seen
    with django_assert_num_queries(19):
        publish_assessment(assessment, seen=seen, actor=lead)
