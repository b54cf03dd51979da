"""The shape of what people tell of a meeting."""

from evidence_review.evidence.forms import NewVersionForm
from portal.chrome.dates import DateField3


class MeetingForm(NewVersionForm):
    """The day, and one file with the signatures. Who was there is ticked beside it."""

    held_on = DateField3(
        label="Day of the meeting",
        help_text="For example, 20 11 2026.",
        name_in_error="The day of the meeting",
    )
    change_note = None  # type: ignore[assignment]  # takes the field of a new version away

    field_order = ("held_on",)

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        self.fields["files"].label = "Choose a photo or scan of the signed sheet"
        self.fields["photo"].label = "Or take a photo of it"
