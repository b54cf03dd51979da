"""Reading what a client sends."""

from collections.abc import Mapping
from typing import IO, Any

from rest_framework.exceptions import ParseError
from rest_framework.parsers import JSONParser

_TOO_DEEP = "The JSON is nested too deeply. Nothing here needs more than a few levels."


class Json(JSONParser):
    """JSON, with an answer for what is nested so deeply that Python gives up on it."""

    def parse(
        self,
        stream: IO[Any],
        media_type: str | None = None,
        parser_context: Mapping[str, Any] | None = None,
    ) -> dict[str, Any]:
        """Return what was sent.

        Raises:
            ParseError: it is no JSON, or nested too deeply.
        """
        try:
            return super().parse(stream, media_type, parser_context)
        except RecursionError as too_deep:
            raise ParseError(_TOO_DEEP) from too_deep
