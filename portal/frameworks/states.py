"""Kinds of answer, and how sure the catalogue is of what it says."""

from django.db.models import TextChoices


class AnswerKind(TextChoices):
    """The form in which a requirement is answered."""

    YES_NO = "yes_no", "A tick"
    TEXT = "text", "A written answer"
    DOCUMENT_OR_TEXT = "document_or_text", "A document, or where it is kept"
    CLAIM = "claim", "A claim with evidence"


class Source(TextChoices):
    """Where a fact of the catalogue comes from."""

    SOURCE = "source", "Seen in a public source"
    MEMORY = "memory", "From memory"


class Sureness(TextChoices):
    """How sure we are of a reference or a level until somebody checks it against the toolkit."""

    HIGH = "high", "High"
    MEDIUM = "medium", "Medium"
    LOW = "low", "Low"
