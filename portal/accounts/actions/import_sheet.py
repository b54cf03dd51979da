"""Import a kept spreadsheet, all of its rows or none, as it was confirmed."""

from collections.abc import Callable, Mapping

from django.db import transaction

from portal.accounts.actions.give_link import send_links
from portal.accounts.imports.people import check_people
from portal.accounts.imports.report import Report
from portal.accounts.imports.sites import check_sites
from portal.accounts.models import KeptSheet
from portal.accounts.queries import sheets_of
from portal.people.actions.newcomers import Newcomer, add_people
from portal.people.actions.place import add_sites
from portal.people.models import User
from portal.people.queries import the_organisation
from portal.refused import Refused
from portal.spreadsheets.sheet import Table

CHECKS: Mapping[str, Callable[[Table], Report[Newcomer] | Report[dict[str, str]]]] = {
    KeptSheet.Kind.SITES: check_sites,
    KeptSheet.Kind.PEOPLE: check_people,
}
"""How each kind of sheet is looked at before it is imported."""


class NoLongerFits(Refused):
    """Since the report was shown, something has changed, or the sheet has gone."""

    status = 409


@transaction.atomic
def import_sites(kept: KeptSheet, *, actor: User) -> int:
    """Add every new site of the sheet; return how many. Then throw the sheet away.

    Raises:
        NotPermitted: the actor may not change sites.
        NoLongerFits: a row is wrong now, the organisation is missing, or the sheet has gone.
        PlaceTaken: somebody was quicker with a name or a code.
    """
    report = check_sites(_locked(kept, actor).table)
    organisation = the_organisation()
    if organisation is None:
        raise NoLongerFits("First say who you are: your organisation has no name yet.")
    _ensure_it_fits(report)
    sites = add_sites(organisation, report.found, actor=actor)
    kept.delete()
    return len(sites)


@transaction.atomic
def import_people(kept: KeptSheet, *, with_links: bool, actor: User) -> int:
    """Add everybody new in the sheet, with their roles; return how many. Then throw it away.

    Raises:
        NotPermitted: the actor may not manage people.
        NoLongerFits: a row is wrong now, or the sheet has gone.
        EmailTaken: somebody was quicker with an e-mail address.
    """
    report = check_people(_locked(kept, actor).table)
    _ensure_it_fits(report)
    people = add_people(report.found, actor=actor)
    if with_links:
        send_links([person for person in people if person.email], actor=actor)
    kept.delete()
    return len(people)


def _locked(kept: KeptSheet, actor: User) -> KeptSheet:
    row = sheets_of(actor, kept.kind).select_for_update().filter(pk=kept.pk).first()
    if row is None:
        raise NoLongerFits("This list was imported already, or thrown away. Look whether it is.")
    return row


def _ensure_it_fits(report: Report[Newcomer] | Report[dict[str, str]]) -> None:
    if not report.can_go_ahead:
        raise NoLongerFits("Something has changed since. Look at the rows again: nothing is done.")
