"""The evidence pages, as people of several roles meet them."""

import json
from datetime import timedelta
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries, Settings

from evidence_review.evidence.models import Evidence, EvidenceType, EvidenceVersion
from evidence_review.evidence.storage import byte_store
from portal.people.models import User
from portal.people.roles import Role
from portal.record.models import Event
from tests.factories import (
    EvidenceFactory,
    PersonFactory,
    RequirementFactory,
    SiteFactory,
    VersionFactory,
    site_of,
)

pytestmark = pytest.mark.django_db
TEXT = b"Minutes of the meeting of 3 October\n"


@pytest.fixture
def contributor() -> User:
    return PersonFactory.create(role=Role.CONTRIBUTOR, site=SiteFactory.create())


@pytest.fixture
def signed_in(client: Client, contributor: User) -> Client:
    client.force_login(contributor)
    return client


def _form(person: User, *files: Any, **more: Any) -> dict[str, Any]:
    return {
        "title": "Minutes of October",
        "site": site_of(person).public_id,
        "type": EvidenceType.objects.get(code="minutes").pk,
        "upload_key": "page-1",
        "files": list(files) or [SimpleUploadedFile("minutes.txt", TEXT)],
    } | more


def test_an_upload_is_kept_and_shown_as_waiting(signed_in: Client, contributor: User) -> None:
    requirement = RequirementFactory.create(edition__in_use=True)
    form = _form(contributor, requirements=[requirement.code])
    page = signed_in.post(reverse("evidence:add"), form, follow=True)
    version = EvidenceVersion.objects.get()
    assert "Waiting for virus check" in page.content.decode()
    with byte_store().open(version.sha256) as kept:
        assert kept.read() == TEXT
    assert list(version.evidence.requirements.all()) == [requirement]


def test_several_files_become_an_evidence_each_named_after_their_files(
    signed_in: Client, contributor: User
) -> None:
    files = [SimpleUploadedFile(f"part{n}.txt", TEXT + b"%d" % n) for n in (1, 2)]
    signed_in.post(reverse("evidence:add"), _form(contributor, *files))
    titles = set(Evidence.objects.values_list("title", flat=True))
    assert titles == {"Minutes of October: part1", "Minutes of October: part2"}


def test_without_a_title_the_name_of_the_file_is_used(signed_in: Client, contributor: User) -> None:
    signed_in.post(reverse("evidence:add"), _form(contributor, title=""))
    assert Evidence.objects.get().title == "minutes"


@pytest.mark.parametrize(
    ("name", "content", "sentence"),
    [
        ("empty.pdf", b"", "The selected file is empty"),
        ("tool.exe", b"MZ\x90\x00" + b"\0" * 64, "The selected file must be a PDF, Word"),
        ("page.pdf", b"<html><script>alert(1)</script></html>", "is not a PDF"),
    ],
)
def test_a_refused_file_is_answered_with_what_is_wrong_and_loses_nothing_typed(
    signed_in: Client, contributor: User, name: str, content: bytes, sentence: str
) -> None:
    form = _form(contributor, SimpleUploadedFile(name, content), claim="We meet every month")
    page = signed_in.post(reverse("evidence:add"), form)
    html = page.content.decode()
    assert page.status_code == 400
    assert sentence in html
    assert "We meet every month" in html
    assert not Evidence.objects.exists()


def test_a_file_over_the_limit_is_refused_without_being_kept(
    signed_in: Client, contributor: User, settings: Settings
) -> None:
    settings.UPLOAD_MAX_BYTES = 1024 * 1024
    big = SimpleUploadedFile("big.txt", b"x" * (1024 * 1024 + 1))
    page = signed_in.post(reverse("evidence:add"), _form(contributor, big))
    assert "must be smaller than 1 MB" in page.content.decode()
    assert not list(byte_store().all())


def test_the_good_file_of_two_is_kept_and_the_bad_one_named(
    signed_in: Client, contributor: User
) -> None:
    good, bad = SimpleUploadedFile("good.txt", TEXT), SimpleUploadedFile("bad.txt", b"")
    page = signed_in.post(reverse("evidence:add"), _form(contributor, good, bad))
    assert "bad.txt: The selected file is empty" in page.content.decode()
    assert EvidenceVersion.objects.get().original_name == "good.txt"


def test_the_script_is_told_of_versions_and_of_errors(signed_in: Client, contributor: User) -> None:
    url, asks = reverse("evidence:add"), {"accept": "application/json"}
    made = signed_in.post(url, _form(contributor), headers=asks)
    assert made.status_code == 201
    assert made.json()["versions"] == [EvidenceVersion.objects.get().public_id]
    empty = _form(contributor, SimpleUploadedFile("a.txt", b""), upload_key="2")
    refused = signed_in.post(url, empty, headers=asks)
    assert refused.status_code == 400
    assert refused.json()["errors"]["files"] == ["The selected file is empty"]


def test_a_stranger_is_sent_to_sign_in_and_given_no_disk(client: Client, bytes_dir: Any) -> None:
    answer = client.post(reverse("evidence:add"), {"files": SimpleUploadedFile("a.txt", TEXT)})
    assert answer.status_code in {302, 400, 403}
    assert not [path for path in bytes_dir.rglob("*") if path.is_file()]


def test_evidence_of_another_site_is_not_found(signed_in: Client) -> None:
    other = VersionFactory.create(stored=True)
    for name, key in (
        ("evidence:detail", other.evidence.public_id),
        ("evidence:edit", other.evidence.public_id),
        ("evidence:new_version", other.evidence.public_id),
        ("evidence:download", other.public_id),
    ):
        assert signed_in.get(reverse(name, args=(key,))).status_code == 404
    watched = signed_in.get(reverse("evidence:watch"), {"ids": other.public_id})
    assert json.loads(watched.content) == {}


def test_staff_and_editors_do_not_see_evidence(client: Client) -> None:
    version = VersionFactory.create()
    for role in (Role.STAFF, Role.EDITOR, Role.PORTAL_ADMIN):
        client.force_login(PersonFactory.create(role=role))
        assert client.get(reverse("evidence:list")).status_code == 403
        detail = reverse("evidence:detail", args=(version.evidence.public_id,))
        assert client.get(detail).status_code == 404


def test_a_download_is_written_down_before_the_bytes_go(
    signed_in: Client, contributor: User
) -> None:
    site = site_of(contributor)
    version = VersionFactory.create(approved=True, evidence__site=site, content=TEXT, stored=True)
    answer = signed_in.get(reverse("evidence:download", args=(version.public_id,)))
    assert b"".join(answer) == TEXT
    event = Event.objects.get(verb="version.downloaded")
    assert event.actor_ref == contributor.actor_ref


@pytest.mark.parametrize(
    "state", ["waiting", "refused_by_gate", "infected", "unscannable", "check_failed", "recalled"]
)
def test_what_the_checks_did_not_pass_cannot_be_opened(
    signed_in: Client, contributor: User, state: str
) -> None:
    site = site_of(contributor)
    version = VersionFactory.create(evidence__site=site, stored=True, **{state: True})
    answer = signed_in.get(reverse("evidence:download", args=(version.public_id,)))
    assert answer.status_code == 404
    assert not Event.objects.filter(verb="version.downloaded").exists()


def test_the_page_of_an_evidence_shows_its_whole_history(
    signed_in: Client, contributor: User
) -> None:
    signed_in.post(reverse("evidence:add"), _form(contributor))
    evidence = Evidence.objects.get()
    edit = reverse("evidence:edit", args=(evidence.public_id,))
    signed_in.post(edit, _form(contributor, title="Minutes of November", files=[]))
    page = signed_in.get(reverse("evidence:detail", args=(evidence.public_id,)))
    html = page.content.decode()
    assert "“Minutes of October” became “Minutes of November”" in html
    assert "Version 1 uploaded" in html
    assert "Entry 1 in the record" in html


def test_the_form_for_corrections_comes_filled_in(signed_in: Client, contributor: User) -> None:
    review = timezone.localdate() + timedelta(days=90)
    evidence = EvidenceFactory.create(
        site=site_of(contributor), title="Fire drill", review_date=review
    )
    page = signed_in.get(reverse("evidence:edit", args=(evidence.public_id,)))
    html = page.content.decode()
    assert 'value="Fire drill"' in html
    assert f'value="{review.year}"' in html


def test_a_period_that_ends_before_it_starts_is_refused(
    signed_in: Client, contributor: User
) -> None:
    form = _form(contributor, period_start="2026-05-02", period_end="2026-05-01")
    page = signed_in.post(reverse("evidence:add"), form)
    assert "The end of the period must be after its start" in page.content.decode()


@pytest.mark.parametrize("many", [3, 40])
def test_the_list_costs_the_same_for_few_and_for_many(
    signed_in: Client,
    contributor: User,
    many: int,
    django_assert_max_num_queries: DjangoAssertNumQueries,
) -> None:
    site = site_of(contributor)
    for _ in range(many):
        VersionFactory.create(returned=True, evidence__site=site)
    signed_in.get(reverse("evidence:list"))
    with django_assert_max_num_queries(12):
        page = signed_in.get(reverse("evidence:list"))
    assert page.status_code == 200


def test_the_list_is_narrowed_by_words_site_and_state(signed_in: Client, contributor: User) -> None:
    site = site_of(contributor)
    VersionFactory.create(evidence__site=site, evidence__title="Fire drill of May", approved=True)
    VersionFactory.create(evidence__site=site, evidence__title="Fire drill of June")
    page = signed_in.get(
        reverse("evidence:list"), {"q": "drill fire", "state": "approved", "site": site.public_id}
    )
    html = page.content.decode()
    assert "of May" in html
    assert "of June" not in html


@pytest.mark.parametrize("elsewhere", ["https://evil.example/", "//evil.example/", "javascript:1"])
def test_after_an_upload_the_person_is_led_back_but_never_out_of_the_portal(
    signed_in: Client, contributor: User, elsewhere: str
) -> None:
    form = _form(contributor, next="/help/")
    assert signed_in.post(reverse("evidence:add"), form)["Location"] == "/help/"
    form = _form(contributor, next=elsewhere, upload_key="page-2")
    assert signed_in.post(reverse("evidence:add"), form)["Location"] == "/evidence/add/#yours"
    page = signed_in.get(reverse("evidence:add"), {"next": elsewhere}).content.decode()
    assert "Back to where you were" not in page
