"""What was erased, and whose details could be."""

from typing import ClassVar

from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import get_object_or_404

from portal.erasure.models import Erasure
from portal.erasure.permissions import user_can_erase
from portal.erasure.views.screens import ErasureScreen
from portal.people.models import User
from portal.people.requests import PersonRequest
from portal.record.models import Event
from portal.record.queries import events_about
from portal.record.verbs import Verb

_ON_A_PAGE = 50
_OFFERED = 100


class ErasuresView(ErasureScreen):
    """All erasures, newest first, and the accounts that are switched off."""

    template_name = "erasure/erasures.html"
    page_title = "Erased details"
    above: ClassVar[list[tuple[str, str]]] = []

    def get(self, request: PersonRequest) -> HttpResponse:
        """Show them."""
        pages = Paginator(Erasure.objects.select_related("asked_by"), _ON_A_PAGE)
        may_erase = user_can_erase(request.user)
        leavers = _leavers()[:_OFFERED] if may_erase else []
        return self.show(
            page=pages.get_page(request.GET.get("p")),
            may_erase=may_erase,
            leavers=leavers,
            verb=Verb.DETAILS_ERASED.value,
        )


class ErasureView(ErasureScreen):
    """One erasure: how far it is, and the events that say what it took away."""

    template_name = "erasure/erasure.html"
    page_title = "Erasure"

    def get(self, request: PersonRequest, public_id: str) -> HttpResponse:
        """Show it; 404 when there is none."""
        erasure = get_object_or_404(Erasure.objects.select_related("asked_by"), public_id=public_id)
        return self.show(erasure=erasure, steps=list(_steps(erasure)[:_OFFERED]))


def _leavers() -> QuerySet[User]:
    return User.objects.filter(is_active=False, erased_at__isnull=True)


def _steps(erasure: Erasure) -> QuerySet[Event]:
    about = events_about(erasure.kind, erasure.ref).filter(verb=Verb.DETAILS_ERASED)
    return about.order_by("seq")
