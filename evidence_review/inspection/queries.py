"""Named selections of inspectors' access."""

import re

from django.db.models import Q, QuerySet

from evidence_review.inspection.models import InspectorAccess
from portal.people.models import User
from portal.people.queries import site_ids_for
from portal.people.roles import Role
from portal.record.models import Event
from portal.record.queries import events

_LINK_KEY = re.compile(r"[A-Za-z0-9_-]{43}")


def is_link_key(text: str) -> bool:
    """Tell whether a text has the form of a link's key; anything else is never looked for."""
    return bool(_LINK_KEY.fullmatch(text))


def access_with_link(link_key: str) -> InspectorAccess | None:
    """Return the access a link belongs to, open or not; ``None`` for what is no link of ours."""
    if not is_link_key(link_key):
        return None
    return InspectorAccess.objects.select_related("granted_by").filter(link_key=link_key).first()


def lock_access(pk: int) -> InspectorAccess:
    """Lock an access for an action and return it."""
    return InspectorAccess.objects.select_for_update(of=("self",)).get(pk=pk)


def manageable_access(person: User) -> QuerySet[InspectorAccess]:
    """Return the accesses whose every site the person leads, newest first."""
    found = InspectorAccess.objects.select_related("granted_by", "revoked_by")
    own = site_ids_for(person, {Role.IG_LEAD})
    if own is None:
        return found
    elsewhere = InspectorAccess.sites.through.objects.exclude(site_id__in=own)
    return (
        found.filter(every_site=False, sites__in=own)
        .exclude(pk__in=elsewhere.values("inspectoraccess_id"))
        .distinct()
    )


def access_events(access: InspectorAccess) -> QuerySet[Event]:
    """Return what happened to an access and everything the inspector did with it, newest first."""
    thing = access.record_ref
    return events().filter(
        Q(actor_ref=access.actor_ref) | Q(object_kind=thing.kind, object_ref=thing.ref)
    )
