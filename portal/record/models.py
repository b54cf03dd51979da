"""The sealed record: events, the erasable detail beside them, and the head of the tree."""

import json
from datetime import datetime
from typing import Any

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.formats import date_format

from portal.record.objects import ObjectRef
from portal.record.verbs import Verb


class Event(models.Model):
    """One thing that happened. Only ever added: the database refuses to change or delete it.

    ``body`` is the truth, the exact canonical bytes that were hashed; the other columns repeat
    parts of it for finding and listing. Only ``portal.record.record`` writes rows.
    """

    seq = models.BigIntegerField("number", primary_key=True)
    """Counts from 1 without gaps; the event is leaf ``seq - 1`` of the tree."""
    body = models.BinaryField()
    leaf_hash = models.BinaryField(max_length=32)
    at = models.DateTimeField("when")
    verb = models.CharField("what happened", max_length=81)
    actor_ref = models.CharField("who", max_length=100)
    object_kind = models.CharField("kind of thing", max_length=40)
    object_ref = models.CharField("thing", max_length=100)
    object_version = models.PositiveIntegerField("version", default=0)
    sha256 = models.CharField("SHA-256", max_length=64, blank=True, default="")
    before = models.CharField(max_length=100, blank=True, default="")
    after = models.CharField(max_length=100, blank=True, default="")

    class Meta:
        verbose_name = "event"
        verbose_name_plural = "events"
        default_permissions = ("view",)
        ordering = ("-seq",)
        indexes = (
            models.Index(fields=["object_kind", "object_ref", "seq"], name="record_event_thing"),
            models.Index(fields=["actor_ref", "seq"], name="record_event_actor"),
            models.Index(fields=["verb", "seq"], name="record_event_verb"),
            models.Index(fields=["at"], name="record_event_at"),
        )
        constraints = (
            models.CheckConstraint(condition=Q(seq__gte=1), name="record_event_seq_from_1"),
        )

    def __str__(self) -> str:
        """Return the number and the verb."""
        return f"{self.seq} {self.verb}"

    @property
    def verb_label(self) -> str:
        """What people read for the verb; the verb itself if a later release wrote it."""
        return Verb(self.verb).label if self.verb in Verb.values else self.verb

    @property
    def object(self) -> ObjectRef:
        """What the event is about."""
        return ObjectRef(self.object_kind, self.object_ref, self.object_version)

    @property
    def data(self) -> dict[str, Any]:
        """The sealed bytes, read: see ``portal.record.record.event_body`` for the keys."""
        data: dict[str, Any] = json.loads(bytes(self.body))
        return data

    @property
    def facts(self) -> dict[str, str | int]:
        """The pseudonymous facts that were sealed with the event."""
        facts: dict[str, str | int] = self.data["facts"]
        return facts

    @property
    def detail_data(self) -> dict[str, Any]:
        """Names, titles and free text of the event; empty once erased.

        Costs a query unless the queryset used ``select_related("detail")``.
        """
        detail = getattr(self, "detail", None)
        data: dict[str, Any] = json.loads(detail.text) if detail and detail.text else {}
        return data

    @property
    def actor_label(self) -> str:
        """The actor's name as it was then; once erased, when that was done, or the reference."""
        return str(self.detail_data.get("actor") or self.erased_words or self.actor_ref)

    @property
    def erased_at(self) -> datetime | None:
        """When the detail was erased, or nothing while it is kept.

        Costs a query unless the queryset used ``select_related("erased__erasure")``.
        """
        erased = getattr(self, "erased", None)
        return erased.erasure.at if erased else None

    @property
    def erased_words(self) -> str:
        """What stands in place of names that were erased; nothing while they are kept."""
        at = self.erased_at
        return f"Details erased on {date_format(timezone.localtime(at), 'j F Y')}" if at else ""


class EventDetail(models.Model):
    """The part of an event that may hold personal data, and so may be erased.

    The event's bytes hold SHA-256(salt || text), so erasing this row leaves the record provable,
    and without the salt the text cannot be guessed from the hash.
    """

    event = models.OneToOneField(
        Event, on_delete=models.PROTECT, primary_key=True, related_name="detail"
    )
    salt = models.BinaryField(max_length=32)
    text = models.TextField()

    class Meta:
        verbose_name = "detail of an event"
        verbose_name_plural = "details of events"
        default_permissions = ()

    def __str__(self) -> str:
        """Return the number of the event."""
        return f"detail of event {self.event_id}"


class ErasedDetail(models.Model):
    """That the detail of an event was erased, and by which erasure. Only ever added.

    The event ``erasure`` is sealed and holds, as its fact ``events``, the SHA-256 of the numbers of
    all the events whose details it took away: so these rows cannot be added to or taken from.
    """

    event = models.OneToOneField(
        Event, on_delete=models.PROTECT, primary_key=True, related_name="erased"
    )
    erasure = models.ForeignKey(Event, on_delete=models.PROTECT, related_name="erased_details")

    class Meta:
        verbose_name = "erased detail"
        verbose_name_plural = "erased details"
        default_permissions = ()

    def __str__(self) -> str:
        """Return both numbers."""
        return f"detail of event {self.event_id}, erased by event {self.erasure_id}"


class CheckRun(models.Model):
    """One look at everything that must always be true, while it is under way.

    The checks are done one by one, each by a job of its own; what they found waits in ``found``
    until the last is done and a ``RecordCheck`` is written.
    """

    asked_by = models.CharField(max_length=100)
    """Who asked for it, as the record names them; ``system:scheduler`` every night."""
    asked_by_label = models.CharField(max_length=300, blank=True)
    begun_at = models.DateTimeField(default=timezone.now)
    moved_at = models.DateTimeField(default=timezone.now)
    names = models.JSONField(default=list)
    """The checks to be done, in order."""
    found = models.JSONField(default=list)
    """What each check so far has found, as ``portal.record.checking.Outcome`` writes it."""

    class Meta:
        verbose_name = "check under way"
        verbose_name_plural = "checks under way"
        default_permissions = ()

    def __str__(self) -> str:
        """Return how far it is."""
        return f"check of {self.begun_at:%d %B %Y, %H:%M}: {len(self.found)} of {len(self.names)}"


class RecordCheck(models.Model):
    """What one look at everything that must always be true has found. Only ever added."""

    event = models.OneToOneField(Event, on_delete=models.PROTECT, related_name="check_result")
    """The event ``record.checked``: it says who asked, when it ended and how many differences."""
    started_at = models.DateTimeField("started")
    ended_at = models.DateTimeField("ended")
    is_ok = models.BooleanField("all well")
    counts = models.JSONField(default=list)
    """For each check: name, what it is about, differences, and the seconds it took."""
    difference_count = models.PositiveIntegerField("differences", default=0)
    differences = models.JSONField(default=list)
    """``[name, sentence]`` for the first differences of each check."""

    class Meta:
        verbose_name = "check of the record"
        verbose_name_plural = "checks of the record"
        default_permissions = ()
        ordering = ("-pk",)

    def __str__(self) -> str:
        """Return the moment and the result."""
        return f"check of {self.started_at:%d %B %Y, %H:%M}: {self.difference_count} differences"


class LogHead(models.Model):
    """The one row every writer locks: how long the record is, its tree, and its last moment."""

    id = models.PositiveSmallIntegerField(primary_key=True, default=1)
    size = models.BigIntegerField(default=0)
    compact_range = models.BinaryField(default=b"")
    """Hashes of the full subtrees from left to right, 32 bytes each: enough to grow the tree."""
    last_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = "head of the record"
        verbose_name_plural = "heads of the record"
        default_permissions = ()
        constraints = (
            models.CheckConstraint(condition=Q(id=1), name="record_loghead_only_one"),
            models.CheckConstraint(condition=Q(size__gte=0), name="record_loghead_size"),
        )

    def __str__(self) -> str:
        """Return the length of the record."""
        return f"head at {self.size}"
