"""How requirements point at each other, across editions and across frameworks."""

from django.db import models

from portal.frameworks.models.requirements import Requirement


class ReferenceMap(models.Model):
    """What an older edition's reference is called in a newer one.

    References are renumbered between editions, so answers are carried over by this map and never
    because two references look the same. The older edition need not be loaded, so it is a code.
    """

    from_edition = models.CharField(max_length=40)
    from_ref = models.CharField(max_length=20)
    to_requirement = models.ForeignKey(
        Requirement, on_delete=models.PROTECT, related_name="came_from"
    )
    reworded = models.BooleanField(default=False)

    class Meta:
        ordering = ("from_edition", "to_requirement")
        constraints = (
            models.UniqueConstraint(
                fields=("from_edition", "from_ref", "to_requirement"), name="reference_mapped_once"
            ),
        )

    def __str__(self) -> str:
        return f"{self.from_edition}:{self.from_ref} became {self.to_requirement}"


class Crosswalk(models.Model):
    """A requirement of one framework that also speaks to a requirement of another, and why."""

    source = models.ForeignKey(Requirement, on_delete=models.PROTECT, related_name="speaks_to")
    target = models.ForeignKey(Requirement, on_delete=models.PROTECT, related_name="supported_by")
    note = models.TextField(blank=True)

    class Meta:
        ordering = ("source", "target")
        constraints = (
            models.UniqueConstraint(fields=("source", "target"), name="crosswalk_once"),
            models.CheckConstraint(
                condition=~models.Q(source=models.F("target")), name="crosswalk_not_to_itself"
            ),
        )

    def __str__(self) -> str:
        return f"{self.source} supports {self.target}"
