"""The seal in the admin, beside the record."""

from django.http import HttpRequest
from django.urls import URLPattern, URLResolver, include, path
from wagtail import hooks
from wagtail.admin.ui.components import Component

from portal.record.permissions import user_can_view_record
from portal.sealing.panels import SealPanel
from portal.sealing.standing import SealState, seal_standing
from portal.sealing.views.seal import CheckpointView, ProofView, SealView


@hooks.register("register_admin_urls")
def admin_urls() -> list[URLPattern | URLResolver]:
    """Put the seal at ``/admin/record/seal/`` and a proof beside each event."""
    patterns = [
        path("seal/", SealView.as_view(), name="seal"),
        path("seal/checkpoint/", CheckpointView.as_view(), name="checkpoint"),
        path("<int:seq>/proof/", ProofView.as_view(), name="proof"),
    ]
    return [path("record/", include((patterns, "sealing")))]


@hooks.register("construct_homepage_panels", order=1000)
def alarm_panel(request: HttpRequest, panels: list[Component]) -> None:
    """Say before anything else when the record is not sealed, to those who may read it."""
    if user_can_view_record(request.user):
        standing = seal_standing()
        if standing.state is not SealState.SEALED:
            panels.insert(0, SealPanel(standing))
