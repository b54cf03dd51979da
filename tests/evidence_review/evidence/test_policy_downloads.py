"""A file that a policy offers: for its readers, pinned to its bytes, while its checks are clean."""

from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.test import Client

from evidence_review.evidence import policy_downloads
from evidence_review.evidence.models import EvidenceType, EvidenceVersion
from portal.people.models import User
from portal.people.roles import Role
from portal.policies.downloads import DownloadBlock
from portal.policies.models import PolicyPage
from portal.record.queries import events_by
from portal.record.verbs import Verb
from tests.factories import PersonFactory, VersionFactory
from tests.portal.policies.making import draft, published, published_again

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("scanner")]


@pytest.fixture
def form() -> EvidenceVersion:
    for_staff = EvidenceType.objects.get(code=policy_downloads.FOR_STAFF)
    return VersionFactory.create(approved=True, stored=True, evidence__type=for_staff)


@pytest.fixture
def editor(db: None) -> User:
    return PersonFactory.create(role=Role.EDITOR)


@pytest.fixture
def lead(db: None) -> User:
    return PersonFactory.create(role=Role.IG_LEAD)


@pytest.fixture
def reader(db: None) -> User:
    return PersonFactory.create(role=Role.STAFF)


def offering(form: EvidenceVersion) -> list[tuple[str, Any]]:
    value = {"label": "The form", "version": form.public_id, "sha256": form.sha256}
    return [("download", value)]


def address(form: EvidenceVersion) -> str:
    return f"/policies/downloads/{form.public_id}/"


def status_of(client: Client, form: EvidenceVersion) -> int:
    """Ask for the file; return only how it was answered."""
    answer = client.get(address(form))
    answer.getvalue()
    return answer.status_code


@pytest.fixture
def page(editor: User, lead: User, form: EvidenceVersion) -> PolicyPage:
    return published("Phones", author=editor, approver=lead, body=offering(form))


def test_a_reader_takes_the_file_and_that_is_written_down(
    client: Client, reader: User, page: PolicyPage, form: EvidenceVersion
) -> None:
    client.force_login(reader)
    assert address(form) in client.get("/policies/phones/").content.decode()

    answer = client.get(address(form))

    assert answer.status_code == 200
    assert len(answer.getvalue()) == form.size
    event = events_by(reader.actor_ref).latest("seq")
    assert (event.verb, event.sha256) == (Verb.VERSION_DOWNLOADED, form.sha256)


def test_those_whom_the_policy_is_not_for_do_not_get_it(
    client: Client, editor: User, lead: User, reader: User, form: EvidenceVersion
) -> None:
    managers = [Role.REGISTERED_MANAGER]
    published("M", author=editor, approver=lead, body=offering(form), for_roles=managers)
    client.force_login(reader)

    assert status_of(client, form) == 404


def test_what_no_policy_in_force_offers_is_not_given(
    client: Client, editor: User, lead: User, reader: User, form: EvidenceVersion
) -> None:
    draft("Not yet", author=editor, body=offering(form))
    client.force_login(reader)
    assert status_of(client, form) == 404

    page = published("Phones", author=editor, approver=lead, body=offering(form))
    assert status_of(client, form) == 200
    published_again(page, author=editor, approver=lead, body=[("points", ["No file."])])
    assert status_of(client, form) == 404

    other = published("Other", author=editor, approver=lead, body=offering(form))
    assert status_of(client, form) == 200
    other.unpublish(user=lead)
    assert status_of(client, form) == 404


def test_a_file_that_turned_infected_is_refused_with_a_sentence_and_no_event(
    client: Client,
    reader: User,
    page: PolicyPage,
    form: EvidenceVersion,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    client.force_login(reader)
    monkeypatch.setattr("evidence_review.scanning.queries.is_clean", lambda sha256: False)

    answer = client.get(address(form))

    assert answer.status_code == 403
    assert "until its virus check is clean" in answer.content.decode()
    assert not events_by(reader.actor_ref).filter(verb=Verb.VERSION_DOWNLOADED).exists()


def test_a_stranger_signs_in_first(client: Client, page: PolicyPage, form: EvidenceVersion) -> None:
    assert status_of(client, form) == 302


def test_evidence_that_is_not_meant_for_staff_is_never_offered(form: EvidenceVersion) -> None:
    other = VersionFactory.create(approved=True, stored=True)

    assert [public_id for public_id, _ in policy_downloads.choices()] == [form.public_id]
    assert policy_downloads.facts([other.public_id]) == {}


def test_only_approved_files_are_offered_and_their_bytes_are_pinned(form: EvidenceVersion) -> None:
    waiting = VersionFactory.create(in_review=True, stored=True)
    block = DownloadBlock()

    offered = dict(policy_downloads.choices())
    kept = block.clean(
        block.to_python({"label": "x", "version": form.public_id, "sha256": "0" * 64})
    )

    assert list(offered) == [form.public_id]
    assert kept["sha256"] == form.sha256
    for public_id in (waiting.public_id, "nothing", ""):
        with pytest.raises(ValidationError):
            block.clean(block.to_python({"label": "x", "version": public_id, "sha256": ""}))
