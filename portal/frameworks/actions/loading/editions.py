"""One edition: its own row, its parts, its requirements."""

from collections.abc import Iterable
from dataclasses import replace
from typing import Any

from django.db.models import Model, ProtectedError

from portal.frameworks.actions.loading.change import EditionChange, set_values
from portal.frameworks.catalogue.problems import Problem
from portal.frameworks.catalogue.shapes import EditionFile, RequirementRow, Row
from portal.frameworks.models import (
    Assertion,
    Edition,
    EvidenceCategory,
    Framework,
    Requirement,
    Standard,
)

MEANING = (
    "question_plain",
    "answer_kind",
    "mandatory",
    "levels",
    "condition",
    "na_allowed",
    "freshness_months",
)
"""A change of one of these changes what an answer already given means."""


class EditionLoading:
    """Makes the database say what one file says, and notes what may not be done."""

    def __init__(self, data: EditionFile) -> None:
        self.data = data
        self.change = EditionChange(data.code, data.sha256)
        self.problems: list[Problem] = []

    def run(self) -> EditionChange:
        """Load everything but the maps; a change of wording takes the "checked" mark away."""
        self.edition = self._edition()
        self._parts(Standard, "number", self.data.standards)
        standards = {row.number: row for row in self.edition.standards.all()}
        wanted = [
            replace(row, values={**row.values, "standard": standards[row.values["standard"]]})
            for row in self.data.assertions
        ]
        self._parts(Assertion, "ref", wanted)
        self._parts(EvidenceCategory, "code", self.data.categories)
        self._requirements()
        if self.change.touches_wording and self.edition.is_checked:
            set_values(self.edition, {"checked_at": None, "checked_by": None})
        return self.change

    def _edition(self) -> Edition:
        """Return the edition's row, as the file has it."""
        data = self.data
        framework, _ = Framework.objects.get_or_create(
            code=data.framework.key, defaults=dict(data.framework.values)
        )
        values: dict[str, Any] = {
            **data.edition.values,
            "levels": [dict(row.values) for row in data.levels],
            "sections": [dict(row.values) for row in data.sections],
            "framework": framework,
        }
        edition, is_new = Edition.objects.get_or_create(code=data.code, defaults=values)
        renamed = set_values(framework, data.framework.values)
        differs = set_values(edition, values)
        self.change.parts += is_new or renamed or differs
        return edition

    def _parts(self, model: type[Model], key: str, rows: Iterable[Row]) -> None:
        """Make an edition's standards, assertions or categories what the file says."""
        manager = model._default_manager
        there = {str(getattr(row, key)): row for row in manager.filter(edition=self.edition)}
        for row in rows:
            old = there.pop(row.key, None)
            if old is None:
                manager.create(edition=self.edition, **{key: row.key}, **row.values)
                self.change.parts += 1
            else:
                self.change.parts += set_values(old, row.values)
        for name, gone in there.items():
            self._remove(name, gone)

    def _remove(self, name: str, gone: Model) -> None:
        """Remove a part that is not in the file any more, unless something hangs on it."""
        try:
            gone.delete()
        except ProtectedError:
            reason = f"{gone._meta.verbose_name} {name} is gone from the file but still used"
            self._complain(self.data.edition.line, reason)
        else:
            self.change.parts += 1

    def _requirements(self) -> None:
        """Add, change and retire requirements; none is ever deleted."""
        assertions = {row.ref: row for row in self.edition.assertions.all()}
        there = {row.ref: row for row in Requirement.objects.filter(edition=self.edition)}
        for row in self.data.requirements:
            values = {
                **row.values,
                "assertion": assertions[row.assertion] if row.assertion else None,
                "is_retired": False,
            }
            old = there.pop(row.key, None)
            if old is None:
                Requirement.objects.create(edition=self.edition, ref=row.key, **values)
                self.change.added += 1
            elif self._keeps_its_meaning(old, row):
                self.change.changed += set_values(old, values)
        self._retire(there.values())

    def _keeps_its_meaning(self, old: Requirement, row: RequirementRow) -> bool:
        """Whether a reference still means what it meant, or says in words that it does not."""
        differing = [name for name in MEANING if getattr(old, name) != row.values[name]]
        if old.is_retired:
            differing.append("is_retired")
        said_so = row.values["reworded"] not in ("", old.reworded)
        if not differing or said_so:
            return True
        self._complain(
            row.line,
            f"{row.key} would mean something else ({', '.join(differing)}). Say in 'reworded' what "
            "changed, or give the new item a reference of its own that supersedes this one",
        )
        return False

    def _retire(self, missing: Iterable[Requirement]) -> None:
        """Retire what the file supersedes; refuse what simply vanished."""
        superseded = {row.supersedes for row in self.data.requirements}
        for old in missing:
            if old.ref in superseded:
                self.change.retired += set_values(old, {"is_retired": True})
            elif not old.is_retired:
                reason = f"{old.ref} is gone from the file, and no other item supersedes it"
                self._complain(self.data.edition.line, reason)

    def _complain(self, line: int, reason: str) -> None:
        """Note a problem in a line of the file."""
        self.problems.append(Problem(self.data.file, line, reason))
