"""The sealed record: events, the erasable detail beside them, and the head of the tree."""

import json
from typing import Any

from django.db import models
from django.db.models import Q

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
        """The actor's name as it was then, or the bare reference once erased."""
        return str(self.detail_data.get("actor") or self.actor_ref)


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
