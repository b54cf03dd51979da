"""Where copies of the seal go: people, other places, what went wrong, and the newest copies."""

from dataclasses import dataclass

from django.conf import settings
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.module_loading import import_string

from portal.anchors.consistency import NoProof, consistency_file
from portal.anchors.forms import SizeForm
from portal.anchors.health import anchors
from portal.anchors.models import Anchor, AnchorKind
from portal.anchors.permissions import user_can_name_recipients
from portal.anchors.places.directory import places, places_set_up
from portal.anchors.queries import ended_recipients, last_anchors, open_problems, recipients
from portal.anchors.views.screen import AnchorsScreen
from portal.health.findings import State
from portal.people.models import User
from portal.people.requests import PersonRequest
from portal.record.views.access import RecordReadersOnly
from portal.sealing.queries import newest_seal

_SHOWN = 20


@dataclass(frozen=True)
class Standing:
    """One place on the screen: what is called how, its newest copy and what is wrong with it."""

    place: object
    newest: Anchor | None
    problem: str


class CopiesView(AnchorsScreen):
    """The whole of it on one screen."""

    template_name = "anchors/admin/copies.html"
    page_title = "Copies outside"

    def way_back(self) -> list[dict[str, str]]:
        """Return nothing more: this is the first page about copies."""
        return []

    def get(self, request: PersonRequest) -> HttpResponse:
        """Show it; with a number of events, answer with the proof from there to now."""
        form = SizeForm(request.GET if "size" in request.GET else None)
        if form.is_valid():
            try:
                text, newest = consistency_file(form.cleaned_data["size"])
            except NoProof as refused:
                form.add_error("size", refused.reason)
            else:
                return _attached(
                    text.encode(),
                    f"consistency-{form.cleaned_data['size']}-{newest.size}.json",
                    "application/json",
                )
        return self._screen(form)

    def _screen(self, form: SizeForm) -> HttpResponse:
        newest = last_anchors()
        problems = {(each.kind, each.where): each.sentence for each in open_problems()}

        def standing(place: object, kind: str, where: str) -> Standing:
            return Standing(place, newest.get((kind, where)), problems.get((kind, where), ""))

        finding = anchors()
        people = [standing(each, AnchorKind.MAIL, each.public_id) for each in recipients()]
        others = [standing(each, each.kind, each.where) for each in places_set_up()]
        return self.show(
            status=404 if form.errors else 200,
            form=form,
            finding=finding,
            is_well=finding.state is State.OK and not finding.advice,
            seal=newest_seal(),
            people=people,
            others=others,
            ended=list(ended_recipients()[:_SHOWN]),
            may_erase=_may_erase(self.request.user),
            kept=list(Anchor.objects.select_related("seal")[:_SHOWN]),
            has_outside=any(place.is_outside for place in places()),
            may_name=bool(user_can_name_recipients(self.request.user)),
        )


def _may_erase(person: User) -> bool:
    """Ask the room above whether the person may erase details, as the record does."""
    return bool(import_string(settings.MAY_ERASE)(person))


class ReceiptView(RecordReadersOnly):
    """What a timestamp server answered, as a file that other tools read."""

    def get(self, request: PersonRequest, pk: int) -> HttpResponse:
        """Give the file."""
        anchor = get_object_or_404(Anchor.objects.select_related("seal"), pk=pk)
        if not anchor.receipt:
            raise Http404("There is no receipt of this copy.")
        name = f"checkpoint-{anchor.seal.size}.tsr"
        return _attached(bytes(anchor.receipt), name, "application/timestamp-reply")


def _attached(content: bytes, name: str, media_type: str) -> HttpResponse:
    response = HttpResponse(content, content_type=media_type)
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    response["Cache-Control"] = "no-store"
    return response
