"""A few published policies to look for."""

import pytest

from portal.people.models import User
from portal.people.roles import Role
from portal.policies.models import PolicyPage
from portal.policies.topics import Topic
from tests.factories import PersonFactory
from tests.portal.policies.making import published


@pytest.fixture
def editor(db: None) -> User:
    return PersonFactory.create(role=Role.EDITOR)


@pytest.fixture
def approver(db: None) -> User:
    return PersonFactory.create(role=Role.IG_LEAD)


@pytest.fixture
def staff(db: None) -> User:
    return PersonFactory.create(role=Role.STAFF)


@pytest.fixture
def phones(editor: User, approver: User) -> PolicyPage:
    return published(
        "Using your own phone",
        author=editor,
        approver=approver,
        topic=Topic.DEVICES,
        summary="What you may do with a private phone.",
        body=[("paragraph", "<p>Never photograph a <b>care note</b> with your phone.</p>")],
    )


@pytest.fixture
def breaches(editor: User, approver: User) -> PolicyPage:
    return published(
        "When something goes wrong",
        author=editor,
        approver=approver,
        topic=Topic.INCIDENTS,
        summary="Whom to tell about a data breach.",
        body=[
            ("heading", "Tell somebody"),
            ("points", ["Tell your manager at once.", "Do not delete anything."]),
        ],
    )
