"""What a pack is asked to be about, frozen at the moment of asking."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from evidence_review.inspection.models import InspectorAccess
from evidence_review.inspection.parts import label_of
from evidence_review.inspection.past import NOTHING, Scope
from portal.frameworks.models import Edition, Requirement
from portal.people.models import Site
from portal.people.queries import the_organisation


@dataclass(frozen=True, kw_only=True)
class Choice:
    """What a person chose. ``sites`` None means every site; no ``statements`` means all."""

    editions: Sequence[Edition]
    statements: Sequence[Requirement] = ()
    sites: Sequence[Site] | None = None
    approved_from: date | None = None
    approved_to: date | None = None
    with_files: bool = True
    access: InspectorAccess | None = None

    @classmethod
    def of_access(cls, access: InspectorAccess, *, with_files: bool) -> "Choice":
        """Return exactly what an inspector's access shows."""
        return cls(
            editions=list(access.editions.all()),
            sites=None if access.every_site else list(access.sites.all()),
            with_files=with_files,
            access=access,
        )


def frozen(choice: Choice) -> dict[str, Any]:
    """Return the choice as it is kept: codes and names only, in a fixed order.

    The names of the provider and of the sites are those of the moment of asking.
    """
    provider = the_organisation()
    sites = sorted(choice.sites or (), key=lambda site: (site.name, site.public_id))
    return {
        "organisation": {
            "name": provider.name if provider else "",
            "ods_code": provider.ods_code if provider else "",
        },
        "editions": sorted(edition.code for edition in choice.editions) or [NOTHING],
        "edition_names": [
            str(edition) for edition in sorted(choice.editions, key=lambda one: one.code)
        ],
        "statements": sorted(row.code for row in choice.statements),
        "statement_names": [
            label_of(row) for row in sorted(choice.statements, key=lambda one: one.code)
        ],
        "sites": [site.public_id for site in sites] or _every_or_none(choice),
        "site_names": [site.name for site in sites],
        "approved_from": _day(choice.approved_from),
        "approved_to": _day(choice.approved_to),
    }


def thawed(kept: dict[str, Any]) -> Scope:
    """Return a frozen choice as the scope that the past is asked with."""
    return Scope(
        editions=tuple(kept["editions"]),
        statements=tuple(kept["statements"]),
        sites=tuple(kept["sites"]),
        approved_from=_date(kept["approved_from"]),
        approved_to=_date(kept["approved_to"]),
    )


def _every_or_none(choice: Choice) -> list[str]:
    # An empty list would widen the scope to everything.
    return [] if choice.sites is None else [NOTHING]


def _day(value: date | None) -> str:
    return value.isoformat() if value else ""


def _date(text: str) -> date | None:
    return date.fromisoformat(text) if text else None
