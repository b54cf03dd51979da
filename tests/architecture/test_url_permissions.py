"""Every address answers everybody as the table of ``url_permissions.py`` says."""

import re
from collections.abc import Iterable, Iterator
from typing import Any

import pytest
from django.db import transaction
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, resolve
from pytest_django import Settings

from portal.record.models import Event
from tests.architecture.tablets import TABLETS
from tests.architecture.url_permissions import (
    BEHIND_A_LINK,
    IN_THE_ADMIN,
    NOTHING_HAPPENED,
    OF_PEOPLE_AND_PLACES,
    OF_SITES_AND_PLANS,
    OF_TABLETS,
    ON_A_TABLET,
    OVER_THE_API,
    PAGES,
    ROLES,
    WAGTAILS_OWN,
    Row,
    for_each_visitor,
    rows,
)
from tests.architecture.visitors import (
    CONTENT,
    INSPECTORS,
    NOBODY,
    OF_THE_DRAFT,
    OF_THE_SITE,
    House,
    house,
)
from tests.evidence_review.scanning import doubles
from tests.factories import keep

__all__ = ["house"]
pytestmark = pytest.mark.sqlite_only
"""Who may is decided above the database; that the pages open on PostgreSQL is asked elsewhere."""
FOR_ROLES = rows(
    PAGES + OF_SITES_AND_PLANS + IN_THE_ADMIN + OF_PEOPLE_AND_PLACES + OF_TABLETS + WAGTAILS_OWN
)
API = rows(OVER_THE_API)
INSPECTION = rows(BEHIND_A_LINK)
TABLET = rows(ON_A_TABLET)
LETTERS = {200: "+", 201: "+", 204: "+", 400: "f", 401: "a", 403: "x", 404: "o"}
THE_ADMINS_DOOR = next(row for row in FOR_ROLES if row.address == "/admin/login/")
BEHIND_THE_ADMINS_DOOR = for_each_visitor(THE_ADMINS_DOOR)
READERS = {"ig_lead", "contributor", "registered_manager", "group_manager"}
WRITERS_OF_POLICIES = {"ig_lead", "editor"}
OPEN_IN_WAGTAILS_ADMIN = {"admin/sprite/", "admin/jsi18n/"}
"""Icons and words of its own pages."""


@pytest.fixture(autouse=True)
def bytes_are_there(settings: Settings, bytes_dir: object) -> None:
    settings.SCANNER = doubles.CLEAN
    keep(CONTENT)


class Answer:
    """What an address answered one visitor: the table's letter, and the text."""

    def __init__(self, house: House, row: Row, visitor: str, client: Client) -> None:
        with transaction.atomic():
            events = Event.objects.count()
            path = house.path(row.address, visitor)
            if row.method == "GET":
                response: Any = client.get(path)
            else:
                response = client.post(path, house.body(row.name))
            streamed = b"".join(response.streaming_content) if response.streaming else None
            self.text = (response.content if streamed is None else streamed).decode(
                errors="replace"
            )
            self.left_a_trace = Event.objects.count() > events
            self.letter = self._letter(response, visitor)
            transaction.set_rollback(True)

    def _letter(self, response: Any, visitor: str) -> str:
        if response.status_code != 302:
            return LETTERS.get(response.status_code, str(response.status_code))
        led_to = response["Location"]
        if led_to.startswith("/admin/login/"):
            return BEHIND_THE_ADMINS_DOOR[visitor]
        if led_to.startswith("/account/login/"):
            return ">"
        if led_to == "/admin/":
            return "h"
        return "r" if self.left_a_trace else "b"


def _check(row: Row, answers: dict[str, Answer], expected: dict[str, str]) -> None:
    assert {visitor: answer.letter for visitor, answer in answers.items()} == expected
    left_a_trace = {visitor for visitor, answer in answers.items() if answer.left_a_trace}
    if row.method == "POST":
        assert not {who for who in left_a_trace if expected[who] in NOTHING_HAPPENED}
    for visitor, answer in answers.items():
        role, _, standing = visitor.partition(" ")
        if role not in READERS or standing not in ("whole", "own"):
            assert OF_THE_SITE not in answer.text, visitor
        if role not in WRITERS_OF_POLICIES or standing in ("expired", "off"):
            assert OF_THE_DRAFT not in answer.text, visitor


@pytest.mark.parametrize("row", FOR_ROLES, ids=lambda row: row.name)
def test_a_page_answers_everybody_as_the_table_says(house: House, row: Row, db: None) -> None:
    expected = for_each_visitor(row)
    answers = {who: Answer(house, row, who, house.browser(who)) for who in expected}

    _check(row, answers, expected)


@pytest.mark.parametrize("row", API, ids=lambda row: row.name)
def test_the_api_answers_everybody_as_the_table_says(house: House, row: Row, db: None) -> None:
    expected = for_each_visitor(row)
    answers = {who: Answer(house, row, who, house.api_client(who)) for who in expected}

    _check(row, answers, expected)


@pytest.mark.parametrize("row", API, ids=lambda row: row.name)
def test_a_session_in_the_browser_is_no_token(house: House, row: Row, db: None) -> None:
    nobody = row.answers[0]

    assert Answer(house, row, NOBODY, house.browser("ig_lead whole")).letter == nobody


@pytest.mark.parametrize("sent", ["wk_unknown", "", "wk_é", "two words", "\u0000"])
@pytest.mark.parametrize("row", API[:4], ids=lambda row: row.name)
def test_a_token_that_is_none_is_refused_even_where_none_is_needed(
    house: House, row: Row, sent: str, db: None
) -> None:
    client = Client(headers={"Authorization": f"Bearer {sent}"})

    assert Answer(house, row, NOBODY, client).letter == "a"


@pytest.mark.parametrize("row", INSPECTION, ids=lambda row: row.name)
def test_an_inspectors_page_answers_as_the_table_says(house: House, row: Row, db: None) -> None:
    expected = dict(zip(INSPECTORS, row.answers[0], strict=True))
    answers = {who: Answer(house, row, who, house.browser(who)) for who in INSPECTORS}

    assert {visitor: answer.letter for visitor, answer in answers.items()} == expected
    assert not {who for who, answer in answers.items() if OF_THE_SITE in answer.text} - {"in"}


@pytest.mark.parametrize("row", INSPECTION, ids=lambda row: row.name)
def test_nobodys_sign_in_opens_an_inspectors_page(house: House, row: Row, db: None) -> None:
    without_session = row.answers[0][0]

    for visitor in (NOBODY, *(f"{role} whole" for role in ROLES)):
        answer = Answer(house, row, visitor, house.browser(visitor))
        assert answer.letter == without_session, visitor
        assert OF_THE_SITE not in answer.text


def test_an_inspectors_session_opens_no_other_link(house: House, db: None) -> None:
    browser = house.browser("in")
    for row in INSPECTION:
        assert Answer(house, row, "no session", browser).letter == row.answers[0][0], row.name


def test_the_summary_of_the_inspector_who_is_in_shows_what_the_others_may_not_see(
    house: House, db: None
) -> None:
    row = next(row for row in INSPECTION if row.address.endswith("/summary/"))

    assert "Kim Park (demo)" in Answer(house, row, "in", house.browser("in")).text


@pytest.mark.parametrize("row", TABLET, ids=lambda row: row.name)
def test_a_shared_tablets_page_answers_as_the_table_says(house: House, row: Row, db: None) -> None:
    expected = dict(zip(TABLETS, row.answers[0], strict=True))
    answers = {who: Answer(house, row, who, house.browser(who)) for who in TABLETS}

    assert {visitor: answer.letter for visitor, answer in answers.items()} == expected
    assert not {who for who, answer in answers.items() if answer.left_a_trace}


@pytest.mark.parametrize("row", TABLET, ids=lambda row: row.name)
def test_nobodys_sign_in_makes_a_browser_a_shared_tablet(house: House, row: Row, db: None) -> None:
    for visitor in (NOBODY, *(f"{role} whole" for role in ROLES)):
        assert Answer(house, row, visitor, house.browser(visitor)).letter == "o", visitor


def _routes(
    patterns: Iterable[URLPattern | URLResolver], before: str = "", within: str = ""
) -> Iterator[tuple[str, str]]:
    """Give the pattern of every address, spelled as ``resolve`` spells it, with its name."""
    for pattern in patterns:
        route = before + str(pattern.pattern).removeprefix("^" if before else "")
        if isinstance(pattern, URLResolver):
            name = f"{pattern.namespace}:" if pattern.namespace else ""
            yield from _routes(pattern.url_patterns, route, within + name)
        else:
            yield route, within + (pattern.name or "")


ROUTES = dict(_routes(get_resolver().url_patterns))
WAGTAILS = {
    route for route, name in ROUTES.items() if route.startswith("admin/") and "wagtail" in name
} | {"admin/test404/", "admin/.*/$"}


SHUT = next(route for route in ROUTES if route.startswith("^admin/"))
"""Stands before the screens of Wagtail's that would go around the record."""


def _resolved(house: House, row: Row) -> str:
    found = resolve(house.path(row.address).partition("?")[0])
    return str(found.route)


def test_every_address_has_a_row_and_every_row_an_address(house: House, db: None) -> None:
    covered = {_resolved(house, row) for row in FOR_ROLES + API + INSPECTION + TABLET}

    assert set(ROUTES) - covered - WAGTAILS == set()
    assert covered - set(ROUTES) == set()


def test_no_row_says_the_same_twice() -> None:
    names = [row.name for row in FOR_ROLES + API + INSPECTION + TABLET]

    assert len(names) == len(set(names))


def _an_address(route: str) -> str:
    """Return some address that fits a pattern of Wagtail's admin."""
    filled = re.sub(r"<int:\w+>", "1", route)
    filled = re.sub(r"<(?:\w+:)?\w+>", "x", filled)
    filled = re.sub(r"\(\\d\+\)", "1", filled)
    filled = re.sub(r"\(live[^)]*\)", "live", filled)
    return "/" + filled.replace("\\", "").replace(".*", "nothing").rstrip("$")


@pytest.mark.parametrize("visitor", [NOBODY, "staff whole", "ig_lead expired", "ig_lead off"])
def test_wagtails_whole_admin_is_closed_to_those_who_may_not_enter(
    house: House, visitor: str, db: None
) -> None:
    browser, open_pages = house.browser(visitor), set()
    for route in WAGTAILS:
        row = Row("GET", _an_address(route), ())
        assert resolve(row.address).route in (route, SHUT)
        answer = Answer(house, row, visitor, browser)
        if answer.letter not in (">", "x", "o"):
            open_pages.add(route)

    assert open_pages == OPEN_IN_WAGTAILS_ADMIN
