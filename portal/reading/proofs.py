"""The signed sheets of team meetings, which rooms above this one keep."""

from collections.abc import Collection
from dataclasses import dataclass

from django.conf import settings
from django.utils.module_loading import import_string


@dataclass(frozen=True)
class MissingSheet:
    """A sheet that was refused or taken back: what is said of it, and where to put it right."""

    sentence: str
    address: str


def missing_sheets(sheet_refs: Collection[str]) -> dict[str, MissingSheet]:
    """Return what is missing among the sheets that confirmations name, by their references."""
    wanted = {ref for ref in sheet_refs if ref}
    if not wanted or not settings.MISSING_SHEETS:
        return {}
    found: dict[str, MissingSheet] = import_string(settings.MISSING_SHEETS)(wanted)
    return found
