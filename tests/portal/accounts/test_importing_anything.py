"""Whatever rows a file has: what the report lets through is imported, and nothing else."""

from typing import Any

import pytest
from django.db import transaction
from django.utils import timezone
from hypothesis import HealthCheck, event, given, settings
from hypothesis import strategies as st

from portal.accounts.imports.people import check_people
from portal.accounts.imports.people_sheet import PEOPLE
from portal.accounts.imports.report import Report
from portal.accounts.imports.sites import SITES, check_sites
from portal.people.actions.newcomers import add_people
from portal.people.actions.place import add_sites
from portal.people.models import Membership, Organisation, Site, User
from portal.people.roles import Role
from portal.record.actors import SETUP
from portal.record.models import Event
from portal.spreadsheets.sheet import Column, Row, Sheet, Table
from tests.factories import OrganisationFactory, PersonFactory, SiteFactory

pytestmark = pytest.mark.django_db
ANY_TEXT = st.text(st.characters(codec="utf-8", exclude_categories=["C"]), max_size=8)
TODAY = timezone.localdate()
GOOD = {
    "name": ["Elm (demo)", "elm (DEMO)", "Ash (demo)", "Oak (demo)", "Yew (demo)", "Larch (demo)"],
    "service_type": ["Care home", "nursing", "OTHER"],
    "ods_code": ["", "", "", "VM195", "vm 196", "X123"],
    "cqc_location_id": ["1-123456789", ""],
    "first_name": ["Anna", "ANNA", "Bo", "Cy", "Di"],
    "last_name": ["Field", "Hill", "Low"],
    "job_title": ["Carer"],
    "email": ["a@demo.example", "A@demo.example", "b@demo.example", "tom@demo.example", "", ""],
    "role": ["Staff", "ig_lead", "CONTRIBUTOR", "Editor"],
    "site": ["Every site", "VM195", "elm (demo)"],
    "starts": ["", TODAY.isoformat()],
    "ends": ["", "2999-12-31"],
}
"""Good by themselves; several together may still be about the same thing."""
ODD = {
    "name": ["", "x" * 201, "VM195"],
    "service_type": ["", "Castle"],
    "ods_code": ["X1", "ÄÖÜ"],
    "cqc_location_id": ["1" * 21],
    "first_name": ["", "x" * 151],
    "last_name": [""],
    "job_title": [""],
    "email": ["tom", "@"],
    "role": ["", "Chief", "Portal administrator"],
    "site": ["", "Nowhere", "Larch (demo)"],
    "starts": ["2020-01-01", "2999-12-31"],
    "ends": ["2020-01-01"],
}
SLOWLY = settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)


def good_cell(column: Column) -> st.SearchStrategy[str]:
    return st.sampled_from(GOOD[column.name])


def any_cell(column: Column) -> st.SearchStrategy[str]:
    odd = st.sampled_from(ODD[column.name])
    return good_cell(column) | odd if column.is_day else good_cell(column) | odd | ANY_TEXT


def tables(sheet: Sheet) -> st.SearchStrategy[Table]:
    """Return lists of rows in which names, codes and addresses often meet again."""
    rows = [
        st.lists(
            st.fixed_dictionaries({column.name: cell(column) for column in sheet.columns}),
            min_size=1,
            max_size=4,
        )
        for cell in (good_cell, any_cell)
    ]
    return st.one_of(rows).map(
        lambda found: Table([Row(number, row) for number, row in enumerate(found, start=2)], [])
    )


def is_coherent(report: Report[Any], table: Table) -> bool:
    """Tell whether there is a line for each row, and a sentence for each that is wrong."""
    return [line.row for line in report.lines] == [row.number for row in table.rows] and all(
        sentence.endswith(".") for line in report.lines for sentence in line.said
    )


@pytest.fixture
def organisation(db: None) -> Organisation:
    owner = OrganisationFactory.create()
    SiteFactory.create(name="Larch (demo)", organisation=owner, is_active=False)
    return owner


@SLOWLY
@given(table=tables(SITES))
def test_sites_that_the_report_lets_through_can_be_added(
    organisation: Organisation, table: Table
) -> None:
    report = check_sites(table)
    assert is_coherent(report, table)
    assert report.added == len(report.found)
    event("all rows are good" if report.wrong == 0 else "some are wrong")
    if report.wrong == 0:
        with transaction.atomic():
            add_sites(organisation, report.found, actor=SETUP)
            assert Site.objects.count() == 1 + report.added
            assert Event.objects.count() == report.added
            assert check_sites(table).added == 0
            transaction.set_rollback(True)


@SLOWLY
@given(table=tables(PEOPLE))
def test_people_that_the_report_lets_through_can_be_added(
    organisation: Organisation, table: Table
) -> None:
    with transaction.atomic():
        SiteFactory.create(name="Elm (demo)", ods_code="VM195", organisation=organisation)
        PersonFactory.create(email="tom@demo.example", role=Role.STAFF)
        report = check_people(table)
        assert is_coherent(report, table)
        event("all rows are good" if report.wrong == 0 else "some are wrong")
        if report.wrong == 0:
            add_people(report.found, actor=SETUP)
            assert User.objects.count() == 1 + len(report.found)
            assert Membership.objects.count() == 1 + report.added
            assert Event.objects.count() == len(report.found) + report.added
            assert check_people(table).added == 0
        transaction.set_rollback(True)
