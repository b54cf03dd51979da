"""Bring the index in step with what is true of some policies or some evidence."""

import hashlib
from collections.abc import Iterable, Sequence

from django.db import transaction

from search.actions.learn_words import learn_words
from search.documents import Document, documents_of
from search.models import Kind, SearchAccess, SearchDocument


@transaction.atomic
def keep_in_step(kind: Kind, keys: Sequence[int]) -> None:
    """Let the index hold these things as they are now, or no longer, if they are not to be found.

    Called in the transaction of the change itself, so that nobody finds what was withdrawn a moment
    ago and no change can be forgotten. What came into force anew takes a new row, because younger
    rows are found first.
    """
    documents = {one.object_key: one for one in documents_of(kind, keys)}
    rows = SearchDocument.objects.select_related("access").filter(kind=kind, object_key__in=keys)
    held: dict[int, SearchDocument] = {}
    for row in rows:
        document = documents.get(row.object_key)
        if document is None or document.date != row.date:
            row.delete()
        else:
            held[row.object_key] = row
    changed = [
        documents[key]
        for key in dict.fromkeys(keys)
        if key in documents and not (key in held and is_as(held[key], documents[key]))
    ]
    access = access_of(changed)
    for document in changed:
        row = row_of(document, access[document.access])
        row.pk = held[document.object_key].pk if document.object_key in held else None
        row.save(force_insert=row.pk is None, force_update=row.pk is not None)
    learn_words(f"{document.title} {document.body}" for document in changed)


def is_as(row: SearchDocument, document: Document) -> bool:
    """Tell whether a row says of a document what is true of it."""
    return row.access.labels == " ".join(document.access) and all(
        getattr(row, name) == getattr(row_of(document, row.access), name)
        for name in ("date", "category", "site_id", "labels", "title", "body")
    )


def row_of(document: Document, access: SearchAccess) -> SearchDocument:
    """Return the row, not saved, that holds a document."""
    return SearchDocument(
        kind=document.kind,
        object_key=document.object_key,
        date=document.date,
        category=document.category,
        site_id=document.site_id,
        access=access,
        labels=" ".join((*document.access, *document.filters)),
        title=document.title,
        body=document.body,
    )


def access_of(documents: Iterable[Document]) -> dict[tuple[str, ...], SearchAccess]:
    """Return the kept sets of people by their words, made where they are new."""
    wanted = {one.access: " ".join(one.access) for one in documents}
    if not wanted:
        return {}
    digests = {words: hashlib.sha256(text.encode()).hexdigest() for words, text in wanted.items()}
    found = {one.digest: one for one in SearchAccess.objects.filter(digest__in=digests.values())}
    for words, digest in sorted(digests.items()):
        if digest not in found:
            found[digest], _ = SearchAccess.objects.get_or_create(
                digest=digest, defaults={"labels": wanted[words]}
            )
    return {words: found[digest] for words, digest in digests.items()}
