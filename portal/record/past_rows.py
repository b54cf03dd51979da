"""The rows of a table as they were at a moment, out of the history that is kept of it."""

from collections.abc import Collection
from dataclasses import dataclass, field
from typing import Any, TypeVar

from django.db.models import Max, Min, Model, Q, QuerySet
from django.db.models.functions import Coalesce

from portal.record.models import Event
from portal.record.moments import Moment

Thing = TypeVar("Thing", bound=Model)


@dataclass(frozen=True)
class Changes:
    """How often each thing was changed according to the record: up to a moment, and in all."""

    then: dict[str, int] = field(default_factory=dict)
    ever: dict[str, int] = field(default_factory=dict)


def changes_of(kind: str, verbs: Collection[str], moment: Moment, *, ref: str = "") -> Changes:
    """Count the events with these verbs about each thing of a kind, or about one. One query."""
    changes = Changes()
    found = Event.objects.filter(verb__in=verbs, object_kind=kind).order_by()
    if ref:
        found = found.filter(object_ref=ref)
    for thing, seq in found.values_list("object_ref", "seq"):
        changes.ever[thing] = changes.ever.get(thing, 0) + 1
        changes.then[thing] = changes.then.get(thing, 0) + (seq <= moment.size)
    return changes


def rows_then(
    model: type[Model],
    moment: Moment,
    *,
    among: Collection[int] | None = None,
    or_oldest: bool = True,
) -> dict[int, Any]:
    """Return by primary key the last row of the history that was written up to the moment's time.

    One query. A change in a transaction that was under way just then may so be shown a blink too
    early. What has no row that old, because no history was kept at first, comes with the oldest
    there is, for callers who know from elsewhere that the thing was there then; with
    ``or_oldest=False`` it is left out.
    """
    by_thing = _history(model, among).order_by().values("id")
    written = Q(history_date__lt=moment.history_before)
    newest: Any = Max("history_id", filter=written)
    if or_oldest:
        newest = Coalesce(newest, Min("history_id"))
    found = by_thing.annotate(found=newest).filter(found__isnull=False).values("found")
    return {row.id: row for row in _history(model, None).filter(history_id__in=found)}


def rows_counted(
    model: type[Model], moment: Moment, changes: Changes, *, among: Collection[int] | None = None
) -> dict[int, Any]:
    """Return the same by counting, for things whose every change has an event of its own.

    The first event goes with the first row of the history, and so on, so that the answer for a
    moment never changes, whatever the clocks said and whatever was under way. Where the history
    does not have one row for each event, times decide as in ``rows_then``. One query.
    """
    rows: dict[int, list[Any]] = {}
    for row in _history(model, among).order_by("history_id"):
        rows.setdefault(row.id, []).append(row)
    return {pk: _counted(found, moment, changes) for pk, found in rows.items()}


def _history(model: type[Model], among: Collection[int] | None) -> QuerySet[Any]:
    history: QuerySet[Any] = model.history.all()  # type: ignore[attr-defined]  # simple-history's
    return history if among is None else history.filter(id__in=among)


def _counted(found: list[Any], moment: Moment, changes: Changes) -> Any:
    ref = found[0].public_id
    count = changes.then.get(ref, 0)
    if count and changes.ever.get(ref) == len(found):
        return found[count - 1]
    written = [row for row in found if row.history_date < moment.history_before]
    return written[-1] if written else found[0]


def as_model(model: type[Thing], row: Any) -> Thing:
    """Return a row of the history as an object of its model, which is not to be saved.

    Fields that the history leaves out have their defaults.
    """
    kept = {field.attname for field in row._meta.concrete_fields}
    return model(
        **{
            field.attname: getattr(row, field.attname)
            for field in model._meta.concrete_fields
            if field.attname in kept
        }
    )
