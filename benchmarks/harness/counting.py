"""How many statements a request costs, told in a header of its answer when the request asks."""

from collections.abc import Callable
from typing import Any

from django.db import connection
from django.http import HttpRequest
from django.http.response import HttpResponseBase

ASK = {"X-Count-Queries": "1"}
ANSWER = "X-Queries"


class CountQueries:
    """Counts every statement that goes through a cursor, sign-in and session included.

    But for the beginning of a transaction, which asks the database nothing and is a statement of
    its own on SQLite only.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Answer; count on the way only where it was asked for."""
        if "X-Count-Queries" not in request.headers:
            return self.get_response(request)
        statements: list[str] = []

        def count(execute: Callable[..., Any], sql: str, *rest: Any) -> Any:
            if not sql.startswith("BEGIN"):
                statements.append(sql)
            return execute(sql, *rest)

        with connection.execute_wrapper(count):
            response = self.get_response(request)
        response[ANSWER] = str(len(statements))
        return response
