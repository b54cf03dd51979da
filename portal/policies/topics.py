"""What policies are about, in the order of the policies page."""

from django.db.models import TextChoices


class Topic(TextChoices):
    """The shelf a policy stands on."""

    DATA_PROTECTION = "data_protection", "Data protection and privacy"
    SECURITY = "security", "Keeping information safe"
    RECORDS = "records", "Records and how long we keep them"
    DEVICES = "devices", "Phones, computers and passwords"
    INCIDENTS = "incidents", "When something goes wrong"
    CARE = "care", "Care and safety"
    WORKING_HERE = "working_here", "Working here"
    OTHER = "other", "Other policies"
