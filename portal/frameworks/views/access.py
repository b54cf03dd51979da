"""The door before every screen of the catalogue."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.views import View

from portal.frameworks.permissions import user_can_see_catalogue
from portal.people.answers import Denied
from portal.people.requests import PersonRequest


class CatalogueReadersOnly(View):
    """Lets only those in who work with the catalogue."""

    request: PersonRequest

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Answer the request, or raise ``PermissionDenied`` with the reason."""
        answer = user_can_see_catalogue(self.request.user)
        if isinstance(answer, Denied):
            raise PermissionDenied(answer.reason)
        return super().dispatch(request, *args, **kwargs)
