"""Assessments that are ready to be published, for tests."""

from typing import Any

from evidence_review.assessments.actions.publish import publish_assessment
from evidence_review.assessments.models import Assessment, Publication
from evidence_review.assessments.queries.publishing import draft_of
from portal.frameworks.states import AnswerKind
from portal.people.models import User
from portal.people.roles import Role
from tests.factories import (
    AssessmentFactory,
    EditionFactory,
    EvidenceFactory,
    PersonFactory,
    RequirementFactory,
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
    {"code": "exceeded", "name": "Standards Exceeded", "certificate": "Cyber Essentials Plus"},
]

SAID = {
    "kind": "text",
    "title": "Trained",
    "tick": None,
    "text": "Page 3.",
    "kept_where": "",
    "link": "",
    "document_date": "",
    "not_applicable": False,
    "reason_not_applicable": "",
    "comment": "",
    "answered_by": "",
    "answered_at": "",
    "confirmed_by": "",
    "confirmed_at": "",
}
"""An answer as a publication keeps it."""


def asked() -> None:
    """Make an edition of three questions: a tick and a document that levels need, and one more."""
    edition = EditionFactory.create()
    edition.levels = LEVELS
    edition.save()
    for ref, kind, levels in (
        ("1.1.1", AnswerKind.YES_NO, ["approaching", "met"]),
        ("1.1.2", AnswerKind.DOCUMENT_OR_TEXT, ["met"]),
        ("1.1.3", AnswerKind.TEXT, []),
    ):
        RequirementFactory.create(
            edition=edition,
            ref=ref,
            answer_kind=kind,
            levels=levels,
            question_plain=f"What about {ref}?",
            section="Data security" if ref == "1.1.3" else "Staffing and roles",
        )


def ready(**values: Any) -> Assessment:
    """Return an assessment whose needed answers are complete, one of them by approved evidence."""
    asked()
    assessment = AssessmentFactory.create(**values)
    of_ref = {
        one.requirement.ref: one for one in assessment.responses.select_related("requirement")
    }
    tick, document = of_ref["1.1.1"], of_ref["1.1.2"]
    evidence = EvidenceFactory.create(site=assessment.site, title="Training register")
    VersionFactory.create(evidence=evidence, approved=True)
    answered(tick, text="")
    answered(document, text="", kept_where="Blue folder", tick=None, evidence=[evidence])
    assessment.refresh_from_db()
    return assessment


def lead_of(assessment: Assessment) -> User:
    """Return an IG lead of the assessment's owner."""
    return PersonFactory.create(role=Role.IG_LEAD, site=assessment.site)


def published(assessment: Assessment, *, actor: User | None = None) -> Publication:
    """Publish an assessment by somebody who has seen it as it is."""
    return publish_assessment(
        assessment, seen=draft_of(assessment).seen, actor=actor or lead_of(assessment)
    )
