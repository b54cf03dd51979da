"""The nightly look at publications finds what the database's refusals were gone around for."""

import pytest
from django.db import connection

from evidence_review.assessments.invariants import publications_are_as_published
from evidence_review.assessments.models import Publication
from portal.people.roles import Role
from tests.evidence_review.assessments.publishable import published, ready
from tests.factories import AssessmentFactory, PersonFactory

pytestmark = pytest.mark.django_db


def test_a_publication_as_it_was_published_is_fine() -> None:
    published(ready())
    assert list(publications_are_as_published()) == []


@pytest.mark.skipif(connection.vendor != "sqlite", reason="drops a trigger as SQLite names it")
def test_an_answer_changed_behind_the_database_s_back_is_found() -> None:
    publication = published(ready())
    with connection.cursor() as cursor:
        cursor.execute("DROP TRIGGER assessments_publishedanswer_refuses_update")
        cursor.execute("UPDATE assessments_publishedanswer SET question = 'Another?'")

    assert list(publications_are_as_published()) == [
        f"the answers of publication {publication.public_id} are not as published"
    ]


def test_a_publication_without_its_event_is_found() -> None:
    made = Publication(
        assessment=AssessmentFactory.create(),
        level="met",
        level_name="Standards Met",
        answers_sha256="0" * 64,
        published_by=PersonFactory.create(role=Role.IG_LEAD),
    )
    made._history_user = made.published_by
    made.save()

    assert f"the record does not vouch for publication {made.public_id}" in list(
        publications_are_as_published()
    )
