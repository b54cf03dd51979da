"""Titles, claims, notes and file names of uploads: kept exactly and shown escaped, or refused."""

from collections.abc import Iterator
from typing import Any
from unicodedata import category

import pytest
from django.test import Client

from evidence_review.evidence.models import Evidence, EvidenceType, EvidenceVersion
from portal.people.actions.token import create_token
from portal.people.models import User
from portal.people.roles import Role
from tests.bad_input.filling_in import (
    assert_shown,
    assert_shown_escaped,
    is_sentence,
    refused_fields,
)
from tests.bad_input.multipart import post
from tests.bad_input.strings import MORE, NAUGHTY, singly_or_packed
from tests.factories import EvidenceFactory, PersonFactory, VersionFactory

pytestmark = pytest.mark.django_db
TEXT = b"Notes of the day"
LONGEST_TITLE, LONGEST_CLAIM, LONGEST_NAME = 200, 300, 180
LONGEST_HEADER = 1000
"""Django reads no longer head of a part; the page for nonsense answers. No file has such a name."""
LISTS = ("/evidence/", "/admin/evidence/", "/evidence/add/", "/")


@pytest.fixture
def lead() -> User:
    return PersonFactory.create(role=Role.IG_LEAD)


@pytest.fixture
def browser(client: Client, lead: User) -> Client:
    client.force_login(lead)
    return client


def _details(number: int) -> dict[str, str]:
    return {
        "site": "all",
        "type": str(EvidenceType.objects.get(code="document").pk),
        "upload_key": f"naughty-{number}",
    }


def test_every_title_and_claim_is_kept_and_shown_or_refused(browser: Client) -> None:
    kept = []
    for number, text in enumerate(singly_or_packed(LONGEST_TITLE)):
        form = _details(number) | {"title": text, "claim": text}
        answer: Any = post(browser, "/evidence/add/", form, [("files", "notes.txt", TEXT)])
        if answer.status_code == 302:
            kept.append(text.strip() or "notes")
            continue
        assert answer.status_code == 400
        said = [words for found in refused_fields(answer).values() for words in found]
        assert all(is_sentence(words) for words in said), said
        assert_shown_escaped(answer, text)
        assert len(text) > LONGEST_TITLE or "\x00" in text, text
    made = Evidence.objects.order_by("pk")
    assert [evidence.title for evidence in made] == kept
    assert [evidence.claim for evidence in made] == [
        "" if text == "notes" else text for text in kept
    ]
    _check_lists(browser, kept)


def _check_lists(browser: Client, titles: list[str]) -> None:
    """Require that all titles are read in the list, whole and without effect."""
    pages = [browser.get("/evidence/", {"page": page}) for page in range(1, len(titles) // 25 + 2)]
    together = "".join(page.content.decode() for page in pages)
    for title in titles:
        assert_shown(together, title)
    for page in [*pages, *map(browser.get, LISTS)]:
        assert page.status_code == 200
        assert_shown_escaped(page, *titles)


def test_every_file_name_is_made_safe_and_shown_or_refused(browser: Client) -> None:
    evidence = EvidenceFactory.create(site=None)
    texts = singly_or_packed(LONGEST_NAME)
    for number, text in enumerate(texts):
        form = {"upload_key": f"name-{number}"}
        file = ("files", f"{text}.txt", b"%d" % number)
        answer: Any = post(browser, f"/evidence/{evidence.public_id}/versions/add/", form, [file])
        if answer.status_code == 302:
            continue
        assert answer.status_code == 400, text
        assert_shown_escaped(answer, text)
        if len(text) > LONGEST_HEADER:
            continue
        assert all(map(is_sentence, refused_fields(answer)["files"])), text
    names = list(evidence.versions.values_list("original_name", flat=True))
    assert len(names) > len(texts) / 3
    for name in names:
        assert name.endswith(".txt")
        assert not any(category(sign) in ("Cc", "Cs", "Zl", "Zp") for sign in name), name
        assert not set('/\\<>:"|?*') & set(name), name
    page = browser.get(f"/evidence/{evidence.public_id}/")
    assert_shown_escaped(page, *NAUGHTY)


def _downloads(browser: Client) -> Iterator[tuple[str, Any]]:
    for text in singly_or_packed(LONGEST_NAME):
        name = f"{text[:LONGEST_NAME]}.pdf".replace("\x00", "")
        version = VersionFactory.create(original_name=name, content=name.encode(), stored=True)
        yield name, browser.get(f"/evidence/versions/{version.public_id}/download/")


def test_a_name_cannot_break_out_of_the_header_of_a_download(browser: Client) -> None:
    """Names are made safe on the way in; the way out does not rely on it."""
    for name, answer in _downloads(browser):
        assert answer.status_code == 200
        assert b"".join(answer.streaming_content) == name.encode()
        header = answer.headers["Content-Disposition"]
        assert header.startswith("attachment")
        assert not {"\r", "\n"} & set(header), name


def test_the_note_on_a_new_version_is_kept_and_shown_or_refused(browser: Client) -> None:
    evidence = EvidenceFactory.create(site=None)
    address = f"/evidence/{evidence.public_id}/versions/add/"
    for number, text in enumerate(singly_or_packed(LONGEST_CLAIM)):
        form = {"upload_key": f"note-{number}", "change_note": text}
        answer: Any = post(browser, address, form, [("files", "notes.txt", b"%d" % number)])
        if answer.status_code == 302:
            assert EvidenceVersion.objects.latest("pk").change_note == text.strip()
        else:
            assert set(refused_fields(answer)) == {"change_note"}
    page = browser.get(f"/evidence/{evidence.public_id}/")
    assert_shown_escaped(page, *NAUGHTY)


@pytest.fixture
def api(lead: User) -> Client:
    _, token = create_token(lead, "naughty", actor=lead)
    return Client(headers={"Authorization": f"Bearer {token}"})


def test_the_api_keeps_titles_claims_and_notes_or_says_why_not(api: Client) -> None:
    for number, text in enumerate(singly_or_packed(LONGEST_TITLE)):
        form = {"site": "all", "title": text, "claim": text, "change_note": text}
        answer: Any = post(api, "/api/v1/evidence/", form, [("file", "a.txt", b"%d" % number)])
        body = answer.json()
        if answer.status_code == 201:
            version = EvidenceVersion.objects.latest("pk")
            evidence = version.evidence
            assert {evidence.title, evidence.claim, version.change_note} == {text.strip()}
            read = api.get(f"/api/v1/evidence/{evidence.public_id}/").json()
            assert (read["title"], read["claim"]) == (text.strip(), text.strip())
        else:
            assert answer.status_code == 400
            assert answer.headers["Content-Type"] == "application/problem+json"
            assert {error["field"] for error in body["errors"]} <= set(form)
            assert all(_says_something(error["message"], text) for error in body["errors"])


def _says_something(message: str, text: str) -> bool:
    """Tell whether a sentence is left when what was sent is taken out of it."""
    return is_sentence(message.replace(text.strip(), "") if text.strip() else message)


OTHER_FIELDS = (
    "site", "type", "requirements", "period_start", "period_end", "review_date", "keep_location"
)  # fmt: skip


@pytest.mark.parametrize("field", OTHER_FIELDS)
def test_the_api_refuses_nonsense_in_any_other_field(api: Client, field: str) -> None:
    good = {"site": "all", "title": "Notes"}
    for number, text in enumerate([*NAUGHTY[OTHER_FIELDS.index(field) :: 7], *MORE]):
        form = good | {field: text}
        answer: Any = post(api, "/api/v1/evidence/", form, [("file", "a.txt", b"%d" % number)])
        assert answer.status_code in (201, 400), text
        if answer.status_code == 400:
            errors = answer.json()["errors"]
            assert {error["field"] for error in errors} == {field}
            assert all(_says_something(error["message"], text) for error in errors), errors


@pytest.mark.parametrize("text", ["x" * 61, "é", "a\x7fb", ""])
def test_an_idempotency_key_of_any_other_shape_is_refused(api: Client, text: str) -> None:
    form = {"site": "all", "title": "Notes"}
    api.defaults["HTTP_IDEMPOTENCY_KEY"] = text
    answer: Any = post(api, "/api/v1/evidence/", form, [("file", "a.txt", TEXT)])
    assert answer.status_code == 400
    assert not EvidenceVersion.objects.exists()


def test_the_api_refuses_decisions_that_are_none(api: Client) -> None:
    version = VersionFactory.create(evidence=EvidenceFactory.create(site=None))
    address = f"/api/v1/versions/{version.public_id}/decisions/"
    good = {"outcome": "return", "reason": "The date is missing.", "sha256": version.sha256}
    for number, text in enumerate(singly_or_packed(300)):
        field = ("outcome", "sha256")[number % 2]
        answer = api.post(address, good | {field: text})
        assert answer.status_code in (400, 409, 422), text
    for body in (b"{", b"[]", b"null", b'"x"', b"\xff\xfe", b'{"outcome": {}}', b"[" * 5000):
        answer = api.post(address, body, content_type="application/json")
        assert answer.status_code == 400, body[:20]
    version.refresh_from_db()
    assert version.state == "in_review"
