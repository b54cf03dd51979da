"""Whether what an inspector was shown is what the record says there was to show."""

import sys
from collections.abc import Iterable, Mapping
from typing import Any

from evidence_review.evidence.models import EvidenceVersion
from evidence_review.inspection.models import InspectorAccess
from evidence_review.inspection.parts import newest_claims_of, newest_of, section_key
from evidence_review.inspection.past import Scope
from evidence_review.inspection.past_summary import Then
from evidence_review.inspection.shown import Facts, version_facts, versions_in
from portal.record.moments import Moment

_TOLD = ("number", "sha256", "approved")
_OF_EVIDENCE = ("title", "claim", "site", "period_start", "period_end")
MOST = 20


def differences(
    page: Facts, access: InspectorAccess, moment: Moment, *, is_whole: bool = True
) -> list[str]:
    """Return in sentences where a kept page and the record differ; nothing when they agree.

    Compared are the files: which there are, their bytes, and what is said of the evidence. A page
    that shows only the first of many, or that left some out (not ``is_whole``), is compared in what
    it shows. Names of owners are not, because an erased person is erased from the past too; nor are
    the people at the top of the page.
    """
    then = Then(Scope.of_access(access), moment, access.inspector_organisation)
    found = []
    for key, kept, is_all in _parts(page):
        known = _known(then, key)
        found += [
            f"“{one['evidence']['title']}”, version {one['number']}, was shown; by the record "
            "it was not to be shown, or not like this."
            for name, one in kept.items()
            if name not in known or not _same(one, version_facts(known[name]))
        ]
        found += [
            f"“{one.evidence.title}”, version {one.number}, was to be shown and was not."
            for name, one in known.items()
            if is_all and is_whole and name not in kept
        ]
    return list(dict.fromkeys(found))[:MOST]


def _parts(page: Facts) -> Iterable[tuple[str, dict[str, Facts], bool]]:
    """Return the key of each part of a page, the files under it, and whether these are all."""
    if page["kind"] != "requirement":
        every = {part["key"]: part for chapter in page["chapters"] for part in chapter["parts"]}
        for key, kept in versions_in(page["chapters"]).items():
            yield key, kept, not every[key]["has_more"]
        return
    alone = [Facts(key=page["part"], versions=page["versions"], claims=page["claims"])]
    (kept,) = versions_in([{"parts": alone}]).values()
    yield page["part"], kept, page["number_of_pages"] == 1 and not page["has_more"]


def _known(then: Then, key: str) -> dict[str, EvidenceVersion]:
    """Return what the record has under a part, by public id: a requirement, or all of a section."""
    pks: set[int] = set()
    for row in then.rows(sys.maxsize):
        if key in {row.code, section_key(row)}:
            claimed = then.ties(newest_claims_of(row))
            pks |= {*newest_of(row), *(version for _, version in claimed)}
    return {version.public_id: version for version in then.versions(pks)}


def _same(kept: Mapping[str, Any], known: Mapping[str, Any]) -> bool:
    return [kept[name] for name in _TOLD] == [known[name] for name in _TOLD] and [
        kept["evidence"][name] for name in _OF_EVIDENCE
    ] == [known["evidence"][name] for name in _OF_EVIDENCE]
