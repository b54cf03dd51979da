"""The pages that look inside a version, for those who may open its file."""

from collections.abc import Callable

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from evidence_review.evidence.models import EvidenceVersion
from evidence_review.extraction.actions.ask import ask_for_pictures, ask_for_text
from evidence_review.extraction.cache import forget_pages
from evidence_review.extraction.models import ExtractedText, PagePictures
from evidence_review.extraction.outcomes import RENDERER_VERSION, Outcome
from portal.people.models import User
from portal.people.roles import Role
from portal.record.models import Event
from portal.record.verbs import Verb
from tests.evidence_review.extraction.conftest import Kept
from tests.factories import PersonFactory, VerdictFactory
from tests.files import pictures, written
from tests.fixtures.jobs import RunJobs

pytestmark = pytest.mark.django_db

HOSTILE = "<script>alert(1)</script>"


@pytest.fixture
def lead() -> User:
    """Return an IG lead of the whole organisation."""
    made: User = PersonFactory.create(role=Role.IG_LEAD)
    return made


@pytest.fixture
def looked_at(kept: Kept, run_jobs: RunJobs) -> Callable[..., EvidenceVersion]:
    """Make versions whose inside was looked at."""

    def make(content: bytes, extension: str = "pdf", **kwargs: object) -> EvidenceVersion:
        version = kept(content, extension, **kwargs)
        ask_for_text(version)
        ask_for_pictures(version)
        run_jobs()
        return version

    return make


def _page(client: Client, name: str, version: EvidenceVersion, **query: str) -> str:
    response = client.get(reverse(f"inside:{name}", args=(version.public_id,)), query)
    assert response.status_code == 200
    return response.content.decode()


def test_the_pages_of_a_pdf_are_shown_as_pictures_with_their_text_below(
    client: Client, lead: User, looked_at: Callable[..., EvidenceVersion]
) -> None:
    version = looked_at(written.pdf_of(["Fire drill"], [HOSTILE]))
    client.force_login(lead)
    shown = _page(client, "preview", version)
    assert 'alt="Page 2 of 2"' in shown
    assert "Fire drill" in shown
    assert HOSTILE not in shown
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in shown


def test_a_picture_of_a_page_is_shut_in_by_the_browser_and_never_cached(
    client: Client, lead: User, looked_at: Callable[..., EvidenceVersion]
) -> None:
    version = looked_at(pictures.heic(), "heic")
    client.force_login(lead)
    response = client.get(reverse("inside:page", args=(version.public_id, 1)))
    assert response.content.startswith(b"RIFF")
    assert response["Content-Type"] == "image/webp"
    assert response["X-Content-Type-Options"] == "nosniff"
    assert response["Content-Security-Policy"] == "sandbox; default-src 'none'"
    assert "no-store" in response["Cache-Control"]


@pytest.mark.parametrize("number", [0, 2, 10**12])
def test_there_is_no_picture_of_a_page_that_does_not_exist(
    client: Client, lead: User, looked_at: Callable[..., EvidenceVersion], number: int
) -> None:
    version = looked_at(written.pdf_of(["Only page"]))
    client.force_login(lead)
    response = client.get(reverse("inside:page", args=(version.public_id, number)))
    assert response.status_code == 404


def test_a_preview_nobody_asked_for_is_made_on_the_first_look(
    client: Client, lead: User, kept: Kept, run_jobs: RunJobs
) -> None:
    version = kept(written.pdf_of(["Fire drill"]))
    client.force_login(lead)
    assert "The preview is being made" in _page(client, "preview", version)
    run_jobs()
    assert 'alt="Page 1 of 1"' in _page(client, "preview", version)


def test_a_picture_the_cache_has_lost_is_drawn_again(
    client: Client,
    lead: User,
    looked_at: Callable[..., EvidenceVersion],
    run_jobs: RunJobs,
) -> None:
    version = looked_at(pictures.png(), "png")
    address = reverse("inside:page", args=(version.public_id, 1))
    forget_pages(version.sha256, RENDERER_VERSION, 1)
    client.force_login(lead)
    assert client.get(address).status_code == 404
    run_jobs()
    assert client.get(address).status_code == 200


@pytest.mark.parametrize(
    ("outcome", "words"),
    [
        (Outcome.FAILED, "No preview could be made of this file."),
        (Outcome.LATE, "Making a preview of this file took too long."),
        (Outcome.TOO_BIG, "This file is too big for a preview."),
    ],
)
def test_a_preview_that_cannot_be_made_says_so_and_offers_the_file(
    client: Client, lead: User, kept: Kept, outcome: Outcome, words: str
) -> None:
    version = kept(b"%PDF-broken")
    PagePictures.objects.create(sha256=version.sha256, made_by="1", outcome=outcome)
    client.force_login(lead)
    shown = _page(client, "preview", version)
    assert words in shown
    assert reverse("evidence:download", args=(version.public_id,)) in shown


@pytest.mark.parametrize(
    ("extension", "content", "expected"),
    [
        ("docx", written.docx_of("Lock the door", "&lt;b&gt;"), "Lock the door\n&lt;b&gt;"),
        ("csv", b'name;note\n"Nair; Priya";<b>\n', "<td>Nair; Priya</td><td>&lt;b&gt;</td>"),
        ("txt", b" \n", "There is no text in this file."),
    ],
    ids=["docx", "csv", "empty"],
)
def test_a_file_without_pages_is_shown_as_text_and_tables_as_rows(
    client: Client,
    lead: User,
    looked_at: Callable[..., EvidenceVersion],
    extension: str,
    content: bytes,
    expected: str,
) -> None:
    version = looked_at(content, extension)
    client.force_login(lead)
    assert expected in _page(client, "preview", version)


def test_looking_is_written_down_once_an_hour(
    client: Client, lead: User, looked_at: Callable[..., EvidenceVersion]
) -> None:
    version = looked_at(pictures.png(), "png")
    client.force_login(lead)
    _page(client, "preview", version)
    _page(client, "preview", version)
    opened = Event.objects.get(verb=Verb.VERSION_OPENED)
    assert (opened.actor_ref, opened.sha256) == (lead.actor_ref, version.sha256)


@pytest.mark.parametrize("name", ["preview", "difference"])
def test_nobody_looks_inside_a_file_they_may_not_open(
    client: Client, lead: User, looked_at: Callable[..., EvidenceVersion], name: str
) -> None:
    version = looked_at(written.pdf_of(["secret"]))
    VerdictFactory.create(sha256=version.sha256, found_later=True)
    client.force_login(lead)
    assert client.get(reverse(f"inside:{name}", args=(version.public_id,))).status_code == 404
    address = reverse("inside:page", args=(version.public_id, 1))
    assert client.get(address).status_code == 404
    client.force_login(PersonFactory.create(role=Role.STAFF))
    assert client.get(address).status_code == 404


def test_a_preview_asks_the_same_few_questions_however_many_pages(
    client: Client,
    lead: User,
    looked_at: Callable[..., EvidenceVersion],
) -> None:
    short, long = looked_at(written.pdf_of(["a"])), looked_at(written.pdf_of(*[["a"]] * 19))
    client.force_login(lead)
    counted = []
    for version in (short, short, long, long):
        with CaptureQueriesContext(connection) as questions:
            _page(client, "preview", version)
        counted.append(len(questions))
    assert counted[1] == counted[3] <= 12


def test_the_difference_is_from_the_approved_version_unless_another_is_chosen(
    client: Client, lead: User, looked_at: Callable[..., EvidenceVersion]
) -> None:
    first = looked_at(written.pdf_of(["Tell your manager within 24 hours."]), approved=True)
    second = looked_at(
        written.pdf_of(["Tell your manager straight away."]),
        evidence=first.evidence,
        returned=True,
    )
    third = looked_at(
        written.pdf_of(["Tell your manager", "straight away now."]), evidence=first.evidence
    )
    client.force_login(lead)
    shown = _page(client, "difference", third)
    assert "What changed from version 1 to version 3" in shown
    assert "<del>within 24 hours.</del> <ins>straight away now.</ins>" in shown
    shown = _page(client, "difference", third, **{"with": second.public_id})
    assert "<del>away.</del> <ins>away now.</ins>" in shown
    assert "cannot be compared" in _page(client, "difference", third, **{"with": "other"})


def test_a_difference_that_cannot_be_told_says_why(
    client: Client, lead: User, looked_at: Callable[..., EvidenceVersion]
) -> None:
    first = looked_at(pictures.png(), "png", approved=True)
    client.force_login(lead)
    assert "nothing to compare with" in _page(client, "difference", first)
    same = looked_at(pictures.png(), "png", evidence=first.evidence)
    assert "the same file, byte for byte" in _page(client, "difference", same)
    other = looked_at(pictures.jpg(), "jpg", evidence=first.evidence)
    assert "No text could be read from version 1" in _page(client, "difference", other)
    ExtractedText.objects.all().delete()
    assert "is being taken out" in _page(client, "difference", other)


def test_the_reviewer_sees_pages_and_changed_words_where_they_decide(
    client: Client, lead: User, looked_at: Callable[..., EvidenceVersion]
) -> None:
    first = looked_at(written.pdf_of(["Keep records for six years."]), approved=True)
    second = looked_at(written.pdf_of(["Keep records for eight years."]), evidence=first.evidence)
    client.force_login(lead)
    shown = client.get(reverse("review:decide", args=(second.public_id,))).content.decode()
    page = reverse("review:page", args=(second.public_id, 1))
    assert f'src="{page}" alt="Page 1 of 1"' in shown
    assert "<del>six</del> <ins>eight</ins>" in shown
    assert client.get(page)["Content-Type"] == "image/webp"
