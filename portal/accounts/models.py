"""What somebody brought to be imported, kept between looking at it and saying yes to it."""

from datetime import timedelta

from django.conf import settings
from django.db import models

from portal.people.models import new_public_id
from portal.spreadsheets.sheet import Table

KEPT_FOR = timedelta(hours=1)


class KeptSheet(models.Model):
    """The rows of one spreadsheet, for an hour: until they are imported, discarded or too old.

    Only whoever uploaded it can see it. What is in it has not been imported: it may name people
    who never come to work here, so it is not kept longer than it takes to look at it.
    """

    class Kind(models.TextChoices):
        """What the rows are about."""

        SITES = "sites", "Sites"
        PEOPLE = "people", "People"

    public_id = models.CharField(max_length=22, unique=True, default=new_public_id, editable=False)
    kind = models.CharField(max_length=10, choices=Kind)
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="kept_sheets"
    )
    file_name = models.CharField(max_length=255)
    content = models.JSONField()
    kept_at = models.DateTimeField(auto_now_add=True, db_index=True)

    class Meta:
        ordering = ("-kept_at",)

    def __str__(self) -> str:
        return self.file_name

    @property
    def table(self) -> Table:
        """The rows as they were read."""
        return Table.from_json(self.content)
