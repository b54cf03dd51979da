"""The steps of setting up, as people see them."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from evidence_review.assessments.at_hand import checklist_step, facts
from evidence_review.assessments.models import NamedPerson
from evidence_review.assessments.states import Duty
from portal.people.models import Organisation, Site, User
from portal.people.roles import Role
from portal.record.models import Event
from tests.factories import (
    AssessmentFactory,
    EvidenceFactory,
    OrganisationFactory,
    PersonFactory,
    SiteFactory,
    VersionFactory,
)

pytestmark = pytest.mark.django_db
START = "/assessment/set-up/"
ORGANISATION = f"{START}organisation/"
SITES = f"{START}sites/"
PEOPLE = f"{START}people/"
AT_HAND = f"{START}at-hand/"
ROWAN: dict[str, Any] = {
    "name": "Rowan (demo)",
    "service_type": "residential",
    "ods_code": "VM195",
    "cqc_location_id": "1-123456789",
}


@pytest.fixture
def lead(client: Client) -> User:
    return signed_in(client, Role.IG_LEAD)


@pytest.fixture
def administrator(client: Client) -> User:
    return signed_in(client, Role.PORTAL_ADMIN)


def signed_in(client: Client, role: Role, site: Site | None = None) -> User:
    person = PersonFactory.create(role=role, site=site)
    client.force_login(person)
    return person


def shown(client: Client, url: str) -> str:
    answer = client.get(url)
    assert answer.status_code == 200
    return " ".join(answer.content.decode().split())


def there() -> dict[str, bool]:
    return {fact.code: fact.is_there for fact in facts()}


def name(client: Client, duty: Duty, **typed: Any) -> Any:
    """Send the form that names somebody."""
    today = timezone.localdate()
    known = {
        "name": "Pat Lowe (demo)",
        "job_title": "Director",
        "site": "all",
        "how_assigned": "Board meeting of 3 March 2026",
        "starts_day": today.day,
        "starts_month": today.month,
        "starts_year": today.year,
    }
    return client.post(f"{PEOPLE}name/{duty.value}/", known | typed)


def test_an_empty_portal_has_nothing_and_every_fact_is_ticked_when_it_comes(
    client: Client, administrator: User
) -> None:
    assert not any(there().values())
    answer = client.post(
        ORGANISATION, {"name": "Care (demo)", "ods_code": "a0dem", "ico_number": "ZA123456"}
    )
    assert answer["Location"] == SITES
    assert client.post(SITES, ROWAN)["Location"] == SITES
    site = Site.objects.get()
    for duty in (Duty.DSPT_LEAD, Duty.SENIOR_RESPONSIBLE, Duty.CALDICOTT_GUARDIAN):
        assert not there()["duties"]
        assert name(client, duty).status_code == 302
    assert name(client, Duty.REGISTERED_MANAGER, site=site.public_id).status_code == 302
    PersonFactory.create_batch(2, role=Role.IG_LEAD)
    VersionFactory.create(evidence=EvidenceFactory.create(site=None))
    AssessmentFactory.create(site=site)
    assert [code for code, is_there in there().items() if not is_there] == ["policies"]
    assert "Done" in shown(client, START)


def test_the_first_page_leads_to_the_first_step_that_is_open(client: Client, lead: User) -> None:
    assert f'<a class="nhsuk-button" href="{ORGANISATION}">' in shown(client, START)
    OrganisationFactory.create(ico_number="Z1234567")
    page = shown(client, START)
    assert f'<a class="nhsuk-button" href="{SITES}">' in page
    assert "You can leave anything out, and come back here later." in page


def test_each_step_says_where_one_is_and_leads_on(client: Client, lead: User) -> None:
    OrganisationFactory.create()
    for number, (url, following) in enumerate(
        [
            (ORGANISATION, SITES),
            (SITES, PEOPLE),
            (PEOPLE, AT_HAND),
            (AT_HAND, "/assessment/start/"),
        ],
        start=1,
    ):
        page = shown(client, url)
        assert f"Step {number} of 4" in page
        assert f'href="{following}"' in page


def test_unusual_codes_are_kept_and_remarked_on_before_one_goes_on(
    client: Client, administrator: User
) -> None:
    sent = {"name": "Care (demo)", "ods_code": "V123", "ico_number": "123"}
    assert client.post(ORGANISATION, sent)["Location"] == ORGANISATION
    page = shown(client, ORGANISATION)
    assert "Head office ODS codes usually start with A, like AG0Y. Check V123." in page
    assert "ICO numbers are usually Z, ZA or ZB and digits" in page
    assert Organisation.objects.get().ods_code == "V123"
    client.post(SITES, ROWAN | {"ods_code": "X123", "cqc_location_id": ""})
    page = shown(client, SITES)
    assert "Site ODS codes usually start with V, like VM195. Check X123." in page
    assert "Its CQC location ID is not known yet." in page


def test_what_is_wrong_is_said_beside_the_field_and_nothing_is_kept(
    client: Client, administrator: User
) -> None:
    answer = client.post(ORGANISATION, {"name": "", "ods_code": "!"})
    assert answer.status_code == 400
    assert "Enter the name" in answer.content.decode()
    OrganisationFactory.create()
    answer = client.post(SITES, {})
    assert answer.status_code == 400
    assert "Choose the kind of care" in answer.content.decode()
    assert not Event.objects.exists()


def test_before_sites_comes_the_organisation(client: Client, administrator: User) -> None:
    assert client.get(SITES)["Location"] == ORGANISATION


def test_who_may_not_change_places_sees_them_and_whom_to_ask(client: Client, lead: User) -> None:
    owner = OrganisationFactory.create(name="Care (demo)")
    SiteFactory.create(name="Rowan (demo)", organisation=owner)
    page = shown(client, ORGANISATION)
    assert "Care (demo)" in page
    assert "tell your portal administrator" in page
    assert "Save and go on" not in page
    assert "Add this site" not in shown(client, SITES)
    assert client.post(ORGANISATION, {"name": "Mine"}).status_code == 403
    assert client.post(SITES, ROWAN).status_code == 403
    assert Organisation.objects.get().name == "Care (demo)"


def test_somebody_is_named_corrected_and_ended(client: Client, lead: User) -> None:
    evidence = EvidenceFactory.create(site=None, title="Board minutes (demo)")
    helen = PersonFactory.create(
        role=Role.REGISTERED_MANAGER, first_name="Helen", job_title="Home manager"
    )
    answer = name(
        client,
        Duty.DSPT_LEAD,
        name="",
        person=helen.public_id,
        job_title="",
        evidence=evidence.public_id,
    )
    assert answer["Location"] == PEOPLE
    page = shown(client, PEOPLE)
    assert f"{helen}, Home manager" in page
    assert "Board minutes (demo)" in page
    named = NamedPerson.objects.get()
    change = reverse("assessments:change_named_person", args=[named.public_id])
    assert 'value="Home manager"' in shown(client, change)
    today = timezone.localdate()
    days = {"starts_day": today.day, "starts_month": today.month, "starts_year": today.year}
    sent = {"person": helen.public_id, "job_title": "Director", "site": "all"}
    client.post(change, sent | days | {"how_assigned": "E-mail of May 2026", "evidence": ""})
    named.refresh_from_db()
    assert (named.job_title, named.evidence) == ("Director", None)
    end = reverse("assessments:end_duty", args=[named.public_id])
    assert "is no longer DSPT lead" in shown(client, end)
    last = {f"last_day_{part}": getattr(today, part) for part in ("day", "month", "year")}
    assert client.post(end, last)["Location"] == PEOPLE
    assert "until" in shown(client, PEOPLE)
    NamedPerson.objects.update(starts=today - timedelta(days=9), ends=today - timedelta(days=1))
    assert "Before (1)" in shown(client, PEOPLE)
    assert not there()["duties"]


def test_what_is_wrong_with_a_name_is_said(client: Client, lead: User) -> None:
    helen = PersonFactory.create(role=Role.CONTRIBUTOR, job_title="")
    wrong: list[tuple[dict[str, Any], str]] = [
        ({"name": ""}, "Choose somebody, or type a name: one of the two"),
        ({"person": helen.public_id}, "Choose somebody, or type a name: one of the two"),
        ({"job_title": ""}, "Enter the job title, because the portal does not know it"),
        (
            {"person": helen.public_id, "name": "", "job_title": ""},
            "Enter the job title, because the portal does not know it",
        ),
        ({"how_assigned": ""}, "Say how they were given this duty"),
        ({"starts_year": ""}, "The day must include a year"),
        ({"site": "nowhere"}, "Select a valid choice"),
    ]
    for typed, sentence in wrong:
        answer = name(client, Duty.DSPT_LEAD, **typed)
        assert answer.status_code == 400
        assert sentence in answer.content.decode(), typed
    assert not NamedPerson.objects.exists()
    assert client.get(f"{PEOPLE}name/king/").status_code == 404


def test_a_manager_names_people_of_their_site_alone_and_sees_no_other_sites(
    client: Client,
) -> None:
    site, other = SiteFactory.create(name="Rowan (demo)"), SiteFactory.create(name="Larch (demo)")
    lead = PersonFactory.create(role=Role.IG_LEAD)
    client.force_login(lead)
    name(client, Duty.REGISTERED_MANAGER, site=other.public_id, name="Lou Ash (demo)")
    theirs = NamedPerson.objects.get()
    client.logout()
    signed_in(client, Role.REGISTERED_MANAGER, site)
    page = shown(client, PEOPLE)
    assert "Lou Ash (demo)" not in page
    assert "Not named yet for Rowan (demo)." in page
    form = shown(client, f"{PEOPLE}name/it_administrator/")
    assert "Rowan (demo)" in form
    assert "Larch (demo)" not in form
    assert "The whole organisation" not in form
    assert name(client, Duty.DSPT_LEAD, site="all").status_code == 400
    assert client.get(f"{PEOPLE}{theirs.public_id}/change/").status_code == 404
    assert client.get(f"{PEOPLE}{theirs.public_id}/end/").status_code == 404


def test_a_manager_reads_of_the_whole_organisation_and_changes_nothing_of_it(
    client: Client, lead: User
) -> None:
    name(client, Duty.DSPT_LEAD)
    named = NamedPerson.objects.get()
    signed_in(client, Role.REGISTERED_MANAGER, SiteFactory.create())
    assert "Pat Lowe (demo)" in shown(client, PEOPLE)
    assert client.get(f"{PEOPLE}{named.public_id}/change/").status_code == 403


def test_the_title_of_evidence_that_somebody_may_not_see_is_not_shown(
    client: Client, lead: User
) -> None:
    evidence = EvidenceFactory.create(site=None, title="Board minutes (demo)")
    name(client, Duty.DSPT_LEAD, evidence=evidence.public_id)
    signed_in(client, Role.PORTAL_ADMIN)
    named = NamedPerson.objects.get()
    assert "Board minutes" not in shown(client, PEOPLE)
    form = shown(client, f"{PEOPLE}{named.public_id}/change/")
    assert "Board minutes" not in form
    assert "Evidence that you may not see" in form


@pytest.mark.parametrize("role", [Role.EDITOR, Role.CONTRIBUTOR, Role.STAFF, Role.GROUP_MANAGER])
def test_setting_up_is_not_for_everybody(client: Client, role: Role) -> None:
    signed_in(client, role)
    for url in (START, ORGANISATION, SITES, PEOPLE, AT_HAND, f"{PEOPLE}name/dspt_lead/"):
        assert client.get(url).status_code == 403


def test_only_who_may_start_is_led_to_the_start(client: Client, administrator: User) -> None:
    page = shown(client, AT_HAND)
    assert "/assessment/start/" not in page
    assert "An IG lead or a registered manager starts the assessment." in page
    assert "The portal cannot tell whether you have these." in page


def test_the_administrators_first_page_leads_here_until_an_assessment_is_started(
    client: Client, administrator: User
) -> None:
    title = "Set up your DSPT assessment"
    assert (checklist_step().title, checklist_step().is_done) == (title, False)
    assert f'href="{START}"' in shown(client, "/admin/")
    AssessmentFactory.create()
    assert checklist_step().is_done


def test_many_sites_and_people_cost_no_more_statements(
    client: Client, lead: User, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    for number in range(30):
        site = SiteFactory.create(name=f"Site {number:02} (demo)")
        name(client, Duty.REGISTERED_MANAGER, site=site.public_id)
    assert "Site 29 (demo)" not in shown(client, SITES)
    assert "Site 29 (demo)" in shown(client, f"{SITES}?page=2")
    for url in (START, SITES, PEOPLE, AT_HAND):
        with django_assert_max_num_queries(24):
            client.get(url)
