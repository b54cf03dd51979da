"""An inspection pack: what was asked for, what was settled, and the file that was made of it."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from evidence_review.evidence.states import Look
from evidence_review.inspection.models import InspectorAccess
from evidence_review.packs.states import PackState, look
from portal.people.models import new_public_id
from portal.record.actors import Actor, SystemActor
from portal.record.objects import ObjectRef
from portal.sealing.models import Seal

PACKER = SystemActor("packer", "Inspection packs")
_FINISHED = ("ready", "removed")


class Pack(models.Model):
    """One pack. What was asked for and what was settled never change; the file comes and goes.

    ``scope`` is what was asked for, in the form that ``scopes.frozen`` gives it. ``as_at_size``
    and ``as_at_time`` say at which moment of the record its contents were settled;
    ``manifest_sha256`` and ``event_seq`` bind them to the record; ``seal`` is the checkpoint that
    all its proofs lead to, and ``earlier`` the sizes of the checkpoints of packs before it.
    """

    public_id = models.CharField(max_length=22, unique=True, default=new_public_id, editable=False)
    scope = models.JSONField()
    with_files = models.BooleanField(default=True)
    access = models.ForeignKey(
        InspectorAccess, on_delete=models.PROTECT, null=True, blank=True, related_name="packs"
    )
    requested_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="packs_requested",
        help_text="Empty: the inspector asked for it.",
    )
    requested_at = models.DateTimeField(default=timezone.now)
    state = models.CharField(max_length=20, choices=PackState, default=PackState.REQUESTED)
    state_since = models.DateTimeField(default=timezone.now)

    as_at_size = models.BigIntegerField(null=True)
    as_at_time = models.DateTimeField(null=True)
    pieces = models.PositiveIntegerField(null=True, help_text="How many pieces of evidence.")
    manifest_sha256 = models.CharField(max_length=64, blank=True, default="")
    event_seq = models.BigIntegerField(null=True)
    seal = models.ForeignKey(Seal, on_delete=models.PROTECT, null=True, related_name="+")
    earlier = models.JSONField(default=list)

    bytes_done = models.BigIntegerField(default=0)
    bytes_total = models.BigIntegerField(default=0)
    sha256 = models.CharField(max_length=64, blank=True, default="")
    size = models.BigIntegerField(null=True, help_text="Bytes of the ZIP.")
    ready_at = models.DateTimeField(null=True)
    file_removed_at = models.DateTimeField(null=True)
    problem = models.CharField(max_length=500, blank=True, default="")
    is_alarm = models.BooleanField(default=False, help_text="Stored bytes are not as approved.")

    claim = models.CharField(max_length=30, blank=True, default="")
    holder = models.CharField(max_length=150, blank=True, default="")
    claimed_until = models.DateTimeField(null=True)
    attempts = models.PositiveSmallIntegerField(default=0)

    class Meta:
        """Newest first."""

        verbose_name = "inspection pack"
        verbose_name_plural = "inspection packs"
        ordering = ("-requested_at", "-pk")
        indexes = (models.Index(fields=("state", "state_since"), name="pack_state_since"),)
        constraints = (
            models.CheckConstraint(
                condition=Q(state__in=PackState.values), name="pack_state_is_known"
            ),
            models.CheckConstraint(
                condition=Q(requested_by__isnull=False) | Q(access__isnull=False),
                name="pack_was_asked_for_by_somebody",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=_FINISHED)
                | (
                    Q(seal__isnull=False, size__gt=0, ready_at__isnull=False)
                    & ~Q(sha256="")
                    & ~Q(manifest_sha256="")
                ),
                name="pack_ready_is_sealed_and_hashed",
            ),
            models.CheckConstraint(
                condition=(Q(manifest_sha256="") & Q(event_seq__isnull=True))
                | (Q(event_seq__gt=F("as_at_size")) & ~Q(manifest_sha256="")),
                name="pack_settled_after_its_moment",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=("sealing", "packing")) | ~Q(manifest_sha256=""),
                name="pack_packed_only_when_settled",
            ),
        )

    def __str__(self) -> str:
        return f"Inspection pack of {timezone.localtime(self.requested_at):%d %B %Y, %H:%M}"

    @property
    def record_ref(self) -> ObjectRef:
        """This pack as the object of an event."""
        return ObjectRef("pack", self.public_id)

    @property
    def asker(self) -> Actor:
        """The person or the inspector who asked for it."""
        who = self.requested_by or self.access
        if who is None:
            raise ValueError("the database lets no pack be asked for by nobody")
        return who

    @property
    def look(self) -> Look:
        """How the state is drawn."""
        return look(self.state)

    @property
    def is_settled(self) -> bool:
        """Whether its contents are bound to the record."""
        return bool(self.manifest_sha256)

    @property
    def file_name(self) -> str:
        """What the file is called by those who download it."""
        day = timezone.localtime(self.as_at_time or self.requested_at)
        return f"Inspection pack {day:%Y-%m-%d %H%M}.zip"

    @property
    def stored_name(self) -> str:
        """Where the file lies in the storage."""
        return f"{self.public_id}.zip"
