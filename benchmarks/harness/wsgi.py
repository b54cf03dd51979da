"""The portal and the floor of uploads on one and the same server."""

from collections.abc import Callable, Iterable
from typing import Any

from django.core.wsgi import get_wsgi_application

from benchmarks.harness.floors import RECEIVE_PATH, receive

portal = get_wsgi_application()


def application(environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
    """Hand one path to the floor and all others to the portal."""
    if environ["PATH_INFO"] == RECEIVE_PATH:
        return receive(environ, start_response)
    return portal(environ, start_response)
