"""Fixtures of the chrome's tests."""

import pytest
from django.test import Client
from pytest_django import Settings

from portal.people.models import User
from portal.people.roles import Role
from tests.factories import PersonFactory
from tests.portal.chrome.browsing import browser

__all__ = ["browser", "contributor", "gallery", "signed_in"]


@pytest.fixture
def gallery(settings: Settings) -> None:
    """Mount the tests' own pages instead of the portal's."""
    settings.ROOT_URLCONF = "tests.portal.chrome.gallery"


@pytest.fixture
def contributor(db: None) -> User:
    return PersonFactory.create(first_name="Priya", last_name="Nair (demo)", role=Role.CONTRIBUTOR)


@pytest.fixture
def signed_in(client: Client, contributor: User) -> Client:
    client.force_login(contributor)
    return client
