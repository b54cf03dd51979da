"""The people of the library's tests, and a library with a later version in it."""

from collections.abc import Callable
from pathlib import Path

import pytest
from pytest_django import Settings

from portal.people.models import User
from portal.people.roles import Role
from portal.policy_library.reading import OWN_FILES
from tests.factories import PersonFactory
from tests.portal.policies.making import policies_page


@pytest.fixture
def editor(db: None) -> User:
    policies_page()
    return PersonFactory.create(role=Role.EDITOR, first_name="Edith", last_name="Moss (demo)")


@pytest.fixture
def second_version(settings: Settings, tmp_path: Path) -> Callable[[], None]:
    """Return what puts a made-up version 2 of the starter on passwords into the library."""

    def put_in() -> None:
        text = (OWN_FILES / "passwords.yaml").read_text()
        newer = (
            text.replace("\nversion: 1\n", "\nversion: 2\n")
            .replace("changes:\n", "changes:\n- version: 2\n  what: A PIN is longer now.\n")
            .replace("A PIN is a password.", "A PIN is a password of six digits.")
        )
        (tmp_path / "passwords.yaml").write_text(newer)
        settings.POLICY_STARTERS = [str(tmp_path)]

    return put_in
