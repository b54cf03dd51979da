"""What an edition asks for, one item at a time."""

from django.db import models

from portal.frameworks.models.editions import Assertion, Edition
from portal.frameworks.states import AnswerKind, Source, Sureness
from portal.record.objects import ObjectRef


class Requirement(models.Model):
    """One item to show: a DSPT evidence item such as 1.3.1, a CQC quality statement, a KLOE.

    Never deleted: a corrected catalogue retires it, because evidence and the record name it.
    ``good_evidence`` is a list of sentences; ``levels`` a list of the edition's level codes that
    need this item; ``reworded`` says in words what the last change of meaning was, if any.
    """

    edition = models.ForeignKey(Edition, on_delete=models.PROTECT, related_name="requirements")
    assertion = models.ForeignKey(
        Assertion, on_delete=models.PROTECT, null=True, blank=True, related_name="requirements"
    )
    ref = models.CharField("reference", max_length=20)
    title = models.CharField(max_length=120)
    question_plain = models.TextField("plain question")
    why_it_matters = models.TextField()
    good_evidence = models.JSONField("what good evidence looks like", default=list)
    answer_kind = models.CharField("kind of answer", max_length=20, choices=AnswerKind)
    levels = models.JSONField(default=list, blank=True)
    mandatory = models.BooleanField(default=False)
    section = models.CharField(max_length=80)
    group = models.CharField(max_length=80, blank=True)
    condition = models.TextField(blank=True)
    na_allowed = models.BooleanField('"not applicable" allowed', default=False)
    freshness_months = models.PositiveSmallIntegerField(null=True, blank=True)
    confidence = models.CharField(max_length=10, choices=Source, default=Source.SOURCE)
    ref_confidence = models.CharField(max_length=10, choices=Sureness, default=Sureness.HIGH)
    level_confidence = models.CharField(max_length=10, choices=Sureness, default=Sureness.HIGH)
    confidence_note = models.TextField(blank=True)
    reworded = models.TextField(blank=True)
    is_retired = models.BooleanField(default=False)
    position = models.PositiveIntegerField(default=0)

    class Meta:
        ordering = ("edition__position", "position")
        constraints = (
            models.UniqueConstraint(fields=("edition", "ref"), name="requirement_ref_once"),
        )

    def __str__(self) -> str:
        return f"{self.ref} {self.title}"

    @property
    def code(self) -> str:
        """The stable name used in the API and the record, such as ``dspt-v8:1.3.1``."""
        return f"{self.edition.code}:{self.ref}"

    @property
    def record_ref(self) -> ObjectRef:
        """This requirement as the object of an event."""
        return ObjectRef("requirement", self.code)

    @property
    def is_doubtful(self) -> bool:
        """Whether the catalogue itself is unsure of the source, the reference or the level."""
        return (
            self.confidence != Source.SOURCE
            or self.ref_confidence != Sureness.HIGH
            or self.level_confidence != Sureness.HIGH
        )

    @property
    def needed_from(self) -> str:
        """The name of the lowest level that needs this item; empty when none does."""
        names = {level["code"]: level["name"] for level in self.edition.levels}
        return str(names[self.levels[0]]) if self.levels else ""

    @property
    def awaits_check(self) -> bool:
        """Whether the wording still has to be compared with the official one."""
        return not self.edition.is_checked
