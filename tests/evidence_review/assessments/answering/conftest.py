"""What the tests of the pages share."""

import pytest
from django.db import transaction

from tests.evidence_review.assessments.answering.house import House, build


@pytest.fixture
def house() -> House:
    """Build the house, in a transaction of its own where the test has none around it."""
    with transaction.atomic():
        return build()
