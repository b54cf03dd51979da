"""What the tests of the pages share."""

import pytest

from tests.evidence_review.assessments.answering.house import House, build


@pytest.fixture
def house() -> House:
    return build()
