"""What people are told of the seal."""

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from portal.health.findings import State
from portal.people.roles import Role
from portal.record.installation import remove_refusals
from portal.record.models import Event
from portal.sealing.health import sealer as probe
from portal.sealing.reading import RecordBroken
from portal.sealing.sealer import Sealer
from portal.sealing.standing import SealState, seal_standing
from tests.factories import PersonFactory
from tests.portal.sealing.conftest import happen

pytestmark = pytest.mark.django_db


def test_a_sealed_record_says_up_to_where_and_since_when(sealer: Sealer) -> None:
    seal = sealer.work(timezone.now())
    assert seal is not None

    now = seal_standing(seal.sealed_at + timedelta(seconds=10))
    later = seal_standing(seal.sealed_at + timedelta(minutes=7))

    assert now.seen == f"Sealed up to event {seal.size}, less than a minute ago"
    assert later.seen == f"Sealed up to event {seal.size}, 7 minutes ago"
    assert probe().state is State.OK


def test_a_record_that_nobody_seals_says_so_and_what_to_do(sealer: Sealer) -> None:
    sealer.work(timezone.now())
    happened = happen()

    standing = seal_standing(happened.at + timedelta(minutes=11))

    assert standing.state is SealState.LATE
    assert "run_sealer" in standing.advice


def test_a_broken_seal_is_shown_on_the_page_of_the_record_and_on_the_health_page(
    sealer: Sealer, client: Client
) -> None:
    sealer.work(timezone.now())
    remove_refusals()
    Event.objects.filter(pk=5).update(body=b"{}")
    with pytest.raises(RecordBroken):
        Sealer(sealer.key, sealer.memory.path.parent).work(timezone.now())
    client.force_login(PersonFactory.create(role=Role.IG_LEAD))

    page = client.get("/admin/record/").content.decode()

    assert "The seal is broken: the bytes of event 5 are no event" in page
    assert probe().state is State.DEGRADED
