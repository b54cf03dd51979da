"""How an assessment stood on each past day, for the line that shows where it is going."""

from django.db import models

from evidence_review.assessments.models.assessment import Assessment


class DailyStanding(models.Model):
    """One assessment on one day; append-only. Levels are codes of the edition, empty for none."""

    assessment = models.ForeignKey(
        Assessment, on_delete=models.PROTECT, related_name="daily_standings"
    )
    day = models.DateField()
    needed = models.PositiveSmallIntegerField()
    complete = models.PositiveSmallIntegerField()
    in_progress = models.PositiveSmallIntegerField()
    complete_on_deadline = models.PositiveSmallIntegerField()
    level = models.CharField(max_length=40, blank=True)
    level_on_deadline = models.CharField(max_length=40, blank=True)

    class Meta:
        ordering = ("assessment", "day")
        constraints = (
            # The day first: a page about many sites asks for few days of all of them.
            models.UniqueConstraint(fields=("day", "assessment"), name="one_standing_a_day"),
        )

    def __str__(self) -> str:
        return f"{self.assessment} on {self.day}"
