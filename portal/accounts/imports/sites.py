"""A spreadsheet of sites: its columns, and what importing it would do."""

from portal.accounts.codes import odd_location_id, odd_site_code
from portal.accounts.imports.report import (
    Line,
    Outcome,
    Report,
    RowFields,
    Troubles,
)
from portal.accounts.place_forms import SiteForm
from portal.people.models import Site
from portal.spreadsheets.sheet import Column, Row, Sheet, Table

_KINDS = {
    word.casefold(): value for value, label in Site.ServiceType.choices for word in (value, label)
}
SITES = Sheet(
    name="sites",
    title="Sites",
    columns=(
        Column(
            name="name",
            heading="Site",
            explanation="As people who work there call it.",
            example="Rowan House",
            is_needed=True,
        ),
        Column(
            name="service_type",
            heading="Kind of care",
            explanation="What the site is registered for.",
            example="Care home",
            is_needed=True,
            choices=tuple(Site.ServiceType.labels),
        ),
        Column(
            name="ods_code",
            heading="Site ODS code",
            explanation="3 to 6 letters and digits. Leave it empty if you do not know it.",
            example="VM195",
        ),
        Column(
            name="cqc_location_id",
            heading="CQC location ID",
            explanation="It is in the address of the site's page at cqc.org.uk.",
            example="1-123456789",
        ),
    ),
    row_limit=1000,
)


def check_sites(table: Table) -> Report[dict[str, str]]:
    """Say what importing the table would do now; ``found`` are the facts of each new site."""
    return _Check(table).report()


class _Check:
    """Goes through the rows once, remembering names and codes."""

    def __init__(self, table: Table) -> None:
        self.table = table
        self.troubles = Troubles(table)
        self.fields = RowFields(SiteForm(), (column.name for column in SITES.columns))
        everywhere = list(Site.objects.all())
        self.by_name = {site.name.casefold(): site for site in everywhere}
        self.by_code = {site.ods_code: site for site in everywhere if site.ods_code}
        self.rows_by_name: dict[str, int] = {}
        self.rows_by_code: dict[str, int] = {}
        self.found: list[dict[str, str]] = []

    def report(self) -> Report[dict[str, str]]:
        """Return a line for each row."""
        lines = [self._line(row) for row in self.table.rows]
        return Report(lines + self.troubles.lines_without_rows(), self.found)

    def _line(self, row: Row) -> Line:
        title = row.cells["name"]
        kind = row.cells["service_type"]
        known = _KINDS.get(kind.casefold(), kind)
        facts, wrong = self.fields.check(Row(row.number, {**row.cells, "service_type": known}))
        wrong |= self._twice(row.number, facts)
        if said := self.troubles.with_those_of(row.number, wrong):
            return Line(row.number, title, Outcome.WRONG, said)
        if here := self._here(facts):
            return here_already(row.number, facts, here)
        self.found.append(facts)
        odd = (odd_site_code(facts["ods_code"]), odd_location_id(facts["cqc_location_id"]))
        said = [sentence for sentence in odd if sentence]
        return Line(row.number, title, Outcome.ADDED, said, _in_words(facts))

    def _twice(self, number: int, facts: dict[str, str]) -> dict[str, str]:
        """Say which earlier row has this name or this code, and remember both."""
        name, code, said = facts["name"].casefold(), facts["ods_code"], {}
        same_name = self.rows_by_name.setdefault(name, number) if name else number
        same_code = self.rows_by_code.setdefault(code, number) if code else number
        if same_name != number:
            said["name"] = (
                f"Row {same_name} is about a site of this name too. Take one of them out."
            )
        if same_code != number:
            said["ods_code"] = f"Row {same_code} has the code {code} too. Check which is right."
        return said

    def _here(self, facts: dict[str, str]) -> Site | None:
        return self.by_name.get(facts["name"].casefold()) or self.by_code.get(facts["ods_code"])


def _in_words(facts: dict[str, str]) -> str:
    kind = str(Site.ServiceType(facts["service_type"]).label)
    return ", ".join(filter(None, (kind, facts["ods_code"], facts["cqc_location_id"])))


def here_already(number: int, facts: dict[str, str], site: Site) -> Line:
    """Return the line of a row about a site that is here, with what differs between the two."""
    said = []
    if site.name.casefold() != facts["name"].casefold():
        said.append(f"It is here as {site.name}, which has the same ODS code.")
    if facts["ods_code"] and facts["ods_code"] != site.ods_code:
        said.append(f"Here its ODS code is {site.ods_code or 'not known'}.")
    if facts["cqc_location_id"] and facts["cqc_location_id"] != site.cqc_location_id:
        said.append(f"Here its CQC location ID is {site.cqc_location_id or 'not known'}.")
    if not site.is_active:
        said.append("Here it is closed.")
    if said:
        said.append("It is left as it is. Change it on its own page if the file is right.")
    return Line(number, facts["name"], Outcome.HERE, said)
