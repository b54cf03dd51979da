"""Team meetings: who was there when a policy was read together, with the signed sheet."""

from django.apps import AppConfig


class MeetingsConfig(AppConfig):
    """The room of the meetings."""

    name = "evidence_review.meetings"
    label = "meetings"
