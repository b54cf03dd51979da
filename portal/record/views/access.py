"""The door before every screen of the record."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.views import View

from portal.record.permissions import user_can_view_record


class RecordReadersOnly(View):
    """Lets only those in who may read the record."""

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Answer the request, or raise ``PermissionDenied`` with the reason."""
        answer = user_can_view_record(request.user)
        if not answer:
            raise PermissionDenied(answer.reason)
        return super().dispatch(request, *args, **kwargs)
