"""The seal in the admin: for those who read the record, and usable outside."""

import pytest
from django.test import Client
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from portal.people.roles import Role
from portal.record.models import Event
from portal.record.notes import NoteKey
from portal.record.proof_files import read_proof
from portal.sealing.models import Seal
from portal.sealing.sealer import Sealer
from tests.factories import PersonFactory
from tests.portal.sealing.conftest import happen

pytestmark = pytest.mark.django_db


@pytest.fixture
def reader(client: Client) -> Client:
    """Return a browser in which an IG lead is signed in."""
    client.force_login(PersonFactory.create(role=Role.IG_LEAD))
    return client


def test_the_page_shows_the_checkpoint_and_the_fingerprint(sealer: Sealer, reader: Client) -> None:
    seal = sealer.work(timezone.now())
    assert seal is not None

    page = reader.get("/admin/record/seal/").content.decode()

    assert f"Sealed up to event {seal.size}" in page
    assert sealer.key.public.fingerprint in page


def test_before_the_first_seal_the_pages_say_so(reader: Client) -> None:
    assert "No key was made yet" in reader.get("/admin/record/seal/").content.decode()
    assert reader.get("/admin/record/seal/checkpoint/").status_code == 404


def test_the_checkpoint_is_downloaded_exactly_as_signed(sealer: Sealer, reader: Client) -> None:
    sealer.work(timezone.now())

    response = reader.get("/admin/record/seal/checkpoint/")

    assert response.content.decode() == Seal.objects.get().note
    assert "attachment" in response["Content-Disposition"]


def test_a_downloaded_proof_can_be_checked_with_the_key_alone(
    sealer: Sealer, reader: Client
) -> None:
    sealer.work(timezone.now())
    event = Event.objects.get(pk=3)
    key = NoteKey.from_text(str(sealer.key.public))

    content = reader.get("/admin/record/3/proof/").content.decode()

    assert read_proof(content).checked(bytes(event.body), [key]).size == Seal.objects.get().size


def test_an_event_that_is_not_sealed_has_no_proof_yet(sealer: Sealer, reader: Client) -> None:
    sealer.work(timezone.now())
    event = happen()

    assert reader.get(f"/admin/record/{event.seq}/proof/").status_code == 404
    assert reader.get("/admin/record/99999/proof/").status_code == 404


def test_a_proof_costs_the_same_questions_however_long_the_record(
    sealer: Sealer, reader: Client, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    sealer.work(timezone.now())
    reader.get("/admin/record/3/proof/")

    with django_assert_num_queries(8):
        reader.get("/admin/record/3/proof/")
