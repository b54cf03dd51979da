"""What is looked through: one row for each policy in force and each piece of approved evidence.

None of it is part of the record and all of it can be made again (``manage.py rebuild_search``).
The indexes over these rows belong to the database itself and are made by the first migration:
on SQLite two FTS5 tables that triggers keep in step, on PostgreSQL two stored ``tsvector`` columns.
"""

from typing import Any, ClassVar

from django.conf import settings
from django.db import models
from django.db.models import QuerySet
from wagtail.search import index

from portal.people.models import Site

FULL_TEXT_TABLES = ("search_fulltext", "search_titles")
"""On SQLite."""


class Kind(models.TextChoices):
    """What was found."""

    POLICY = "policy", "Policy"
    EVIDENCE = "evidence", "Evidence"


class SearchAccess(models.Model):
    """A set of people, as the words of ``search.labels`` that let somebody see a document.

    There are few: documents of one site, or policies for the same people, share one.
    """

    digest = models.CharField(max_length=64, unique=True)
    labels = models.TextField()

    def __str__(self) -> str:
        return self.labels


class SearchDocument(index.Indexed, models.Model):
    """One policy or one piece of evidence, as people look for it.

    Younger documents have higher ids: a new version takes a new row. So the order of the ids, in
    which every index hands out what it finds, is that of the days on which things came into force.
    The long text is the last column, so that reading the others does not read it.
    """

    kind = models.CharField(max_length=10, choices=Kind)
    object_key = models.BigIntegerField(help_text="The primary key of the evidence or the page.")
    date = models.DateField(help_text="Approved, or in force, since this day.")
    category = models.CharField(max_length=60, help_text="Topic of a policy, type of evidence.")
    site = models.ForeignKey(Site, on_delete=models.PROTECT, null=True, related_name="+")
    access = models.ForeignKey(SearchAccess, on_delete=models.PROTECT, related_name="documents")
    labels = models.TextField(help_text="Who may see it and what it is filtered by; search.labels.")
    title = models.CharField(max_length=255)
    body = models.TextField(blank=True)

    search_fields: ClassVar[list[Any]] = [
        index.SearchField("title", boost=4),
        index.SearchField("body"),
        index.AutocompleteField("title"),
        index.FilterField("kind"),
        index.FilterField("category"),
        index.FilterField("site"),
        index.FilterField("access"),
        index.FilterField("date"),
    ]

    class Meta:
        """Each thing once."""

        constraints = (
            models.UniqueConstraint(fields=("kind", "object_key"), name="search_document_once"),
        )

    def __str__(self) -> str:
        return self.title

    @classmethod
    def get_indexed_objects(cls) -> "QuerySet[SearchDocument]":
        """Return what Wagtail's search is to hold: nothing, unless the search is handed to it."""
        held: QuerySet[SearchDocument] = super().get_indexed_objects()
        return held if _is_wagtails() else held.none()

    def get_indexed_instance(self) -> "SearchDocument | None":
        """Return this document if Wagtail's search is to know of it."""
        return self if _is_wagtails() else None


def _is_wagtails() -> bool:
    return bool(settings.SEARCH_ENGINE == "search.engines.wagtail")


class SearchWord(models.Model):
    """A word that stands in some document: lower case, without accents. Never taken away."""

    word = models.CharField(max_length=24, unique=True)

    def __str__(self) -> str:
        return self.word


class SearchMisspelling(models.Model):
    """A word of ours with one letter left out.

    Two words are one typing error apart only if leaving out at most one letter of each makes them
    equal, so looking up what is left of a mistyped word finds what was meant, by index alone.
    """

    left = models.CharField(max_length=24)
    word = models.ForeignKey(SearchWord, on_delete=models.CASCADE, related_name="misspellings")

    class Meta:
        """Found by what is left."""

        indexes = (models.Index(fields=("left", "word"), name="search_misspelling_left"),)

    def __str__(self) -> str:
        return f"{self.left}: {self.word}"
