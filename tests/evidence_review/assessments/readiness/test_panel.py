"""The panel on the admin's first page."""

import pytest
from django.test import Client

from portal.people.roles import Role
from tests.evidence_review.assessments.readiness.making import edition, site_with
from tests.factories import AssessmentFactory, PersonFactory

pytestmark = pytest.mark.django_db


def first_page(client: Client, role: Role) -> str:
    client.force_login(PersonFactory(role=role))
    return client.get("/admin/").content.decode()


def test_an_ig_lead_reads_today_the_deadline_and_what_lapses_next(client: Client) -> None:
    edition()
    site_with(["9.1", "9.2"])
    site_with(["9.1"])
    AssessmentFactory(site=None)

    text = first_page(client, Role.IG_LEAD)

    assert "How ready we are" in text
    assert "1 of 2 sites Met</strong> if we published today" in text
    assert "Head office: Not started today" in text
    assert "Nothing that is complete today lapses before then." in text
    assert 'href="/readiness/"' in text


def test_an_editor_does_not(client: Client) -> None:
    edition()
    site_with()
    assert "How ready we are" not in first_page(client, Role.EDITOR)
