"""Make the database say what the catalogue files say: all of it, or nothing."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings
from django.db import transaction
from django.utils.module_loading import import_string

from portal.frameworks.actions.loading.change import EditionChange
from portal.frameworks.actions.loading.crosswalks import load_crosswalk
from portal.frameworks.actions.loading.editions import EditionLoading
from portal.frameworks.actions.loading.maps import (
    cycles,
    load_maps,
    unknown_references,
    unmarked_changes,
)
from portal.frameworks.catalogue.coherence import problems_within
from portal.frameworks.catalogue.problems import Problem, refuse_if_any
from portal.frameworks.catalogue.reading import own_files, read_catalogue
from portal.frameworks.catalogue.shapes import Catalogue
from portal.frameworks.models import Edition
from portal.frameworks.permissions import user_can_load_catalogue
from portal.people.answers import require
from portal.record.actors import Actor
from portal.record.record import Entry, record_all
from portal.record.verbs import Verb


@dataclass(frozen=True)
class LoadResult:
    """What a load did, edition by edition, those that stayed the same included."""

    editions: tuple[EditionChange, ...]

    @property
    def changed(self) -> tuple[str, ...]:
        """The codes of the editions that changed."""
        return tuple(edition.code for edition in self.editions if edition.is_any)


def load_catalogue(files: Iterable[Path] | None = None, *, actor: Actor) -> LoadResult:
    """Load catalogue files (those that come with the portal, unless others are named).

    Loading the same files again changes nothing and records nothing. An edition whose wording
    changed awaits checking again.

    Raises:
        CatalogueRefused: when anything is wrong, with file, line and reason; nothing was changed.
        NotPermitted: when the actor may not.
    """
    require(user_can_load_catalogue(actor))
    catalogue = read_catalogue(own_files() if files is None else files)
    refuse_if_any(problems_within(catalogue))
    with transaction.atomic():
        checked = _lock()
        changes = _load(catalogue)
        record_all([_entry(change, checked, actor) for change in changes if change.is_any])
        result = LoadResult(tuple(changes))
        _tell_followers(result.changed, actor)
    return result


def _tell_followers(codes: Collection[str], actor: Actor) -> None:
    """Let upper rooms follow in the same transaction; each names a function in the settings."""
    for path in settings.CATALOGUE_FOLLOWERS if codes else ():
        import_string(path)(codes, actor=actor)


def _lock() -> set[str]:
    """Lock every edition until the load ends; return the codes of those marked as checked."""
    rows = Edition.objects.select_for_update().order_by("pk")
    return {edition.code for edition in rows if edition.is_checked}


def _load(catalogue: Catalogue) -> list[EditionChange]:
    """Write everything; raise ``CatalogueRefused`` if any of it may not be."""
    problems: list[Problem] = []
    changes: dict[str, EditionChange] = {}
    for data in catalogue.editions:
        loading = EditionLoading(data)
        changes[data.code] = loading.run()
        problems += loading.problems
    for data in catalogue.editions:
        changes[data.code].maps = load_maps(data)
        problems += [*unknown_references(data), *unmarked_changes(data)]
    problems += cycles(catalogue.editions)
    for block in catalogue.crosswalks:
        change = changes.setdefault(block.source, EditionChange(block.source, block.sha256))
        change.crosswalk += load_crosswalk(block, problems)
    refuse_if_any(problems)
    return list(changes.values())


def _entry(change: EditionChange, checked: set[str], actor: Actor) -> Entry:
    """Return the event for one edition that changed."""
    before = "checked" if change.code in checked else ""
    return Entry(
        verb=Verb.CATALOGUE_LOADED,
        obj=Edition.objects.get(code=change.code).record_ref,
        actor=actor,
        before=before,
        after="" if change.touches_wording else before,
        sha256=change.sha256,
        facts=change.facts,
    )
