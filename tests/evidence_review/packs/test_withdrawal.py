"""What is recalled leaves the packs that hold it, at once."""

import time
from itertools import count

import pytest
from django.test import Client
from django.urls import reverse

from evidence_review.evidence import delivery
from evidence_review.evidence.models import EvidenceVersion
from evidence_review.packs import tidying
from evidence_review.packs.models import Pack
from evidence_review.packs.states import PackState
from evidence_review.packs.storage import packs_storage
from evidence_review.scanning.actions.recall import recall
from tests.evidence_review.inspection.living import Living
from tests.evidence_review.packs.conftest import MakePack

pytestmark = pytest.mark.django_db


@pytest.fixture
def ready(make_pack: MakePack, evidence: None) -> Pack:
    """A ready pack."""
    return make_pack()


def find_a_virus(living: Living) -> None:
    version = EvidenceVersion.objects.order_by("pk")[0]
    recall(version.public_id, reason="A virus was found later", actor=living.lead)


def download(living: Living, pack: Pack) -> object:
    client = Client()
    client.force_login(living.lead)
    return client.get(reverse("packs:download", args=[pack.public_id]))


def test_a_pack_with_a_recalled_file_is_not_given_out_and_says_why(
    ready: Pack, living: Living
) -> None:
    find_a_virus(living)

    answer = download(living, ready)

    ready.refresh_from_db()
    assert answer.status_code == 302  # type: ignore[attr-defined]  # of the test client
    assert ready.state == PackState.REMOVED
    assert "recalled for a virus or disposed of" in ready.problem
    assert not packs_storage().exists(ready.stored_name)


def test_a_running_download_breaks_off(
    ready: Pack, living: Living, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(delivery, "PIECE", 1000)
    monkeypatch.setattr(time, "monotonic", count(step=10).__next__)
    pieces = iter(download(living, ready))  # type: ignore[call-overload]  # streamed
    next(pieces)
    find_a_virus(living)
    with pytest.raises(ConnectionAbortedError):
        list(pieces)


def test_the_sweep_removes_it_though_nobody_asks(ready: Pack, living: Living) -> None:
    tidying.take_up_what_was_left()
    ready.refresh_from_db()
    assert ready.state == PackState.READY
    find_a_virus(living)
    tidying.take_up_what_was_left()
    ready.refresh_from_db()
    assert ready.state == PackState.REMOVED
