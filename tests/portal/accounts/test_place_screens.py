"""The organisation and its sites in the admin."""

import csv
from io import StringIO
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from portal.accounts.codes import what_surprises_about
from portal.people.models import Organisation, Site
from portal.people.roles import Role
from tests.factories import MembershipFactory, OrganisationFactory, PersonFactory, SiteFactory
from tests.portal.accounts.making import getvalue, page, sent, verbs

pytestmark = pytest.mark.django_db
LIST = "/admin/places/"
ADD = "/admin/places/sites/add/"
ORGANISATION = "/admin/places/organisation/"
ELM: dict[str, Any] = {
    "name": "Elm House (demo)",
    "service_type": "nursing",
    "ods_code": "vm 195",
    "cqc_location_id": "1-123456789",
}


def url_of(name: str, site: Site) -> str:
    return reverse(f"places:{name}", args=[site.public_id])


def test_a_site_is_added_with_its_codes_tidied(desk: Client) -> None:
    OrganisationFactory.create()
    sent(desk, ADD, ELM, status=302)
    site = Site.objects.get()
    assert (site.ods_code, site.cqc_location_id, site.service_type) == (
        "VM195",
        "1-123456789",
        "nursing",
    )
    assert verbs() == ["site.created"]
    assert "Please check" not in page(desk, url_of("site", site))


def test_before_the_first_site_comes_the_organisation(desk: Client) -> None:
    answer = desk.get(ADD, follow=True)
    assert answer.redirect_chain == [(ORGANISATION, 302)]
    sent(desk, ADD, ELM, status=400)
    sent(desk, ORGANISATION, {"name": "Care (demo)", "ods_code": "", "ico_number": ""}, status=302)
    assert Organisation.objects.get().name == "Care (demo)"
    assert desk.get(ADD).status_code == 200


@pytest.mark.parametrize("code", ["V1", "VM19567", "VM-95", "ÄÖÜ"])
def test_what_is_no_ods_code_is_refused(desk: Client, code: str) -> None:
    OrganisationFactory.create()
    shown = sent(desk, ADD, ELM | {"ods_code": code}, status=400)
    assert shown.count("An ODS code has 3 to 6 capital letters and digits, like VM195.") == 2
    shown = sent(desk, ORGANISATION, {"name": "Care (demo)", "ods_code": code}, status=400)
    assert "An ODS code has 3 to 6 capital letters and digits" in shown
    assert verbs() == []


@pytest.mark.parametrize(
    ("codes", "said"),
    [
        ({"ods_code": "X1234"}, ["Site ODS codes usually start with V, like VM195. Check X1234."]),
        (
            {"cqc_location_id": "123"},
            ["CQC location IDs usually look like 1-123456789. Check 123."],
        ),
        ({"ods_code": "", "cqc_location_id": ""}, []),
    ],
)
def test_unusual_codes_of_a_site_are_kept_and_remarked_on(
    desk: Client, codes: dict[str, str], said: list[str]
) -> None:
    OrganisationFactory.create()
    sent(desk, ADD, ELM | codes, status=302)
    site = Site.objects.get()
    assert what_surprises_about(site) == said
    shown = page(desk, url_of("site", site))
    assert all(sentence in shown for sentence in said)
    assert ("Please check" in shown) is bool(said)


@pytest.mark.parametrize(
    ("ods", "ico", "surprises"),
    [
        ("AG0Y", "ZA123456", 0),
        ("AG0Y", "ZB123456", 0),
        ("A1B2C", "Z1234567", 0),
        ("VM195", "ZA123456", 1),
        ("AG0Y", "ZA12345", 1),
        ("AG0Y", "ZC123456", 1),
        ("VM195", "00012345678", 2),
        ("", "", 0),
    ],
)
def test_unusual_codes_of_the_organisation_are_kept_and_remarked_on(
    desk: Client, ods: str, ico: str, surprises: int
) -> None:
    form = {"name": "Care (demo)", "ods_code": ods, "ico_number": ico}
    sent(desk, ORGANISATION, form, status=302)
    assert len(what_surprises_about(Organisation.objects.get())) == surprises
    for url in (ORGANISATION, LIST):
        assert ("Please check" in page(desk, url)) is bool(surprises)


def test_two_sites_share_neither_name_nor_code(desk: Client) -> None:
    SiteFactory.create(name="Elm House (demo)", ods_code="VM195")
    shown = sent(desk, ADD, ELM | {"name": "ELM house (demo)"}, status=400)
    assert "There is a site called ELM house (demo) already" in shown
    assert "Elm House (demo) has the code VM195 already" in shown


def test_a_site_keeps_its_own_name_and_code_when_it_is_changed(desk: Client) -> None:
    OrganisationFactory.create()
    sent(desk, ADD, ELM, status=302)
    site = Site.objects.get()
    sent(desk, url_of("change_site", site), ELM | {"service_type": "residential"}, status=302)
    assert verbs() == ["site.created", "site.changed"]
    shown = page(desk, url_of("site", site))
    assert "Kind of care: Care home with nursing → Care home" in shown
    assert "ODS code: VM195" in shown


def test_the_organisations_history_is_shown(desk: Client) -> None:
    sent(desk, ORGANISATION, {"name": "Care (demo)"}, status=302)
    sent(desk, ORGANISATION, {"name": "Better Care (demo)"}, status=302)
    shown = page(desk, ORGANISATION)
    assert "Name: Care (demo) → Better Care (demo)" in shown
    assert "Sam Reid (demo)" in shown


def test_closing_a_site_names_what_follows_and_keeps_everything(desk: Client) -> None:
    site = SiteFactory.create()
    MembershipFactory.create(site=site)
    shown = page(desk, url_of("close_site", site))
    assert "1 person keeps a role there until you end it" in shown
    sent(desk, url_of("close_site", site), {}, status=302)
    assert not Site.objects.get(pk=site.pk).is_active
    shown = page(desk, url_of("site", site))
    assert "State: open → closed" in shown
    sent(desk, url_of("open_site", site), {}, status=302)
    assert Site.objects.get(pk=site.pk).is_active
    assert verbs() == ["site.changed", "site.changed"]


def test_the_list_of_sites_can_be_searched_narrowed_and_exported(desk: Client) -> None:
    SiteFactory.create(name="Elm House (demo)", ods_code="X1234")
    SiteFactory.create(name="=Oak (demo)", is_active=False)

    def names(query: str) -> list[str]:
        return [site.name for site in desk.get(f"{LIST}?{query}").context["object_list"]]

    assert names("q=elm") == ["Elm House (demo)"]
    assert names("q=x1234") == ["Elm House (demo)"]
    assert names("state=closed") == ["=Oak (demo)"]
    assert names("service_type=nursing") == []
    text = getvalue(desk.get(f"{LIST}?export=csv")).decode()
    rows = {row["Site"]: row for row in csv.DictReader(StringIO(text))}
    assert rows["'=Oak (demo)"]["State"] == "Closed"
    assert "start with V" in rows["Elm House (demo)"]["To check"]


def test_the_list_of_sites_costs_the_same_for_two_and_for_thirty(
    desk: Client, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    SiteFactory.create_batch(2)
    with django_assert_max_num_queries(40) as few:
        desk.get(LIST)
    for site in SiteFactory.create_batch(28):
        PersonFactory.create(role=Role.STAFF, site=site)
    with django_assert_max_num_queries(len(few)):
        desk.get(LIST)


def test_the_list_counts_each_person_once_and_only_where_they_are_named(desk: Client) -> None:
    site = SiteFactory.create()
    person = PersonFactory.create(role=Role.STAFF, site=site)
    MembershipFactory.create(person=person, role=Role.CONTRIBUTOR, site=site)
    PersonFactory.create(role=Role.IG_LEAD)
    PersonFactory.create(role=Role.STAFF, site=site, is_active=False)
    (row,) = desk.get(LIST).context["object_list"]
    assert row.people_count == 1
    assert "1 person has a role at" in page(desk, url_of("site", site))


def test_an_empty_list_says_how_to_add_the_first(desk: Client) -> None:
    assert "There is no site yet" in page(desk, LIST)
