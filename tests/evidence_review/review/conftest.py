"""What the tests of reviews share."""

import pytest
from pytest_django import Settings

from portal.people.models import User
from portal.people.roles import Role
from tests.evidence_review.scanning import doubles
from tests.factories import PersonFactory


@pytest.fixture(autouse=True)
def ready_scanner(settings: Settings) -> None:
    """Let the scanner be ready, unless a test names another."""
    settings.SCANNER = doubles.CLEAN


@pytest.fixture
def lead(db: None) -> User:
    """An IG lead for every site, with no hand in anything yet."""
    return PersonFactory(role=Role.IG_LEAD, first_name="Grace", job_title="IG lead")


@pytest.fixture
def other_lead(db: None) -> User:
    """A second IG lead for every site."""
    return PersonFactory(role=Role.IG_LEAD, first_name="Tom", job_title="Nominated individual")
