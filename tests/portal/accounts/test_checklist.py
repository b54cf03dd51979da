"""What a new portal still needs, on the administrators' first page."""

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone
from pytest_django import Settings

from portal.accounts.checklist import steps
from portal.health.findings import Finding, State
from portal.health.steps import Step
from portal.people.models import User
from portal.people.roles import Role
from tests.factories import (
    MembershipFactory,
    OrganisationFactory,
    PersonFactory,
    SiteFactory,
)
from tests.portal.accounts.making import page

pytestmark = pytest.mark.django_db
HERE = "tests.portal.accounts.test_checklist"


def well() -> Finding:
    """Be a scanner with official signatures."""
    return Finding("Virus check", State.OK, "It works")


def only_test_signature() -> Finding:
    """Be a scanner that knows only a test signature."""
    return Finding("Virus check", State.DEGRADED, "Only a test signature.", "Let freshclam work.")


@pytest.fixture(autouse=True)
def all_well(settings: Settings) -> None:
    """Let the machine be well, so that only what is missing counts."""
    settings.HEALTH_PROBES = [f"{HERE}.well"]
    settings.SET_UP_STEPS = []


def to_answer() -> Step:
    """Be a step of another room."""
    return Step("Answer the questions", "They come from elsewhere.", False, "Answer", "/elsewhere/")


def missing() -> list[str]:
    return [step.title for step in steps() if not step.is_done]


def everything() -> None:
    """Give the portal all it needs."""
    SiteFactory.create(organisation=OrganisationFactory.create())
    PersonFactory.create_batch(2, role=Role.IG_LEAD)
    PersonFactory.create(role=Role.EDITOR)


def test_an_empty_portal_needs_everything_and_each_step_leads_where_it_is_done(
    desk: Client,
) -> None:
    shown = page(desk, "/admin/")
    assert missing() == [
        "Say who you are",
        "Add your first site",
        "Name an IG lead",
        "Name a second person who can approve",
        "Name an editor",
    ]
    for step in steps():
        if not step.is_done:
            assert f'href="{step.url}"' in shown
            assert desk.get(step.url, follow=True).status_code == 200


def test_the_list_goes_when_all_is_done(desk: Client) -> None:
    everything()
    assert missing() == []
    assert "Set up your portal" not in page(desk, "/admin/")


@pytest.mark.parametrize("role", [Role.IG_LEAD, Role.EDITOR])
def test_only_administrators_see_the_list(client: Client, role: Role) -> None:
    client.force_login(PersonFactory.create(role=role))
    assert "Set up your portal" not in page(client, "/admin/")


def test_one_ig_lead_with_two_roles_is_not_two_people(administrator: User) -> None:
    everything()
    User.objects.filter(memberships__role=Role.IG_LEAD).update(is_active=False)
    lead = PersonFactory.create(role=Role.IG_LEAD, site=SiteFactory.create())
    MembershipFactory.create(person=lead, role=Role.IG_LEAD, site=SiteFactory.create())
    assert missing() == ["Name a second person who can approve"]


def test_people_who_cannot_sign_in_or_not_yet_do_not_count(administrator: User) -> None:
    everything()
    User.objects.filter(memberships__role=Role.IG_LEAD).update(email=None)
    tomorrow = timezone.localdate() + timedelta(days=1)
    MembershipFactory.create(role=Role.IG_LEAD, starts=tomorrow)
    assert missing() == ["Name an IG lead", "Name a second person who can approve"]


def test_an_organisation_without_its_code_is_not_complete(administrator: User) -> None:
    everything()
    OrganisationFactory._meta.model.objects.update(ods_code="")
    assert missing() == ["Say who you are"]


def test_rooms_above_add_steps_of_their_own(desk: Client, settings: Settings) -> None:
    everything()
    settings.SET_UP_STEPS = [f"{HERE}.to_answer"]
    assert missing() == ["Answer the questions"]
    assert 'href="/elsewhere/"' in page(desk, "/admin/")


def test_a_closed_site_is_none(administrator: User) -> None:
    SiteFactory.create(is_active=False)
    assert "Add your first site" in missing()


def test_a_scanner_with_a_test_signature_is_named_with_what_to_do(
    desk: Client, settings: Settings
) -> None:
    everything()
    settings.HEALTH_PROBES = [f"{HERE}.only_test_signature"]
    shown = page(desk, "/admin/")
    assert missing() == ["See that everything works"]
    assert "Virus check: Only a test signature. Let freshclam work." in shown
    assert 'href="/admin/health/"' in shown


def test_mail_that_stays_on_the_machine_is_named(desk: Client, settings: Settings) -> None:
    everything()
    settings.EMAIL_BACKEND = "django.core.mail.backends.console.EmailBackend"
    assert missing() == ["Connect a mail server"]
    assert "You can give people their first link by hand" in page(desk, "/admin/")
