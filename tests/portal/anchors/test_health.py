"""How old the newest copy outside is stands on the health page and in the list of what is to do."""

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone
from pytest_django import Settings

from portal.anchors.checklist import checklist_step
from portal.anchors.health import anchors
from portal.anchors.models import Anchor, AnchorKind, AnchorProblem, AnchorRecipient
from portal.health.findings import State
from portal.people.models import User
from portal.sealing.models import Seal

pytestmark = pytest.mark.django_db


def kept(seal: Seal, days: float, *, is_outside: bool = True) -> Anchor:
    """Let a copy have gone out some days ago."""
    at = timezone.now() - timedelta(days=days)
    return Anchor.objects.create(
        kind=AnchorKind.MAIL, where=f"p{days}", seal=seal, at=at, is_outside=is_outside
    )


def days_later(monkeypatch: pytest.MonkeyPatch, days: float) -> None:
    """Let days go by."""
    later = timezone.now() + timedelta(days=days)
    monkeypatch.setattr("portal.anchors.health.timezone.now", lambda: later)


def test_before_the_first_seal_there_is_nothing_to_send(db: None) -> None:
    assert anchors().state is State.OK


def test_a_new_portal_is_gently_asked_and_an_old_one_told(
    seal: Seal, monkeypatch: pytest.MonkeyPatch
) -> None:
    gently = anchors()
    assert (gently.state, gently.is_urgent) == (State.OK, False)
    assert "Name somebody outside" in gently.advice

    days_later(monkeypatch, 9)

    assert (anchors().state, anchors().is_urgent) == (State.DEGRADED, True)


@pytest.mark.parametrize(
    ("days", "state", "is_urgent"),
    [
        (0.5, State.OK, False),
        (1.9, State.OK, False),
        (2.1, State.DEGRADED, False),
        (7.9, State.DEGRADED, False),
        (8.1, State.DEGRADED, True),
    ],
)
def test_the_age_of_the_newest_copy_counts(
    seal: Seal, trustee: AnchorRecipient, days: float, state: State, is_urgent: bool
) -> None:
    kept(seal, days)
    kept(seal, 0, is_outside=False)

    assert (anchors().state, anchors().is_urgent) == (state, is_urgent)


def test_who_was_just_named_has_two_days_to_get_the_first(
    seal: Seal, trustee: AnchorRecipient, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert anchors().state is State.OK
    days_later(monkeypatch, 3)
    assert anchors().state is State.DEGRADED
    assert "No copy has gone out yet" in anchors().seen


def test_a_place_that_fails_is_told_though_others_do_not(
    seal: Seal, trustee: AnchorRecipient
) -> None:
    kept(seal, 0)
    AnchorProblem.objects.create(kind="mail", where="somebody else", sentence="Not of today.")
    assert anchors().state is State.OK

    AnchorProblem.objects.create(kind="mail", where=trustee.public_id, sentence="It is full.")
    assert (anchors().state, anchors().seen) == (State.DEGRADED, "It is full.")


def test_what_is_urgent_is_red_but_takes_nothing_down(
    client: Client, seal: Seal, lead: User, monkeypatch: pytest.MonkeyPatch, settings: Settings
) -> None:
    settings.HEALTH_PROBES = ["portal.anchors.health.anchors"]
    days_later(monkeypatch, 9)
    client.force_login(lead)

    assert "Put this right" in client.get("/admin/health/").content.decode()
    assert client.get("/api/v1/health/").status_code == 200


def test_the_step_is_done_when_somebody_outside_is_named(
    seal: Seal, lead: User, settings: Settings
) -> None:
    assert not checklist_step().is_done
    AnchorRecipient.objects.create(name="I", email="i@x.example", is_outside=False, named_by=lead)
    assert not checklist_step().is_done
    settings.ANCHOR_FOLDER = "/somewhere"
    assert checklist_step().is_done
