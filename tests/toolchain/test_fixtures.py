"""The ground every other test stands on."""

import pytest


@pytest.mark.django_db
def test_a_test_has_a_migrated_database(run_jobs):
    assert run_jobs() == []
