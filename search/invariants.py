"""What must be true of the index at all times."""

from collections.abc import Iterator

from search.actions.keep_in_step import is_as
from search.documents import documents_of, keys_of
from search.models import Kind, SearchDocument

_AT_ONCE = 200


def index_says_what_is_true() -> Iterator[str]:
    """I15: what can be found is what is in force or approved, under its own words and rights."""
    for kind in Kind:
        wanted = keys_of(kind)
        held = SearchDocument.objects.filter(kind=kind)
        known = set(held.values_list("object_key", flat=True))
        for key in sorted(known - set(wanted)):
            yield f"{kind.label} {key} can be found and should not be"
        for start in range(0, len(wanted), _AT_ONCE):
            yield from _wrong(kind, wanted[start : start + _AT_ONCE])


def _wrong(kind: Kind, keys: list[int]) -> Iterator[str]:
    rows = SearchDocument.objects.select_related("access").filter(kind=kind, object_key__in=keys)
    held = {row.object_key: row for row in rows}
    for document in documents_of(kind, keys):
        row = held.get(document.object_key)
        if row is None:
            yield f"{kind.label} {document.object_key} cannot be found"
        elif not is_as(row, document):
            yield f"{kind.label} {document.object_key} is not found as it is"
