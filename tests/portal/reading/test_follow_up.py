"""Those who follow up see who has read what: their people, and nobody else's."""

import csv
import io
from datetime import timedelta
from typing import Any

import pytest
from django.core import mail
from django.test import Client
from django.utils import timezone
from openpyxl import load_workbook
from pytest_django import DjangoAssertNumQueries

from portal.people.models import Site, User
from portal.people.roles import Role
from portal.policies.models import PolicyPage
from portal.reading.actions.count_readers import recount
from portal.reading.models import Nudge
from portal.record.queries import events_about
from portal.record.verbs import Verb
from tests.factories import MembershipFactory, PersonFactory, SiteFactory
from tests.fixtures.jobs import RunJobs
from tests.portal.reading.readers import asking, carer, confirms

pytestmark = pytest.mark.django_db
LIST = "/policies/follow-up/"


class Place:
    """Ann confirmed, Ben and Cal, who is at her site, did not; Dee is at Larch House."""

    def __init__(self) -> None:
        self.rowan: Site = SiteFactory.create(name="Rowan House (demo)")
        self.larch: Site = SiteFactory.create(name="Larch House (demo)")
        self.ann = self._carer("Ann", self.rowan)
        self.ben = self._carer("Ben", self.rowan)
        self.cal = carer(self.rowan, first_name="Cal", last_name="Calson", email=None)
        self.dee = self._carer("Dee", self.larch)
        self.lead = carer(None, Role.IG_LEAD, first_name="Grace", last_name="Adeyemi")
        self.manager = carer(self.rowan, Role.REGISTERED_MANAGER, last_name="Manager")
        self.page: PolicyPage = asking("Using your phone", for_roles=[Role.STAFF])
        confirms(self.ann, self.page)

    def _carer(self, name: str, site: Site) -> User:
        return carer(site, first_name=name, last_name=f"{name}son")

    @property
    def readers(self) -> str:
        """Return the address of who has read the policy."""
        return f"{LIST}{self.page.slug}/"


@pytest.fixture
def place(db: None) -> Place:
    return Place()


def reminders() -> list[mail.EmailMessage]:
    """Return the reminders that were sent; the review of a policy writes letters of its own."""
    return [letter for letter in mail.outbox if letter.subject.startswith("Please read")]


def shown(client: Client, person: User, address: str) -> str:
    """Return the text of a page as somebody sees it, spaces evened."""
    client.force_login(person)
    response = client.get(address)
    assert response.status_code == 200
    return " ".join(response.content.decode().split())


def csv_rows(client: Client, person: User, address: str) -> list[dict[str, str]]:
    """Return the rows of a list taken away as CSV."""
    client.force_login(person)
    response: Any = client.get(f"{address}{'&' if '?' in address else '?'}export=csv")
    text = b"".join(response.streaming_content).decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(text)))


def test_the_list_counts_everybody_for_the_lead_and_a_site_for_its_manager(
    client: Client, place: Place
) -> None:
    everybody = shown(client, place.lead, LIST)
    assert "<strong>25%</strong>, 1 of 4" in everybody

    one_site = shown(client, place.manager, LIST)
    assert "<strong>33%</strong>, 1 of 3" in one_site
    assert "2 not yet" in one_site
    assert "Larch House" not in one_site

    narrowed = shown(client, place.lead, f"{LIST}?site={place.larch.public_id}")
    assert "<strong>0%</strong>, 0 of 1" in narrowed
    assert "No policy fits" in shown(client, place.lead, f"{LIST}?role=contributor")


def test_a_manager_sees_their_own_people_and_nobody_elses(client: Client, place: Place) -> None:
    page = shown(client, place.manager, place.readers)
    assert "Benson" in page
    assert "Calson" in page
    assert "Annson" not in page
    assert "Deeson" not in page
    assert "Annson" in shown(client, place.manager, f"{place.readers}?state=confirmed")

    # Another's site in the address opens nothing.
    narrowed = shown(client, place.manager, f"{place.readers}?site={place.larch.public_id}")
    assert "Deeson" not in narrowed
    client.force_login(place.manager)
    assert client.get(f"{LIST}people/{place.dee.public_id}/").status_code == 404
    assert "Deeson" not in str(csv_rows(client, place.manager, f"{place.readers}?state=all"))


def test_names_are_found_and_states_filter(client: Client, place: Place) -> None:
    assert "Benson" in shown(client, place.lead, f"{place.readers}?q=ben+bens")
    assert "Nobody fits" in shown(client, place.lead, f"{place.readers}?q=nobody%00")
    without_address = shown(client, place.lead, f"{place.readers}?state=no_address")
    assert "Calson" in without_address
    assert "tell them yourself" in without_address
    assert "Benson" not in without_address


def test_the_lists_go_away_as_spreadsheets(client: Client, place: Place) -> None:
    (policy,) = csv_rows(client, place.lead, LIST)
    assert (policy["Policy"], policy["Asked"], policy["Confirmed"]) == (
        "Using your phone",
        "4",
        "1",
    )

    people = csv_rows(client, place.manager, f"{place.readers}?state=all")
    states = {row["First name"]: row["State"] for row in people}
    assert states == {"Ann": "Confirmed", "Ben": "Not yet", "Cal": "Not yet"}

    client.force_login(place.lead)
    xlsx: Any = client.get(place.readers, {"export": "xlsx", "state": "all"})
    sheet = load_workbook(io.BytesIO(b"".join(xlsx.streaming_content))).worksheets[0]
    assert sheet.max_row == 5
    sites = csv_rows(client, place.lead, f"{LIST}by-site/")
    assert [(row["Site"], row["Percent"]) for row in sites] == [
        ("Larch House (demo)", "0"),
        ("Rowan House (demo)", "33"),
    ]


def test_a_persons_page_shows_what_is_asked_of_them(client: Client, place: Place) -> None:
    asking("Only for contributors", for_roles=[Role.CONTRIBUTOR])

    page = shown(client, place.manager, f"{LIST}people/{place.ann.public_id}/")

    assert "1 of 1 policy confirmed" in page
    assert "Only for contributors" not in page


def test_those_who_do_not_follow_up_are_told_so(client: Client, place: Place) -> None:
    client.force_login(place.ann)

    for address in (LIST, place.readers, f"{LIST}by-site/"):
        assert client.get(address).status_code == 403
    assert client.post(f"{place.readers}nudge/").status_code == 403


def test_one_click_reminds_those_who_have_not_once_a_day(
    client: Client, place: Place, run_jobs: RunJobs
) -> None:
    client.force_login(place.manager)
    answer = client.post(f"{place.readers}nudge/", follow=True)

    text = answer.content.decode()
    assert "1 reminder is on the way." in text
    assert "Tell these yourself, they have no e-mail address: Cal Calson." in text
    run_jobs()
    (letter,) = reminders()
    assert letter.to == [place.ben.email]
    assert f"/policies/{place.page.slug}/" in letter.body
    assert "Manager" in letter.body
    (event,) = events_about("policy", str(place.page.pk)).filter(verb=Verb.POLICY_NUDGED)
    assert event.data["facts"]["people"] == 1

    again = client.post(f"{place.readers}nudge/", {"person": place.ben.public_id}, follow=True)
    assert "less than 24 hours ago" in again.content.decode()
    run_jobs()
    assert len(reminders()) == 1
    assert not events_about("policy", str(place.page.pk)).filter(verb=Verb.POLICY_NUDGED)[1:]

    Nudge.objects.update(at=timezone.now() - timedelta(hours=25))
    client.post(f"{place.readers}nudge/", {"person": place.ben.public_id})
    run_jobs()
    assert len(reminders()) == 2


def test_nobody_is_reminded_of_what_they_confirmed_meanwhile(
    client: Client, place: Place, run_jobs: RunJobs
) -> None:
    client.force_login(place.manager)
    client.post(f"{place.readers}nudge/")
    confirms(place.ben, place.page)
    run_jobs()

    assert reminders() == []


def test_another_sites_person_cannot_be_reminded(client: Client, place: Place) -> None:
    client.force_login(place.manager)

    answer = client.post(f"{place.readers}nudge/", {"person": place.dee.public_id})

    assert answer.status_code == 404
    assert not Nudge.objects.exists()


def test_the_pages_cost_the_same_however_many_people_and_policies(
    client: Client, place: Place, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    client.force_login(place.lead)
    client.get(LIST)
    with django_assert_num_queries(7):
        client.get(LIST)
    with django_assert_num_queries(11):
        client.get(place.readers)
    PersonFactory.create_batch(5, role=Role.STAFF, site=place.rowan)
    MembershipFactory.create(person=place.ben, role=Role.STAFF, site=place.larch)
    recount(asking("Another one").pk)
    recount(place.page.pk)

    with django_assert_num_queries(7):
        client.get(LIST)
    with django_assert_num_queries(11):
        client.get(place.readers)


def test_somebody_at_two_sites_counts_at_each_in_the_list_and_once_on_the_policys_page(
    client: Client, place: Place
) -> None:
    MembershipFactory.create(person=place.ann, role=Role.STAFF, site=place.larch)
    area = carer(place.rowan, Role.GROUP_MANAGER)
    MembershipFactory.create(person=area, role=Role.GROUP_MANAGER, site=place.larch)
    recount(place.page.pk)

    listed = shown(client, area, LIST)
    assert "2 of 5" in listed
    assert "works at two of your sites counts at each" in listed
    assert "1 of 4 people confirmed" in shown(client, area, place.readers)
