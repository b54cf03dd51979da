"""What importing a spreadsheet of people would do."""

from dataclasses import dataclass, field
from datetime import date

from django.utils import timezone

from portal.accounts.imports.people_sheet import EVERY_SITE
from portal.accounts.imports.report import (
    Line,
    Outcome,
    Report,
    RowFields,
    Troubles,
)
from portal.accounts.person_forms import PersonForm
from portal.accounts.role_words import MAY
from portal.chrome.words import day
from portal.people.actions.newcomers import Given, Newcomer
from portal.people.actions.person import PersonDetails
from portal.people.models import Site, User
from portal.people.roles import Role
from portal.spreadsheets.sheet import Row, Table

_WHO = ("first_name", "last_name", "job_title", "email")
_ROLES = {word.casefold(): role for role in Role for word in (role.value, role.label)}


def check_people(table: Table) -> Report[Newcomer]:
    """Say what importing the table would do now; ``found`` are the people, each with all roles."""
    return _Check(table).report()


@dataclass
class _Found:
    """A newcomer while their rows are being read."""

    row: int
    details: PersonDetails
    roles: list[Given] = field(default_factory=list)


class _Check:
    """Goes through the rows once, remembering whom they were about."""

    def __init__(self, table: Table) -> None:
        self.table = table
        self.troubles = Troubles(table)
        self.fields = RowFields(PersonForm(), _WHO)
        self.sites = _sites_by_word()
        self.today = timezone.localdate()
        self.here, self.here_without = _everybody()
        self.newcomers: dict[tuple[str, ...], _Found] = {}

    def report(self) -> Report[Newcomer]:
        """Return a line for each row."""
        lines = [self._line(row) for row in self.table.rows]
        found = [Newcomer(one.details, tuple(one.roles)) for one in self.newcomers.values()]
        return Report(lines + self.troubles.lines_without_rows(), found)

    def _line(self, row: Row) -> Line:
        title = " ".join(filter(None, (row.cells["first_name"], row.cells["last_name"])))
        values, wrong = self.fields.check(row)
        role, wrong_role = _role(row.cells["role"])
        site, wrong_site = self._site(row.cells["site"], role)
        starts, ends = _day(row.cells["starts"]), _day(row.cells["ends"])
        wrong |= {"role": wrong_role, "site": wrong_site, **self._wrong_days(starts, ends)}
        wrong = {column: sentence for column, sentence in wrong.items() if sentence}
        said = self.troubles.with_those_of(row.number, wrong)
        if said or role is None:
            return Line(row.number, title, Outcome.WRONG, said)
        values["email"] = values["email"].lower()
        details = PersonDetails(**values)
        if said := self._here_already(details):
            return Line(row.number, title, Outcome.HERE, said)
        return self._newcomer(row.number, title, details, Given(role, site, starts, ends))

    def _site(self, word: str, role: Role | None) -> tuple[Site | None, str]:
        """Return the site that a word means, ``None`` for every one, and what is wrong with it."""
        if not word:
            return None, f"Enter the site, or: {EVERY_SITE}."
        if word.casefold() == EVERY_SITE.casefold():
            return None, ""
        site = self.sites.get(word.casefold())
        if site is None:
            return None, f"There is no site {word}. Check it, or add the site first."
        if not site.is_active:
            return None, f"{site} is closed. Open it first, or write another site."
        if role is Role.PORTAL_ADMIN:
            return None, f"A portal administrator looks after every site. Write {EVERY_SITE}."
        return site, ""

    def _wrong_days(self, starts: date | None, ends: date | None) -> dict[str, str]:
        if starts and starts < self.today:
            return {
                "starts": f"The first day, {day(starts)}, is over. A role counts from when it is "
                "given: leave the first day empty, or write a later one."
            }
        if ends and ends < (starts or self.today):
            return {"ends": f"The last day, {day(ends)}, is before the first. Check both."}
        return {}

    def _here_already(self, details: PersonDetails) -> list[str]:
        if details.email:
            name = self.here.get(details.email)
            if name is None:
                return []
            same = name == _name(details)
            return ["Left as they are." if same else f"Here as {name}. Left as they are."]
        if _called(details) in self.here_without:
            return [
                (
                    "Somebody of this name and job title is here. Without an e-mail address we "
                    "cannot tell two people apart: if this is another person, add them by hand."
                )
            ]
        return []

    def _newcomer(self, row: int, title: str, details: PersonDetails, given: Given) -> Line:
        key = (details.email,) if details.email else _called(details)
        known = self.newcomers.setdefault(key, _Found(row, details))
        if wrong := _wrong_beside(known, row, details, given):
            return Line(row, title, Outcome.WRONG, [wrong])
        known.roles.append(given)
        said = []
        if known.row != row:
            said.append(f"One more role for the person of row {known.row}.")
        if not details.email:
            said.append("Without an e-mail address they cannot sign in.")
        place = given.site or EVERY_SITE.lower()
        about = f"{details.job_title}. {given.role.label}, {place}"
        return Line(row, title, Outcome.ADDED, said, about)


def _wrong_beside(known: _Found, row: int, details: PersonDetails, given: Given) -> str:
    """Say why a row does not go with an earlier one about the same person; nothing if it does."""
    if known.row == row:
        return ""
    if not details.email:
        return (
            f"Row {known.row} has this name and job title too. Without an e-mail address we cannot "
            "tell whether they are one person: add one of them by hand."
        )
    if known.details != details:
        return (
            f"Row {known.row} has this e-mail address with another name or job title. Two people "
            "cannot share an address: check both rows."
        )
    if any((given.role, given.site) == (other.role, other.site) for other in known.roles):
        return f"Row {known.row}, or one below it, gives the same role there. Take one out."
    return ""


def _role(word: str) -> tuple[Role | None, str]:
    role = _ROLES.get(word.casefold())
    if role:
        return role, ""
    labels = ", ".join(role.label for role in MAY)
    if not word:
        return None, f"Enter the role: {labels}."
    return None, f"There is no role {word}. Write one of: {labels}."


def _day(text: str) -> date | None:
    return date.fromisoformat(text) if text else None


def _sites_by_word() -> dict[str, Site]:
    """Return every site by its name and by its code; a code wins over a name that looks like it."""
    sites = list(Site.objects.all())
    names = {site.name.casefold(): site for site in sites}
    return names | {site.ods_code.casefold(): site for site in sites if site.ods_code}


def _everybody() -> tuple[dict[str, str], set[tuple[str, ...]]]:
    """Return the names of everybody who is here by e-mail address, and how everybody is called."""
    by_address, called = {}, set()
    rows = User.objects.values_list("email", "first_name", "last_name", "job_title")
    for email, *names in rows.iterator():
        details = PersonDetails(names[0], names[1], email, names[2])
        called.add(_called(details))
        if email:
            by_address[email.lower()] = _name(details)
    return by_address, called


def _name(details: PersonDetails) -> str:
    return f"{details.first_name} {details.last_name}".strip()


def _called(details: PersonDetails) -> tuple[str, ...]:
    return (_name(details).casefold(), details.job_title.casefold())
