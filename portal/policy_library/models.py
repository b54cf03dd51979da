"""Which starter became which policy, kept for good."""

from django.conf import settings
from django.db import models


class Adoption(models.Model):
    """A starter that was made into a draft. Rows are only ever added; the database sees to it.

    ``text`` is the filled text as it was adopted, a list of blocks as Wagtail keeps them;
    ``facts`` what was put in, by the code of the fact. A draft that nobody published may be thrown
    away: then ``page`` names a page that is no longer there.
    """

    page = models.ForeignKey(
        "policies.PolicyPage",
        on_delete=models.DO_NOTHING,
        db_constraint=False,
        related_name="adoptions",
    )
    starter = models.CharField(max_length=40, db_index=True)
    starter_version = models.PositiveIntegerField()
    text = models.JSONField()
    facts = models.JSONField(default=dict)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        """Oldest first."""

        ordering = ("pk",)

    def __str__(self) -> str:
        return f"{self.starter}, version {self.starter_version}"


class TakenOver(models.Model):
    """Somebody put what is new in a starter into an adopted policy, by hand. Append-only."""

    adoption = models.ForeignKey(Adoption, on_delete=models.PROTECT, related_name="taken_over")
    starter_version = models.PositiveIntegerField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        """Oldest first; each version once."""

        ordering = ("pk",)
        constraints = (
            models.UniqueConstraint(
                fields=("adoption", "starter_version"), name="starter_version_taken_over_once"
            ),
        )

    def __str__(self) -> str:
        return f"{self.adoption.starter}, version {self.starter_version} taken over"
