"""What the national toolkit says of a publication, and who takes the answers away."""

from datetime import timedelta

import pytest
from django.utils import timezone

from evidence_review.assessments.actions.enter_publication import (
    ImpossibleDay,
    enter_publication,
)
from evidence_review.assessments.actions.record_export import record_export
from portal.people.answers import NotPermitted
from portal.people.roles import Role
from portal.record.queries import events_about
from portal.record.verbs import Verb
from tests.evidence_review.assessments.publishable import lead_of, published, ready
from tests.factories import EvidenceFactory, PersonFactory

pytestmark = pytest.mark.django_db


def test_the_day_and_the_certificate_are_kept_and_recorded() -> None:
    publication = published(ready())
    certificate = EvidenceFactory.create(site=publication.assessment.site)
    today = timezone.localdate()

    enter_publication(
        publication,
        entered_on=today,
        certificate=certificate,
        actor=lead_of(publication.assessment),
    )

    publication.refresh_from_db()
    event = events_about("publication", publication.public_id).get()
    assert (publication.entered_on, publication.certificate) == (today, certificate)
    assert event.verb == Verb.PUBLICATION_ENTERED
    assert event.data["facts"] == {
        "entered_on": today.isoformat(),
        "certificate": certificate.public_id,
    }


def test_the_same_said_twice_is_one_event() -> None:
    publication = published(ready())
    lead = lead_of(publication.assessment)
    for _ in range(2):
        enter_publication(
            publication, entered_on=timezone.localdate(), certificate=None, actor=lead
        )
    assert events_about("publication", publication.public_id).count() == 1
    assert publication.history.count() == 2


@pytest.mark.parametrize("days", [-1, 1])
def test_a_day_before_the_publication_or_to_come_is_refused(days: int) -> None:
    publication = published(ready())
    with pytest.raises(ImpossibleDay):
        enter_publication(
            publication,
            entered_on=timezone.localdate() + timedelta(days=days),
            certificate=None,
            actor=lead_of(publication.assessment),
        )


def test_only_an_ig_lead_says_so() -> None:
    publication = published(ready())
    with pytest.raises(NotPermitted):
        enter_publication(
            publication,
            entered_on=timezone.localdate(),
            certificate=None,
            actor=PersonFactory.create(role=Role.REGISTERED_MANAGER),
        )


def test_taking_the_answers_away_is_recorded_with_their_hash() -> None:
    publication = published(ready())
    reader = PersonFactory.create(role=Role.REGISTERED_MANAGER, site=publication.assessment.site)

    record_export(publication.assessment, publication, kind="csv", actor=reader)

    event = events_about("publication", publication.public_id).get()
    assert event.verb == Verb.PUBLICATION_EXPORTED
    assert event.sha256 == publication.answers_sha256
    assert event.data["facts"] == {"kind": "csv", "published": 1}


def test_somebody_of_another_site_takes_nothing_away() -> None:
    publication = published(ready())
    with pytest.raises(NotPermitted):
        record_export(
            publication.assessment, None, kind="xlsx", actor=PersonFactory.create(role=Role.STAFF)
        )
