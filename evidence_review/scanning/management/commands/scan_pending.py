"""``manage.py scan_pending``: make the waiting virus checks here and now."""

from typing import Any

from django.core.management.base import BaseCommand

from evidence_review.evidence.states import VersionState
from evidence_review.scanning import readiness
from evidence_review.scanning.actions.check_version import check_version
from evidence_review.scanning.models import VersionCheck
from evidence_review.scanning.queries import waiting_versions


class Command(BaseCommand):
    """Checks every waiting version in the foreground and says what became of it."""

    help = "Check all waiting files for viruses now, and print what became of each."

    def handle(self, *args: Any, **options: Any) -> None:
        """Check what waits; versions another process is checking are left to it."""
        found = readiness.measure()
        if not found.ready:
            self.stderr.write(f"The virus scanner is not ready. {found.problem}")
        elif found.test_only:
            self.stderr.write("The virus scanner knows only a test signature.")
        pending = list(waiting_versions().values_list("public_id", "sha256", "original_name"))
        for public_id, sha256, name in pending:
            state = check_version(public_id)
            self.stdout.write(
                f"{public_id}  {sha256[:12]}  {name}: {self._words(public_id, state)}"
            )
        self.stdout.write(f"{len(pending)} waiting, {waiting_versions().count()} still waiting.")

    def _words(self, public_id: str, state: VersionState | None) -> str:
        if state is None:
            return "left alone: being checked elsewhere, or not due for another try yet"
        if state is not VersionState.WAITING:
            return state.label
        check = VersionCheck.objects.get(version__public_id=public_id)
        return f"could not be checked ({check.last_problem}); another try follows"
