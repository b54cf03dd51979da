"""Statements are counted only for a request that asks, and all of them."""

import pytest
from django.db import connection
from django.http import HttpRequest, HttpResponse
from django.test import RequestFactory

from benchmarks.harness.counting import ANSWER, ASK, CountQueries

pytestmark = pytest.mark.django_db


def _three(request: HttpRequest) -> HttpResponse:
    with connection.cursor() as cursor:
        for number in range(3):
            cursor.execute("SELECT %s", [number])
    return HttpResponse("done")


def test_a_request_that_asks_is_told_how_many_statements_it_took() -> None:
    response = CountQueries(_three)(RequestFactory().get("/", headers=ASK))
    assert response[ANSWER] == "3"


def test_a_request_that_does_not_ask_is_answered_as_it_is() -> None:
    response = CountQueries(_three)(RequestFactory().get("/"))
    assert ANSWER not in response
