"""Make the whole index again from what is true."""

from collections.abc import Iterator

from django.db import transaction

from search.actions.keep_in_step import keep_in_step
from search.documents import keys_of
from search.models import Kind, SearchDocument

_AT_ONCE = 200


def rebuild() -> int:
    """Bring every document in step, a few hundred at a time; return how many are held then.

    People go on working and finding meanwhile: nothing that is right is touched, and each few
    hundred are a transaction of their own.
    """
    for kind in Kind:
        held = SearchDocument.objects.filter(kind=kind).order_by("pk")
        wanted = keys_of(kind)
        gone = set(held.values_list("object_key", flat=True)) - set(wanted)
        for few in _in_parts([*sorted(gone), *wanted]):
            keep_in_step(kind, few)
    return SearchDocument.objects.count()


@transaction.atomic
def empty() -> None:
    """Forget every document; for an index that cannot be trusted at all."""
    SearchDocument.objects.all().delete()


def _in_parts(keys: list[int]) -> Iterator[list[int]]:
    for start in range(0, len(keys), _AT_ONCE):
        yield keys[start : start + _AT_ONCE]
