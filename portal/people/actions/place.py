"""Set the organisation's facts, add a site, correct a site."""

from collections.abc import Iterable, Mapping
from typing import Any

from django.db import IntegrityError, transaction
from simple_history.utils import bulk_create_with_history

from portal.people.answers import require
from portal.people.entries import place_changed
from portal.people.models import Organisation, Site, User, new_public_id
from portal.people.permissions import user_can_manage_sites
from portal.record.actors import SystemActor
from portal.record.record import record_all
from portal.record.verbs import Verb
from portal.refused import Refused

ORGANISATION_FIELDS = ("name", "ods_code", "ico_number")
SITE_FIELDS = ("name", "ods_code", "cqc_location_id", "service_type", "is_active")
_BATCH = 500


class PlaceTaken(Refused):
    """Another site has this name or this ODS code."""

    status = 409

    def __init__(self) -> None:
        super().__init__("Another site has this name or this ODS code already. Check both.")


@transaction.atomic
def set_organisation(facts: Mapping[str, Any], *, actor: User | SystemActor) -> Organisation:
    """Set the provider's name and codes, making the row on first use.

    Raises:
        NotPermitted: the actor may not change the organisation.
    """
    require(user_can_manage_sites(actor))
    organisation = Organisation.objects.select_for_update().order_by("pk").first()
    organisation = organisation or Organisation()
    changes = _apply(organisation, facts, ORGANISATION_FIELDS)
    if organisation.pk and not changes:
        return organisation
    organisation.save()
    record_all([place_changed(Verb.ORGANISATION_CHANGED, organisation.record_ref, actor, changes)])
    return organisation


@transaction.atomic
def add_site(
    organisation: Organisation, facts: Mapping[str, Any], *, actor: User | SystemActor
) -> Site:
    """Add a site. ``facts`` has the fields of ``SITE_FIELDS``.

    Raises:
        NotPermitted: the actor may not change sites.
        PlaceTaken: another site has the name or the code.
    """
    return add_sites(organisation, [facts], actor=actor)[0]


@transaction.atomic
def add_sites(
    organisation: Organisation,
    sites: Iterable[Mapping[str, Any]],
    *,
    actor: User | SystemActor,
) -> list[Site]:
    """Add many sites, all or none; an event for each. Each has the fields of ``SITE_FIELDS``.

    Raises:
        NotPermitted: the actor may not change sites.
        PlaceTaken: another site has a name or a code of these, or two of these share one.
    """
    require(user_can_manage_sites(actor))
    rows, entries = [], []
    for facts in sites:
        site = Site(organisation=organisation, public_id=new_public_id())
        changes = _apply(site, facts, SITE_FIELDS)
        rows.append(site)
        entries.append(place_changed(Verb.SITE_CREATED, site.record_ref, actor, changes))
    try:
        with transaction.atomic():
            bulk_create_with_history(rows, Site, batch_size=_BATCH)
    except IntegrityError as error:
        raise PlaceTaken from error
    record_all(entries)
    return rows


@transaction.atomic
def change_site(site: Site, facts: Mapping[str, Any], *, actor: User | SystemActor) -> Site:
    """Correct a site, or close it with ``is_active=False``. Changing nothing writes nothing.

    Raises:
        NotPermitted: the actor may not change sites.
        PlaceTaken: another site has the name or the code.
    """
    site = Site.objects.select_for_update().get(pk=site.pk)
    require(user_can_manage_sites(actor))
    changes = _apply(site, facts, SITE_FIELDS)
    if not changes:
        return site
    _save(site, list(changes))
    record_all([place_changed(Verb.SITE_CHANGED, site.record_ref, actor, changes)])
    return site


def _save(site: Site, fields: list[str]) -> None:
    try:
        with transaction.atomic():
            site.save(update_fields=fields)
    except IntegrityError as error:
        raise PlaceTaken from error


def _apply(
    row: Organisation | Site, facts: Mapping[str, Any], fields: tuple[str, ...]
) -> dict[str, list[Any]]:
    """Set the named fields that differ; return field: [old, new]."""
    changes = {}
    for name in fields:
        if name in facts and facts[name] != (old := getattr(row, name)):
            changes[name] = [old, facts[name]]
            setattr(row, name, facts[name])
    return changes
