"""Every page behind a link is kept out of caches, referrers and search engines."""

import pytest
from django.test import Client

from evidence_review.inspection.models import InspectorAccess
from tests.evidence_review.inspection.conftest import Enter, ShowEvidence, page

pytestmark = pytest.mark.django_db


def _is_guarded(answer: object) -> bool:
    headers = getattr(answer, "headers", {})
    return (
        "no-store" in headers["Cache-Control"]
        and headers["Referrer-Policy"] == "no-referrer"
        and headers["X-Robots-Tag"] == "noindex, nofollow"
    )


@pytest.mark.parametrize("name", ["open", "code", "send_code", "leave", "summary"])
@pytest.mark.parametrize("method", ["get", "post", "put", "head", "options"])
def test_every_answer_has_the_headers_whoever_asks_and_however(
    access: InspectorAccess, name: str, method: str
) -> None:
    assert _is_guarded(getattr(Client(), method)(page(name, access)))
    assert _is_guarded(getattr(Client(), method)(page(name, InspectorAccess(link_key="A" * 43))))


def test_refused_forms_have_them_too(access: InspectorAccess) -> None:
    answer = Client(enforce_csrf_checks=True).post(page("send_code", access))
    assert answer.status_code == 403
    assert _is_guarded(answer)


@pytest.mark.parametrize(
    "query", ["", "?part=test-edition:WL5", "?view=print", "?part=nothing", "?page=x"]
)
def test_the_pages_of_somebody_who_is_in_have_them(
    access: InspectorAccess, enter: Enter, query: str
) -> None:
    assert _is_guarded(enter(access).get(page("summary", access) + query))


def test_files_have_them_there_or_not(
    access: InspectorAccess, enter: Enter, show_evidence: ShowEvidence
) -> None:
    browser = enter(access)
    version = show_evidence(approved=True, stored=True)
    given = browser.get(page("download", access, version.public_id))
    assert b"".join(given)
    assert _is_guarded(given)
    assert _is_guarded(browser.get(page("download", access, "nothing")))


def test_no_page_runs_script_or_style_of_its_own(access: InspectorAccess, enter: Enter) -> None:
    browser = enter(access)
    for address in (page("open", access), page("code", access), page("summary", access)):
        content = browser.get(address, follow=True).content.decode()
        assert "<script>" not in content
        assert " style=" not in content
        assert " onclick=" not in content
