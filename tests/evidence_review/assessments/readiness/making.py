"""Sites with answers, for tests of readiness."""

from collections.abc import Sequence
from datetime import timedelta

from django.utils import timezone

from evidence_review.assessments.models import Assessment
from portal.frameworks.models import Edition, Requirement
from tests.factories import (
    AssessmentFactory,
    EditionFactory,
    RequirementFactory,
    SiteFactory,
    VersionFactory,
    answered,
)

LEVELS = [
    {
        "code": "approaching",
        "name": "Approaching Standards",
        "once_only": True,
        "action_plan": True,
    },
    {"code": "met", "name": "Standards Met"},
    {
        "code": "exceeded",
        "name": "Standards Exceeded",
        "certificate": "Cyber Essentials Plus",
    },
]
SECTIONS = ("Staffing and roles", "Data security")


def edition() -> Edition:
    """Return the one edition that is in use, with two needed questions and an optional one.

    ``9.1`` and ``9.2`` are needed for Met, ``9.1`` for Approaching too; ``9.3`` for nothing.
    """
    Edition.objects.update(in_use=False)
    made = EditionFactory(
        levels=LEVELS, sections=[{"name": name, "groups": []} for name in SECTIONS]
    )
    for ref, section, levels in (
        ("9.1", SECTIONS[0], ["approaching", "met"]),
        ("9.2", SECTIONS[1], ["met"]),
        ("9.3", SECTIONS[1], []),
    ):
        RequirementFactory(edition=made, ref=ref, section=section, levels=levels)
    return made


def site_with(
    complete: Sequence[str] = (), *, name: str = "", lapses_in: int | None = None
) -> Assessment:
    """Return the assessment of a new site, these questions of it complete.

    ``lapses_in``: their evidence is good for so many days, today not counted.
    """
    site = SiteFactory(name=name) if name else SiteFactory()
    assessment = AssessmentFactory(site=site)
    complete_for(assessment, complete, lapses_in=lapses_in)
    return assessment


def complete_for(
    assessment: Assessment, refs: Sequence[str], *, lapses_in: int | None = None
) -> None:
    """Complete these questions."""
    for response in assessment.responses.filter(requirement__ref__in=refs):
        evidence = []
        if lapses_in is not None:
            last = timezone.localdate() + timedelta(days=lapses_in)
            version = VersionFactory(
                approved=True, evidence__site=assessment.site, evidence__review_date=last
            )
            evidence = [version.evidence]
        answered(response, evidence=evidence)
    assessment.refresh_from_db()


def requirement(ref: str) -> Requirement:
    """Return a question of the edition."""
    return Requirement.objects.get(edition__code="test-edition", ref=ref)
