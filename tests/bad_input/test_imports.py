"""Whatever stands in a spreadsheet is imported exactly, or named in the report of its row."""

import csv
import io
import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction

from portal.people.models import Site, User
from tests.architecture.visitors import House
from tests.bad_input.filling_in import assert_shown_escaped
from tests.bad_input.strings import singly_or_packed

pytestmark = pytest.mark.django_db
INVISIBLE = re.compile("[\u200b\u2060\ufeff\u00ad]")
SITES = ("/admin/places/import/", ("Site", "Kind of care"))
PEOPLE = ("/admin/people/import/", ("First name", "Last name", "Job title", "Role", "Site"))


def as_kept(text: str) -> str:
    """Names have no line ends, tabs, runs of spaces, or characters that take no room."""
    return " ".join(INVISIBLE.sub("", text).split())


def list_of(headings: tuple[str, ...], *cells: str) -> SimpleUploadedFile:
    """Return a CSV file with one row."""
    written = io.StringIO(newline="")
    csv.writer(written).writerows([headings, cells])
    return SimpleUploadedFile("list.csv", written.getvalue().encode("utf-8", "surrogatepass"))


def test_the_name_of_a_site_is_imported_or_named(house: House) -> None:
    client = house.browser("portal_admin whole")
    address, headings = SITES
    for text in singly_or_packed(200):
        with transaction.atomic():
            answer = client.post(address, {"file": list_of(headings, text, "Care home")})
            report = client.get(answer["Location"])
            assert report.status_code == 200
            assert_shown_escaped(report, text)
            if client.post(answer["Location"]).status_code == 302:
                assert Site.objects.latest("pk").name == as_kept(text)
            else:
                assert report.context["report"].lines[0].said, text
            transaction.set_rollback(True)


def test_the_names_of_a_person_are_imported_or_named(house: House) -> None:
    client = house.browser("portal_admin whole")
    address, headings = PEOPLE
    for text in singly_or_packed(120):
        with transaction.atomic():
            row = list_of(headings, text, text, text, "Staff", "Every site")
            answer = client.post(address, {"file": row})
            report = client.get(answer["Location"])
            assert report.status_code == 200
            assert_shown_escaped(report, text)
            if client.post(answer["Location"]).status_code == 302:
                person = User.objects.latest("pk")
                kept = {person.first_name, person.last_name, person.job_title}
                assert kept == {as_kept(text)}
            else:
                assert report.context["report"].lines[0].said, text
            transaction.set_rollback(True)


def test_any_text_as_code_role_site_or_day_is_named_in_the_report(house: House) -> None:
    client = house.browser("portal_admin whole")
    address, headings = PEOPLE
    headings = (*headings, "E-mail address", "First day", "Last day")
    for text in singly_or_packed(120):
        row = list_of(headings, "Ivy", "Low (demo)", "Carer", text, text, text, text, text)
        answer = client.post(address, {"file": row})
        report = client.get(answer["Location"])
        assert report.status_code == 200
        assert_shown_escaped(report, text)
        assert report.context["report"].wrong == 1
        assert client.post(answer["Location"]).status_code == 409
