"""From the link to the summary: what opens it, and what does not."""

from django.test import Client

from evidence_review.inspection.models import InspectorAccess
from tests.evidence_review.inspection.conftest import Enter, ShowEvidence, page


def test_smoke(access: InspectorAccess, enter: Enter, show_evidence: ShowEvidence) -> None:
    show_evidence(claim="We test it.")
    browser = enter(access)
    answer = browser.get(page("summary", access))
    assert answer.status_code == 200
    print(answer.content.decode())
    assert "We test it." in answer.content.decode()
