"""What the OpenAPI document speaks of."""

from typing import Any

OURS = "/api/v1/"

Endpoint = tuple[str, str, str, Any]
"""Path, path as a regular expression, method, view."""


def ours_only(endpoints: list[Endpoint]) -> list[Endpoint]:
    """Leave out what Wagtail's admin offers to its own pages."""
    return [endpoint for endpoint in endpoints if endpoint[0].startswith(OURS)]
