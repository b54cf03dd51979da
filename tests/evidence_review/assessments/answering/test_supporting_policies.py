"""The page of a question names the policies that support it."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from portal.people.roles import Role
from tests.evidence_review.assessments.answering.house import House
from tests.factories import PersonFactory
from tests.portal.policies.making import draft, published

pytestmark = pytest.mark.django_db


def test_policies_in_force_that_the_person_may_read_are_named(house: House) -> None:
    editor = PersonFactory.create(role=Role.EDITOR)
    lead = PersonFactory.create(role=Role.IG_LEAD)
    supports = [house.response("1.2").requirement]
    page = published("Keeping records", author=editor, approver=lead, supports=supports)
    published(
        "For administrators", author=editor, approver=lead, supports=supports,
        for_roles=[Role.PORTAL_ADMIN.value],
    )  # fmt: skip
    draft("Not published yet", author=editor, supports=supports)
    published("About something else", author=editor, approver=lead)

    shown = house.page("1.2")

    assert "Policies that support this" in shown
    assert f'<a href="/policies/{page.slug}/">Keeping records</a>, version 1' in shown
    for other in ("For administrators", "Not published yet", "About something else"):
        assert other not in shown
    assert "Policies that support this" not in house.page("1.1")


def test_any_number_of_policies_costs_one_query(house: House) -> None:
    editor = PersonFactory.create(role=Role.EDITOR)
    lead = PersonFactory.create(role=Role.IG_LEAD)
    house.page("1.2")
    with CaptureQueriesContext(connection) as for_none:
        house.page("1.2")
    for number in range(3):
        published(
            f"Policy {number}", author=editor, approver=lead,
            supports=[house.response("1.2").requirement],
        )  # fmt: skip
    with CaptureQueriesContext(connection) as for_some:
        assert house.page("1.2").count("Policy ") == 3
    assert len(for_some) == len(for_none)
