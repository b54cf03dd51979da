"""No path and no query string that anybody may type ends in an error of ours."""

import re
from collections.abc import Callable
from typing import Any
from urllib.parse import quote

import pytest
from django.db import transaction
from django.http import QueryDict
from django.test import Client

from tests.architecture.url_permissions import (
    BEHIND_A_LINK,
    IN_THE_ADMIN,
    OF_PEOPLE_AND_PLACES,
    OVER_THE_API,
    PAGES,
    Row,
    for_each_visitor,
    rows,
)
from tests.architecture.visitors import House
from tests.bad_input.strings import MORE, NAUGHTY, NUMBERS, packed

pytestmark = pytest.mark.django_db
INSPECTION = rows(BEHIND_A_LINK)
ROWS = rows(PAGES + IN_THE_ADMIN + OF_PEOPLE_AND_PLACES + OVER_THE_API) + INSPECTION
"""Ours. Wagtail's own lists take ``?owner=`` to the database however many digits it has."""
WITH_A_NAME = [row for row in ROWS if "{" in row.address]
READ = [row for row in ROWS if row.method == "GET" and not row.address.endswith("/results/")]
"""The results alone are made by the same view as the page around them."""
NOT_TEXT = ["%00", "a%00b", "%FF%FE", "%ED%A0%80", "%C0%AF", "%2e%2e%2f", "%", "%zz"]
"""Paths and values that are no text, or no percent-encoding."""
TEXTS = packed(400)


def _client(house: House, row: Row) -> Client:
    """Return a client of somebody whom the row lets in."""
    if row in INSPECTION:
        return house.browser("in")
    answers = for_each_visitor(row)
    visitor = next((who for who, answer in answers.items() if answer in "+rf"), "nobody")
    return house.api_client(visitor) if row.address.startswith("/api/") else house.browser(visitor)


def _ask(house: House, row: Row, client: Client, address: str) -> None:
    """Ask, and throw away what came of it. The client raises what a view raises."""
    with transaction.atomic():
        if row.method == "GET":
            answer: Any = client.get(address)
        else:
            answer = client.post(address, house.body(row.name))
        _take_all(answer)
        transaction.set_rollback(True)
    assert answer.status_code < 500, (row.name, address)


def _take_all(answer: Any) -> None:
    """Read a file that is being sent to its end, which closes it."""
    if answer.streaming:
        b"".join(answer.streaming_content)


def _turn(strings: list[str], turn: int, turns: int) -> list[str]:
    """Return the strings whose turn it is; in all turns together it is everybody's."""
    return strings[turn % turns :: turns]


def _quoted(text: str) -> str:
    """Percent-encode everything that may mean something in an address."""
    return quote(text, safe="")


@pytest.mark.parametrize("row", WITH_A_NAME, ids=lambda row: row.name)
def test_no_name_in_a_path_breaks_the_page(house: House, row: Row) -> None:
    client = _client(house, row)
    strings = _turn(NAUGHTY, WITH_A_NAME.index(row), len(WITH_A_NAME))
    for thing in re.findall(r"{\w+}", row.address):
        for text in [*NOT_TEXT, *map(_quoted, strings)]:
            doubled = text.replace("{", "{{").replace("}", "}}")
            address = house.path(row.address.replace(thing, doubled), "in")
            _ask(house, row, client, address)


def _names_read(client: Client, address: str, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Return the names that a page looks for in its query string."""
    read: set[str] = set()
    with monkeypatch.context() as patch:
        for method in ("get", "getlist", "__getitem__", "__contains__"):
            patch.setattr(QueryDict, method, _noting(getattr(QueryDict, method), read))
        _take_all(client.get(address))
    return sorted(read)


def _noting(look_up: Callable[..., Any], read: set[str]) -> Callable[..., Any]:
    def noting(query: QueryDict, name: str, *rest: Any, **more: Any) -> Any:
        read.add(name)
        return look_up(query, name, *rest, **more)

    return noting


@pytest.mark.parametrize("row", READ, ids=lambda row: row.name)
def test_no_query_string_breaks_the_page(
    house: House, row: Row, monkeypatch: pytest.MonkeyPatch
) -> None:
    client, address = _client(house, row), house.path(row.address, "in").partition("?")[0]
    for number, name in enumerate(_names_read(client, address, monkeypatch)):
        turn = 11 * READ.index(row) + number
        turns = [(TEXTS, len(TEXTS)), (NUMBERS, len(NUMBERS)), (MORE, len(MORE))]
        texts = [text for strings, many in turns for text in _turn(strings, turn, many)]
        for text in ["%00", "%FF%FE", *map(_quoted, texts)]:
            _ask(house, row, client, f"{address}?{name}={text}")
