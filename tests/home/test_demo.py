"""The demo provider: loaded once, clearly made up, thrown away only where it is a demo."""

import stat
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from pytest_django import Settings

from evidence_review.evidence.models import EvidenceVersion
from evidence_review.evidence.states import VersionState
from home.demo.people import SIGN_INS
from portal.people.models import Site, User
from portal.policies.queries import current_policies
from portal.record.invariants import find_broken
from tests.factories import PersonFactory

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clamd")]


@pytest.fixture
def seeded(monkeypatch: pytest.MonkeyPatch, settings: Settings) -> Path:
    """Load the demo; return the file that says how to sign in."""
    monkeypatch.setenv("PORTAL_DEMO_PASSWORD", "correct-horse-battery")
    call_command("seed_demo", verbosity=0)
    return Path(settings.PORTAL_DATA) / SIGN_INS


def test_the_demo_has_everything_people_meet(seeded: Path) -> None:
    states = set(EvidenceVersion.objects.values_list("state", flat=True))
    assert states == {
        VersionState.APPROVED,
        VersionState.IN_REVIEW,
        VersionState.RETURNED,
        VersionState.REFUSED_BY_GATE,
    }
    assert len(current_policies()) == 4
    assert User.objects.count() == 8
    assert find_broken() == []


def test_everybody_and_every_place_says_that_it_is_made_up(seeded: Path) -> None:
    assert all("(demo)" in str(row) for row in [*User.objects.all(), *Site.objects.all()])


def test_how_to_sign_in_is_for_the_owner_only(seeded: Path) -> None:
    assert stat.S_IMODE(seeded.stat().st_mode) == 0o600
    text = seeded.read_text()
    for key in (
        "ig_lead",
        "ig_lead2",
        "editor",
        "contributor",
        "registered_manager",
        "staff",
        "group_manager",
        "portal_admin",
    ):
        assert f"{key}@demo.example" in text
    assert "correct-horse-battery" in text


def test_loading_it_again_changes_nothing(seeded: Path) -> None:
    before = EvidenceVersion.objects.count(), User.objects.count()
    call_command("seed_demo", verbosity=0)
    assert (EvidenceVersion.objects.count(), User.objects.count()) == before


def test_a_crowd_is_made_of_true_rows(seeded: Path) -> None:
    before = EvidenceVersion.objects.count()
    call_command("seed_demo", sites=3, evidence=60, verbosity=0)
    assert Site.objects.count() == 6
    assert EvidenceVersion.objects.count() >= before + 60
    assert find_broken() == []


def test_the_demo_does_not_go_into_a_portal_with_people() -> None:
    PersonFactory.create()
    with pytest.raises(CommandError, match="empty one"):
        call_command("seed_demo", verbosity=0)


def test_a_real_portal_is_never_thrown_away() -> None:
    with pytest.raises(CommandError, match="not started as a demo"):
        call_command("reset_demo")
