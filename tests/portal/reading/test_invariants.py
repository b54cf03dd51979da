"""What was changed of confirmations behind the record's back is named."""

import pytest

from portal.policies.models import PolicyPage
from portal.reading.invariants import confirmations_are_as_recorded
from tests.behind import behind_the_back
from tests.factories import SiteFactory
from tests.portal.reading.readers import asking, carer, confirms

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def page(db: None) -> PolicyPage:
    """A policy that two people confirmed."""
    page, site = asking(), SiteFactory()
    for _ in range(2):
        confirms(carer(site), page)
    return page


def test_what_people_confirmed_is_as_recorded() -> None:
    assert list(confirmations_are_as_recorded()) == []


@pytest.mark.parametrize(
    "statement",
    [
        (
            "DELETE FROM reading_acknowledgement WHERE id = "
            "(SELECT MIN(id) FROM reading_acknowledgement)"
        ),
        (
            "UPDATE reading_acknowledgement SET how = 'shared_device', device_ref = 'x' WHERE id = "
            "(SELECT MIN(id) FROM reading_acknowledgement)"
        ),
        (
            "UPDATE reading_acknowledgement SET person_id = (SELECT MIN(id) FROM people_user)"
            " WHERE id = (SELECT MIN(id) FROM reading_acknowledgement)"
        ),
    ],
)
def test_a_confirmation_changed_past_the_portal_is_named(page: PolicyPage, statement: str) -> None:
    behind_the_back(statement)
    (sentence,) = confirmations_are_as_recorded()
    assert sentence.startswith(f"policy {page.pk}, version 1 has ")
