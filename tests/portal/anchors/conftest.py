"""A sealed record, somebody who may say where its seal goes, and the places it can go to."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.utils import timezone

from portal.anchors.models import AnchorKind, AnchorRecipient
from portal.anchors.places.place import NotKept, Place
from portal.people.models import User
from portal.people.roles import Role
from portal.sealing.models import Seal
from portal.sealing.sealer import Sealer
from tests.factories import PersonFactory
from tests.portal.sealing.conftest import folder, happen, key, sealer

__all__ = ["folder", "key", "sealer"]


@pytest.fixture
def seal(sealer: Sealer) -> Seal:
    """Return the newest seal of a record of a few events."""
    made = sealer.work(timezone.now())
    assert made is not None
    return made


@pytest.fixture
def lead(db: None) -> User:
    """Return the IG lead of the whole organisation."""
    person: User = PersonFactory.create(role=Role.IG_LEAD)
    return person


@pytest.fixture
def trustee(lead: User) -> AnchorRecipient:
    """Return somebody outside who is sent the seal."""
    return AnchorRecipient.objects.create(
        name="Ada Finch (demo)", email="ada@trust.example", is_outside=True, named_by=lead
    )


def seal_again(sealer: Sealer) -> Seal:
    """Let something happen and seal it."""
    happen()
    made = sealer.work(timezone.now() + timedelta(minutes=5))
    assert made is not None
    return made


def a_place(keep: Callable[[Seal], bytes | None] = lambda seal: b"", **what: object) -> Place:
    """Return a place that does as it is told."""
    given = {"kind": AnchorKind.FOLDER, "where": "folder", "label": "Folder", "is_outside": True}
    return Place(**(given | what), keep=keep)  # type: ignore[arg-type]  # a test's shorthand


def refuse(seal: Seal) -> bytes | None:
    """Keep nothing."""
    raise NotKept("There is no room left in the folder for checkpoints. Make room.")
