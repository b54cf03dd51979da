"""What sites and people were called at a moment, out of their history."""

from collections.abc import Collection
from typing import Any, TypeVar

from django.db.models import Model

from portal.people.models import Organisation, Site, User
from portal.record.moments import Moment
from portal.record.past_rows import as_model, changes_of, rows_counted, rows_then
from portal.record.verbs import Verb

Thing = TypeVar("Thing", bound=Model)


def sites_then(moment: Moment, among: Collection[int] | None = None) -> dict[int, Site]:
    """Return sites by primary key as they were. Two queries, three for sites without a history."""
    changes = changes_of("site", (Verb.SITE_CREATED, Verb.SITE_CHANGED), moment)
    return _things(Site, rows_counted(Site, moment, changes, among=among), among)


def people_then(moment: Moment, among: Collection[int]) -> dict[int, User]:
    """Return people by primary key as they were called. One query, two without a history.

    Signing in writes a row of this history too, so times decide, not counts.
    """
    return _things(User, rows_then(User, moment, among=among), among)


def organisation_then(moment: Moment) -> Organisation | None:
    """Return the provider as it was called. One query, two without a history."""
    found = _things(Organisation, rows_then(Organisation, moment), None)
    return found[min(found)] if found else None


def _things(
    model: type[Thing], rows: dict[int, Any], among: Collection[int] | None
) -> dict[int, Thing]:
    """Return the things; those that have no history at all as they are today."""
    things = {pk: as_model(model, row) for pk, row in rows.items()}
    every = model._default_manager.all()
    if among is None:
        return things or {one.pk: one for one in every}
    missing = set(among) - things.keys()
    return things | ({one.pk: one for one in every.filter(pk__in=missing)} if missing else {})
