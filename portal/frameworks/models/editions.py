"""Frameworks, their dated editions, and the parts an edition is made of."""

from django.conf import settings
from django.db import models

from portal.frameworks.states import Source
from portal.record.objects import ObjectRef


class Framework(models.Model):
    """A body of questions somebody outside asks, such as the DSPT."""

    code = models.CharField(max_length=40, unique=True)
    name = models.CharField(max_length=200)

    class Meta:
        ordering = ("code",)

    def __str__(self) -> str:
        return self.name


class Edition(models.Model):
    """One dated version of a framework. Its content comes from a catalogue file, never from a form.

    ``levels`` is a list of ``{code, name, total, once_only, action_plan, certificate}`` in rising
    order (``total`` is the published count of requirements, or null); ``sections`` is a list of
    ``{name, groups}`` in the order of the questions.
    """

    framework = models.ForeignKey(Framework, on_delete=models.PROTECT, related_name="editions")
    code = models.CharField(max_length=40, unique=True)
    name = models.CharField(max_length=200)
    starts = models.DateField(null=True, blank=True)
    ends = models.DateField(null=True, blank=True)
    in_use = models.BooleanField(default=True)
    note = models.TextField(blank=True)
    levels = models.JSONField(default=list, blank=True)
    sections = models.JSONField(default=list, blank=True)
    position = models.PositiveIntegerField(default=0)
    checked_at = models.DateTimeField(null=True, blank=True)
    checked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )

    class Meta:
        ordering = ("position", "code")
        constraints = (
            models.CheckConstraint(
                condition=models.Q(checked_at__isnull=True, checked_by__isnull=True)
                | models.Q(checked_at__isnull=False, checked_by__isnull=False),
                name="edition_checked_when_and_by_whom",
            ),
        )

    def __str__(self) -> str:
        return self.name

    @property
    def record_ref(self) -> ObjectRef:
        """This edition as the object of an event."""
        return ObjectRef("edition", self.code)

    @property
    def is_checked(self) -> bool:
        """Whether somebody has compared this edition with the official wording."""
        return self.checked_at is not None


class Standard(models.Model):
    """One of an edition's standards: for the DSPT, the ten of the National Data Guardian."""

    edition = models.ForeignKey(Edition, on_delete=models.PROTECT, related_name="standards")
    number = models.PositiveSmallIntegerField()
    name = models.CharField(max_length=200)

    class Meta:
        ordering = ("edition", "number")
        constraints = (
            models.UniqueConstraint(fields=("edition", "number"), name="standard_number_once"),
        )

    def __str__(self) -> str:
        return f"{self.number}. {self.name}"


class Assertion(models.Model):
    """A statement under a standard that several requirements together support."""

    edition = models.ForeignKey(Edition, on_delete=models.PROTECT, related_name="assertions")
    standard = models.ForeignKey(Standard, on_delete=models.PROTECT, related_name="assertions")
    ref = models.CharField(max_length=20)
    title = models.CharField(max_length=200)
    confidence = models.CharField(max_length=10, choices=Source, default=Source.SOURCE)
    position = models.PositiveIntegerField(default=0)

    class Meta:
        ordering = ("edition", "position")
        constraints = (
            models.UniqueConstraint(fields=("edition", "ref"), name="assertion_ref_once"),
        )

    def __str__(self) -> str:
        return f"{self.ref} {self.title}"


class EvidenceCategory(models.Model):
    """A kind of evidence an edition asks for, such as CQC's "feedback from staff and leaders"."""

    edition = models.ForeignKey(Edition, on_delete=models.PROTECT, related_name="categories")
    code = models.SlugField(max_length=40)
    name = models.CharField(max_length=200)
    explanation = models.TextField(blank=True)
    position = models.PositiveIntegerField(default=0)

    class Meta:
        ordering = ("edition", "position")
        verbose_name_plural = "evidence categories"
        constraints = (
            models.UniqueConstraint(fields=("edition", "code"), name="evidence_category_once"),
        )

    def __str__(self) -> str:
        return self.name
