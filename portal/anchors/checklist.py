"""The line about copies outside in the list of what a new portal needs."""

from django.urls import reverse

from portal.anchors.places.directory import places
from portal.health.steps import Step


def checklist_step() -> Step:
    """Return the step: done as soon as some place outside is sent the seal."""
    return Step(
        "Send the record's seal to somebody outside",
        "A trustee, an accountant, another manager: once a day they are mailed a few lines to "
        "keep. With them anybody can see later whether the record was changed.",
        any(place.is_outside for place in places()),
        "Name somebody outside",
        reverse("anchors:name"),
    )
