"""The seal in the admin, beside the record."""

from django.urls import URLPattern, URLResolver, include, path
from wagtail import hooks

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
