"""The evidence summary as it was at a moment, out of ``past.in_scope``."""

from collections.abc import Collection, Iterable

from evidence_review.evidence.models import EvidenceVersion
from evidence_review.evidence.states import VersionState
from evidence_review.inspection.past import InScope, Scope, in_scope
from evidence_review.inspection.summary import Ties, newest_first
from portal.frameworks.models import Requirement
from portal.record.moments import Moment


class Then:
    """What somebody with a scope would have been shown at a moment. A ``summary.Source``.

    Under each requirement the evidence stands in the order in which the versions were uploaded; the
    summary of today goes by when it was tied. That tells only where there is more than is shown.
    """

    def __init__(self, scope: Scope, moment: Moment, inspectors: str) -> None:
        self.inspectors = inspectors
        self.found: InScope = in_scope(scope, moment)
        self.left_out = 0
        self._index()

    def leave_out_recalled(self) -> None:
        """Leave out what was recalled since, and count it: nobody outside is shown it again."""
        refs = {one.version.pk: ref for ref, one in self.found.good.items()}
        recalled = EvidenceVersion.objects.filter(state=VersionState.RECALLED)
        gone = {refs[pk] for pk in recalled.values_list("pk", flat=True) if pk in refs}
        self.left_out = len(gone)
        self.found = self.found.without(gone)
        self._index()

    def rows(self, most: int, code: str = "") -> list[Requirement]:
        """Return the requirements of the scope."""
        rows = [row for row in self.found.requirements if not code or row.code == code]
        for row in rows:
            tied, claimed = self._tied.get(row.code, []), self._claimed.get(row.code, [])
            row.newest = tied[:most]  # type: ignore[attr-defined]  # as the query of today adds it
            row.newest_claims = claimed[:most]  # type: ignore[attr-defined]  # likewise
        return rows

    def ties(self, claims: Collection[int]) -> Ties:
        """Return these claims with the versions under them."""
        wanted = set(claims)
        return [
            (one.claim, self.found.good[ref].version.pk)
            for one in self.found.claims
            if one.claim.pk in wanted
            for ref in one.evidence
        ]

    def versions(self, pks: Iterable[int]) -> list[EvidenceVersion]:
        """Return these versions."""
        return [self._versions[pk] for pk in pks if pk in self._versions]

    def in_order(self, pks: Iterable[int]) -> list[EvidenceVersion]:
        """Return these versions, the newest approval first."""
        return newest_first(self.versions(pks))

    def _index(self) -> None:
        self._versions: dict[int, EvidenceVersion] = {}
        self._tied: dict[str, list[int]] = {}
        self._claimed: dict[str, list[int]] = {}
        for good in self.found.good.values():
            version = good.version
            # The row says where the version stands today. These objects are not to be saved.
            version.state, version.state_since = VersionState.APPROVED, good.approval.at
            self._versions[version.pk] = version
            for code in good.tied:
                self._tied.setdefault(code, []).append(version.pk)
        for pks in self._tied.values():
            pks.sort(reverse=True)
        for one in self.found.claims:
            self._claimed.setdefault(one.statement, []).append(one.claim.pk)
