"""What stands on a page of the summary, as plain facts: the page is drawn from nothing else.

So what is kept of a page is what was on it. The names of the facts are those that the templates
ask for; ``words`` is what a thing is called where it is simply written out.
"""

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from typing import Any

from django.utils import timezone

from evidence_review.evidence.models import EvidenceVersion
from evidence_review.inspection.models import InspectorAccess
from evidence_review.inspection.parts import Chapter, ClaimShown, Part
from evidence_review.inspection.provider import Provider, ShownSite
from portal.people.models import User


class Facts(dict[str, Any]):
    """Facts of one thing, which is written out as its ``words``."""

    def __str__(self) -> str:
        return str(self.get("words", ""))


def version_facts(version: EvidenceVersion, approved: datetime | None = None) -> Facts:
    """Return one file with the evidence around it; ``approved`` where the row's state is later."""
    evidence = version.evidence
    return Facts(
        public_id=version.public_id,
        number=version.number,
        extension=version.extension,
        size=version.size,
        sha256=version.sha256,
        approved=timezone.localdate(approved or version.state_since),
        evidence=Facts(
            ref=evidence.public_id,
            title=evidence.title,
            claim=evidence.claim,
            type=str(evidence.type),
            site=str(evidence.site or ""),
            period_start=evidence.period_start,
            period_end=evidence.period_end,
            owner=person_facts(evidence.owner),
        ),
    )


def person_facts(person: User) -> Facts:
    """Return a person as the page names them."""
    return Facts(words=str(person), job_title=person.job_title)


def claim_facts(said: ClaimShown, versions: Iterable[Facts] | None = None) -> Facts:
    """Return one claim with the files under it."""
    claim = said.claim
    return Facts(
        claim=Facts(
            claim=claim.claim,
            what_changed=claim.what_changed,
            category=str(claim.category or ""),
            made=timezone.localdate(claim.made_at),
            site=str(claim.site or ""),
            owner=person_facts(claim.owner),
        ),
        versions=list(map(version_facts, said.versions) if versions is None else versions),
    )


def part_facts(part: Part) -> Facts:
    """Return one heading with what is shown under it, and how much there is."""
    return Facts(
        key=part.key,
        title=part.title,
        label=part.label,
        section=part.requirement.section,
        is_section=part.is_section,
        contents=[str(count) for count in part.contents],
        has_more=part.has_more,
        claims=[claim_facts(said) for said in part.claims],
        versions=[version_facts(version) for version in part.versions],
    )


def chapter_facts(chapter: Chapter) -> Facts:
    """Return one edition with its parts."""
    return Facts(
        edition=str(chapter.edition),
        has_sections=chapter.has_sections,
        parts=[part_facts(part) for part in chapter.parts],
    )


def provider_facts(provider: Provider) -> Facts:
    """Return the strip above the evidence: who is accountable, and what is published."""
    published = provider.published
    return Facts(
        name=provider.name,
        organisation=Facts(
            name=provider.organisation.name if provider.organisation else "",
            ods_code=provider.organisation.ods_code if provider.organisation else "",
        ),
        sites=[_site(one) for one in provider.sites],
        only_site=_site(provider.only_site) if provider.only_site else None,
        named=[
            Facts(words=str(one), duty=one.get_duty_display(), job_title=one.job_title)
            for one in provider.named
        ],
        published=published
        and Facts(
            level_name=published.level_name,
            edition=str(published.assessment.edition),
            entered_on=published.entered_on,
            frozen_on=timezone.localdate(published.published_at),
        ),
    )


def access_facts(access: InspectorAccess) -> Facts:
    """Return whose summary it is."""
    return Facts(name=access.name, inspector_organisation=access.inspector_organisation)


def _site(shown: ShownSite) -> Facts:
    return Facts(
        name=shown.site.name,
        cqc_location_id=shown.site.cqc_location_id,
        managers=[str(manager) for manager in shown.managers],
    )


def versions_in(chapters: Iterable[Mapping[str, Any]]) -> dict[str, dict[str, Facts]]:
    """Return by the key of each part the files that stand under it, with a claim or without."""
    found: dict[str, dict[str, Facts]] = {}
    for chapter in chapters:
        for part in chapter["parts"]:
            claimed = [one for said in part["claims"] for one in said["versions"]]
            under = {one["public_id"]: one for one in [*part["versions"], *claimed]}
            found.setdefault(part["key"], {}).update(under)
    return found


def as_kept(facts: Any) -> Any:
    """Return facts as JSON has them: days as ``{"day": "2026-03-31"}``."""
    if isinstance(facts, date):
        return {"day": facts.isoformat()}
    if isinstance(facts, Mapping):
        return {name: as_kept(value) for name, value in facts.items()}
    return [as_kept(one) for one in facts] if isinstance(facts, list) else facts


def as_drawn(kept: Any) -> Any:
    """Return kept facts as templates want them; the way back of ``as_kept``."""
    if isinstance(kept, dict):
        if kept.keys() == {"day"}:
            return date.fromisoformat(kept["day"])
        return Facts({name: as_drawn(value) for name, value in kept.items()})
    return [as_drawn(one) for one in kept] if isinstance(kept, list) else kept
