"""Who may have packs made, see them and download them."""

from collections.abc import Sequence
from datetime import timedelta

from django.utils import timezone

from evidence_review.inspection.models import InspectorSession
from evidence_review.inspection.permissions import (
    INVITERS,
    inspector_can_look,
    user_can_give_access,
    user_can_see_inspectors,
)
from evidence_review.packs.models import Pack
from evidence_review.packs.states import UNDER_WAY, PackState
from portal.people.answers import Allowed, Answer, Denied
from portal.people.models import Site, User
from portal.people.queries import sites_for

MOST_FOR_INSPECTOR = 3
"""Packs an inspector may ask for within ``INSPECTORS_DAY``."""
INSPECTORS_DAY = timedelta(hours=24)


def user_can_see_packs(person: User) -> Answer:
    """Whether the person has anything to do with packs: those who may invite inspectors."""
    if user_can_see_inspectors(person):
        return Allowed()
    return Denied("Only an IG lead may make inspection packs.")


def user_can_make_pack(person: User, sites: Sequence[Site] | None) -> Answer:
    """Whether the person may have a pack made of these sites; ``None`` asks about every site."""
    if user_can_give_access(person, sites):
        return Allowed()
    return Denied("Only an IG lead of each of these sites may make a pack of them.")


def user_can_open_pack(person: User, pack: Pack) -> Answer:
    """Whether the person may see this pack, download it and have it made again."""
    if not user_can_see_packs(person):
        return user_can_see_packs(person)
    asked = set(pack.scope["sites"])
    if not asked:
        return user_can_make_pack(person, None)
    own = set(sites_for(person, INVITERS).values_list("public_id", flat=True))
    if asked <= own or user_can_give_access(person, None):
        return Allowed()
    return Denied("Only an IG lead of every site in this pack may open it.")


def inspector_can_ask_for_pack(session: InspectorSession) -> Answer:
    """Whether the inspector may have a pack made now. Lock the access first."""
    answer = inspector_can_look(session)
    if not answer:
        return answer
    own = Pack.objects.filter(access=session.access)
    if own.filter(state__in=UNDER_WAY).exists():
        return Denied("A pack is being made already. It will be here when it is ready.")
    recent = own.filter(requested_by=None, requested_at__gt=timezone.now() - INSPECTORS_DAY)
    if recent.count() >= MOST_FOR_INSPECTOR:
        return Denied(
            f"You have asked for {MOST_FOR_INSPECTOR} packs within a day. Download the newest one, "
            "or ask again tomorrow."
        )
    return Allowed()


def inspector_can_download_pack(session: InspectorSession, pack: Pack) -> Answer:
    """Whether the session may be given this pack's bytes at this very moment."""
    answer = inspector_can_look(session)
    if not answer:
        return answer
    if pack.access_id == session.access.pk and pack.state == PackState.READY:
        return Allowed()
    return Denied("This pack is not here any more. Ask for a new one.")
