"""Fixtures of the tests about people and places."""

import pytest
from django.test import Client

from portal.people.models import User
from portal.people.roles import Role
from tests.factories import PersonFactory


@pytest.fixture
def administrator(db: None) -> User:
    return PersonFactory.create(
        first_name="Sam", last_name="Reid (demo)", email="sam@demo.example", role=Role.PORTAL_ADMIN
    )


@pytest.fixture
def desk(client: Client, administrator: User) -> Client:
    """A browser in which the administrator is signed in."""
    client.force_login(administrator)
    return client
