"""Wagtail's furniture around a page, kept for half a minute.

Menu, header and scripts are the same each time one person opens the same page, and take Wagtail
many times longer to put together than the page itself. So they are kept in the cache, with two
gaps: one for the body of the page and one for the CSRF token.

What is kept says nothing but which menu items there are; each page asks permission for itself.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from hashlib import sha256

from django.conf import settings
from django.contrib.messages import get_messages
from django.core.cache import cache
from django.forms import model_to_dict
from django.http import HttpResponse
from django.middleware.csrf import get_token
from django.utils.safestring import mark_safe

from evidence_review.review.queries import waiting_count
from portal.people.queries import memberships_of
from portal.people.requests import PersonRequest

KEPT_SECONDS = 30
_GAP = "<!-- the body of the page -->"
_TOKEN = re.compile(r'(?<="CSRF_TOKEN": ")[A-Za-z0-9]+(?=")')


@dataclass(frozen=True)
class Frame:
    """Furniture in three pieces: up to the token, up to the body, and the rest."""

    until_token: str
    until_body: str
    rest: str

    def around(self, body: str, token: str) -> str:
        """Return the whole page."""
        return f"{self.until_token}{token}{self.until_body}{body}{self.rest}"


def framed(
    request: PersonRequest, body: str, furnish: Callable[[str], str], *, status: int = 200
) -> HttpResponse:
    """Return the page: ``body``, which is safe HTML, with what ``furnish`` puts around it."""
    if len(get_messages(request)):
        # A message is shown once, and stands in the furniture.
        return HttpResponse(furnish(body), status=status)
    key = _key(request)
    frame: Frame | None = cache.get(key)
    if frame is None:
        frame = _cut(furnish(mark_safe(_GAP)))  # noqa: S308 - a constant of ours
        if frame is None:
            return HttpResponse(furnish(body), status=status)
        cache.set(key, frame, KEPT_SECONDS)
    return HttpResponse(frame.around(body, get_token(request)), status=status)


def _cut(page: str) -> Frame | None:
    """Cut a page at the two gaps; ``None`` when it does not look as expected."""
    head, gap, rest = page.partition(_GAP)
    tokens = list(_TOKEN.finditer(head))
    if not gap or len(tokens) != 1 or _TOKEN.search(rest) or "csrfmiddlewaretoken" in head + rest:
        return None
    [token] = tokens
    return Frame(
        until_token=head[: token.start()],
        until_body=head[token.end() :],
        rest=rest,
    )


def _key(request: PersonRequest) -> str:
    """Return all that the furniture depends on: the page, the person, and how they like it."""
    person = request.user
    profile = getattr(person, "wagtail_userprofile", None)
    depends_on = (
        request.path,
        request.build_absolute_uri("/"),
        person.pk,
        str(person),
        memberships_of(person),
        waiting_count(person),
        profile and model_to_dict(profile),
        request.COOKIES.get("wagtail_sidebar_collapsed", ""),
        settings.STATIC_URL,
    )
    return "review.frame." + sha256(repr(depends_on).encode()).hexdigest()
