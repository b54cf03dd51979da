"""Named selections of packs."""

from django.db.models import QuerySet

from evidence_review.inspection.models import InspectorAccess
from evidence_review.packs.models import Pack
from evidence_review.packs.permissions import user_can_open_pack
from evidence_review.packs.states import UNDER_WAY, PackState
from portal.people.models import User


def visible_packs(person: User) -> QuerySet[Pack]:
    """Return the packs the person may open, newest first. There are few, so each is asked about."""
    packs = Pack.objects.select_related("access", "requested_by", "seal")
    mine = [pack.pk for pack in Pack.objects.only("scope") if user_can_open_pack(person, pack)]
    return packs.filter(pk__in=mine)


def lock_pack(pk: int) -> Pack:
    """Lock a pack for an action and return it."""
    return Pack.objects.select_for_update(of=("self",)).get(pk=pk)


def newest_of_access(access: InspectorAccess) -> Pack | None:
    """Return the pack an inspector asked for last, wherever it stands."""
    return Pack.objects.filter(access=access).first()


def newest_ready_of_access(access: InspectorAccess) -> Pack | None:
    """Return the newest pack an inspector may download."""
    return Pack.objects.filter(access=access, state=PackState.READY).first()


def standing_packs_of_access(access: InspectorAccess) -> list[Pack]:
    """Return the packs of an access that are ready or under way, newest first; a few dozen at most.

    In one query: this is asked for every first page of a summary.
    """
    return list(Pack.objects.filter(access=access, state__in=UNDER_WAY | {PackState.READY}))
