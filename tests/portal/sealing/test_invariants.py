"""I7: what was sealed at any time is what is there now."""

import pytest
from django.utils import timezone

from portal.record.installation import remove_refusals
from portal.record.models import Event
from portal.record.verbs import Verb
from portal.sealing.invariants import seals_agree
from portal.sealing.models import Seal
from portal.sealing.sealer import Sealer
from tests.portal.sealing.conftest import happen

pytestmark = pytest.mark.django_db


@pytest.fixture
def sealed_twice(sealer: Sealer) -> Sealer:
    """Return a record of six events, sealed at five and at six, without refusals."""
    sealer.work(timezone.now())
    happen(Verb.VERSION_APPROVED)
    sealer.work(timezone.now())
    remove_refusals()
    return sealer


def test_a_record_that_was_left_alone_agrees_with_its_seals(sealed_twice: Sealer) -> None:
    assert list(seals_agree()) == []


def test_a_changed_event_speaks_against_the_first_seal_over_it(sealed_twice: Sealer) -> None:
    body = bytes(Event.objects.get(pk=2).body)
    Event.objects.filter(pk=2).update(body=body.replace(b"evidence.created", b"evidence.changed"))

    assert list(seals_agree()) == [
        "the events up to 5 are not those that were sealed when there were 5"
    ]


def test_a_seal_that_nobody_signed_is_named(sealed_twice: Sealer) -> None:
    Seal.objects.filter(size=5).update(note=Seal.objects.get(size=6).note)

    assert list(seals_agree()) == ["the seal of 5 events is listed as another than was signed"]
