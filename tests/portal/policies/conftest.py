"""The people of the policy tests."""

import pytest

from portal.people.models import User
from portal.people.roles import Role
from tests.factories import PersonFactory


@pytest.fixture
def editor(db: None) -> User:
    return PersonFactory.create(role=Role.EDITOR, first_name="Edith")


@pytest.fixture
def other_editor(db: None) -> User:
    return PersonFactory.create(role=Role.EDITOR, first_name="Oscar")


@pytest.fixture
def ig_lead(db: None) -> User:
    return PersonFactory.create(role=Role.IG_LEAD, first_name="Grace", job_title="IG lead")


@pytest.fixture
def staff(db: None) -> User:
    return PersonFactory.create(role=Role.STAFF, first_name="Priya")


@pytest.fixture
def superuser(db: None) -> User:
    """The strongest there is: every right of Django, and the roles that write."""
    return PersonFactory.create(role=Role.EDITOR, is_superuser=True, first_name="Sasha")
