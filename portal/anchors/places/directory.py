"""Every place outside, and one by its name."""

from pathlib import Path

from django.conf import settings

from portal.anchors.places.bucket import bucket_place
from portal.anchors.places.folder import folder_place
from portal.anchors.places.mail import mail_place
from portal.anchors.places.place import Place
from portal.anchors.places.timestamp import timestamp_place
from portal.anchors.queries import recipients


def places() -> list[Place]:
    """Return every place that takes checkpoints today: people first, then what settings name."""
    return [*(mail_place(person) for person in recipients()), *places_set_up()]


def places_set_up() -> list[Place]:
    """Return the places that whoever runs the server has set up."""
    found = []
    if settings.ANCHOR_FOLDER:
        found.append(folder_place(Path(settings.ANCHOR_FOLDER)))
    if settings.ANCHOR_BUCKET:
        found.append(bucket_place(settings.ANCHOR_BUCKET))
    if settings.TIMESTAMP_URL:
        found.append(timestamp_place(settings.TIMESTAMP_URL))
    return found


def place_called(kind: str, where: str) -> Place | None:
    """Return a place by its kind and name; ``None`` when it takes no checkpoints any more."""
    for place in places():
        if (place.kind, place.where) == (kind, where):
            return place
    return None
