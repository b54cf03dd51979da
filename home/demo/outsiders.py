"""Somebody outside the demo provider who is sent its seal."""

from home.demo.people import Cast
from portal.anchors.actions.name_recipient import RecipientDetails, name_recipient


def name_outsider(cast: Cast) -> None:
    """Have the seal sent to a trustee."""
    details = RecipientDetails(
        name="Ada Finch (demo), trustee", email="ada.finch@trust.example", is_outside=True
    )
    name_recipient(details, actor=cast["ig_lead"])
