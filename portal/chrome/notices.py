"""What administrators must be told on every page, asked of the rooms that know."""

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest
from django.utils.module_loading import import_string


def admin_notices_for(request: HttpRequest) -> list[str]:
    """Return the sentences of every function that ``settings.ADMIN_NOTICES`` names, in order."""
    sentences: list[str] = []
    for name in settings.ADMIN_NOTICES:
        ask: Callable[[HttpRequest], list[str]] = import_string(name)
        sentences.extend(ask(request))
    return sentences
