"""How the seal stands, the newest checkpoint, and the proof of one event, in the admin."""

from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.module_loading import import_string
from django.views import View
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

from portal.record.models import Event
from portal.record.views.access import RecordReadersOnly
from portal.sealing.queries import keys_in_order, newest_seal, proof_of
from portal.sealing.standing import SealState, seal_standing


class SealView(RecordReadersOnly, WagtailAdminTemplateMixin, View):
    """The seal in words, with what an outsider needs to check it."""

    template_name = "sealing/seal.html"
    header_icon = "lock"
    page_title = "Seal of the record"

    def get(self, request: HttpRequest) -> HttpResponse:
        """Show how the seal stands."""
        response: HttpResponse = self.render_to_response(self.get_context_data())
        return response

    def get_breadcrumbs_items(self) -> list[dict[str, str]]:
        """Return the way back to the record."""
        return [
            *super().get_breadcrumbs_items(),
            {"url": reverse("record:index"), "label": "Record"},
            {"url": "", "label": self.page_title},
        ]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add the standing, the newest seal and the keys."""
        context: dict[str, Any] = super().get_context_data(**kwargs)
        standing = seal_standing()
        return context | {
            "standing": standing,
            "seal": newest_seal(),
            "keys": keys_in_order(),
            "beside_the_data": settings.SEALER_BESIDE_DATA,
            "well": standing.state is SealState.SEALED,
        }


class CheckpointView(RecordReadersOnly):
    """The newest checkpoint as a file, to be kept outside the portal."""

    def get(self, request: HttpRequest) -> HttpResponse:
        """Give the file; 404 while nothing is sealed."""
        seal = newest_seal()
        if seal is None:
            raise Http404("Nothing is sealed yet. Look again in a few minutes.")
        for follower in settings.CHECKPOINT_FOLLOWERS:
            import_string(follower)(seal, actor=request.user)
        return _file(seal.note, f"checkpoint-{seal.size}.txt")


class ProofView(RecordReadersOnly):
    """The proof of one event as a file that other tools read."""

    def get(self, request: HttpRequest, seq: int) -> HttpResponse:
        """Give the file; 404 when there is no such event or no seal covers it yet."""
        proof = proof_of(get_object_or_404(Event, pk=seq))
        if proof is None:
            raise Http404("This event is not sealed yet. Look again in five minutes.")
        return _file(str(proof), f"event-{seq}.tlog-proof")


def _file(content: str, name: str) -> HttpResponse:
    response = HttpResponse(content, content_type="text/plain; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response
