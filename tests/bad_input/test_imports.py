"""Whatever stands in a spreadsheet is imported exactly, or named in the report of its row."""

import csv
import io
import re
from collections.abc import Iterable, Sequence
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from portal.accounts.imports.report import Outcome
from portal.people.models import Site, User
from tests.architecture.visitors import House
from tests.bad_input.filling_in import assert_shown_escaped
from tests.bad_input.strings import NAUGHTY

pytestmark = pytest.mark.django_db
INVISIBLE = re.compile("[\u200b\u2060\ufeff\u00ad]")
SITES = ("/admin/places/import/", ("Site", "Kind of care"))
PEOPLE = ("/admin/people/import/", ("First name", "Last name", "Job title", "Role", "Site"))


def as_kept(text: str) -> str:
    """Names have no line ends, tabs, runs of spaces, or characters that take no room."""
    return " ".join(INVISIBLE.sub("", text).split())


def uploaded(client: Client, address: str, rows: Iterable[Iterable[str]]) -> str:
    """Upload rows as CSV; return the address of the report."""
    written = io.StringIO(newline="")
    csv.writer(written).writerows(rows)
    content = written.getvalue().encode("utf-8", "surrogatepass")
    answer = client.post(address, {"file": SimpleUploadedFile("list.csv", content)})
    assert answer.status_code == 302
    return str(answer["Location"])


def report_of(client: Client, address: str) -> dict[int, Any]:
    """Look at every page of a report; return the lines by their row."""
    lines: dict[int, Any] = {}
    page, number = client.get(address), 1
    while True:
        assert page.status_code == 200
        assert_shown_escaped(page, *NAUGHTY)
        lines |= {line.row: line for line in page.context["page"]}
        if not page.context["page"].has_next():
            return lines
        number += 1
        page = client.get(address, {"p": number})


def good_rows(
    client: Client, address: str, rows: Sequence[tuple[str, ...]]
) -> Sequence[tuple[str, ...]]:
    """Upload rows; return those that may be imported. What is said of the others is a sentence."""
    lines = report_of(client, uploaded(client, address, rows))
    assert set(lines) == set(range(2, len(rows) + 1))
    for line in lines.values():
        assert line.outcome is not Outcome.WRONG or line.said[0].endswith(".")
    return [rows[number - 1] for number, line in lines.items() if line.outcome is Outcome.ADDED]


def test_the_name_of_a_site_is_imported_or_named(house: House) -> None:
    client = house.browser("portal_admin whole")
    address, headings = SITES
    good = good_rows(client, address, [headings, *((text, "Care home") for text in NAUGHTY)])
    before = set(Site.objects.values_list("name", flat=True))
    assert client.post(uploaded(client, address, [headings, *good])).status_code == 302
    added = set(Site.objects.values_list("name", flat=True)) - before
    assert added == {as_kept(name) for name, _ in good}
    assert len(added) > len(NAUGHTY) / 2


def test_the_names_of_people_are_imported_or_named(house: House) -> None:
    client = house.browser("portal_admin whole")
    address, headings = PEOPLE
    rows = [(text, text, text, "Staff", "Every site") for text in NAUGHTY]
    good = good_rows(client, address, [headings, *rows])
    before = User.objects.latest("pk").pk
    assert client.post(uploaded(client, address, [headings, *good])).status_code == 302
    added = User.objects.filter(pk__gt=before)
    kept = set(added.values_list("first_name", "last_name", "job_title"))
    assert kept == {(as_kept(text),) * 3 for text, *_ in good}
    assert len(kept) > len(NAUGHTY) / 2


def test_any_text_as_address_role_site_or_day_is_named_in_the_report(house: House) -> None:
    client = house.browser("portal_admin whole")
    address, known = PEOPLE
    headings = (*known, "E-mail address", "First day", "Last day")
    rows = [("Ivy", "Low (demo)", "Carer", *(text,) * 5) for text in NAUGHTY]
    assert good_rows(client, address, [headings, *rows]) == []
