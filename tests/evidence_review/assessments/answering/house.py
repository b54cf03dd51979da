"""An assessment of a site with one question of each kind, and the people who answer it."""

from dataclasses import dataclass, field
from typing import Any

from django.test import Client
from django.urls import reverse

from evidence_review.assessments.models import Assessment, Response
from portal.frameworks.models import Requirement
from portal.frameworks.states import AnswerKind
from portal.people.models import Site, User
from portal.people.roles import Role
from tests.factories import (
    AssessmentFactory,
    EditionFactory,
    PersonFactory,
    RequirementFactory,
    SiteFactory,
)

SECTIONS = ["Staffing and roles", "Data security"]
LEVELS = [
    {"code": "approaching", "name": "Approaching Standards"},
    {"code": "met", "name": "Standards Met"},
    {"code": "exceeded", "name": "Standards Exceeded", "certificate": "Cyber Essentials Plus"},
]
NEEDED = ["approaching", "met", "exceeded"]


@dataclass
class House:
    """Everything a test of answering needs."""

    site: Site
    assessment: Assessment
    priya: User
    tom: User
    browser: Client = field(default_factory=Client)

    def response(self, ref: str) -> Response:
        """Return the answer to a question as it is kept now."""
        return self.assessment.responses.select_related("requirement__edition").get(
            requirement__ref=ref
        )

    def url(self, ref: str, name: str = "question") -> str:
        """Return an address of a question."""
        return reverse(f"assessments:{name}", args=(self.assessment.public_id, ref))

    def page(self, ref: str, status: int = 200) -> str:
        """Read the page of a question."""
        answer = self.browser.get(self.url(ref))
        assert answer.status_code == status
        return str(answer.content.decode())

    def send(self, ref: str, then: str = "next", **form: Any) -> Any:
        """Press a button of the page of a question."""
        sent = {"revision": self.response(ref).revision, "then": then} | form
        return self.browser.post(self.url(ref), sent)


def build() -> House:
    """Build the house, with Priya signed in."""
    edition = EditionFactory(
        in_use=True, levels=LEVELS, sections=[{"name": name} for name in SECTIONS]
    )
    _question(edition, "1.1", AnswerKind.YES_NO, na_allowed=True)
    _question(edition, "1.2", AnswerKind.TEXT)
    _question(edition, "1.3", AnswerKind.DOCUMENT_OR_TEXT, freshness_months=12)
    _question(edition, "2.1", AnswerKind.TEXT, section=SECTIONS[1])
    _question(edition, "2.2", AnswerKind.TEXT, section=SECTIONS[1], levels=[])
    site = SiteFactory(name="Rowan House (demo)")
    house = House(
        site=site,
        assessment=AssessmentFactory(edition=edition, site=site),
        priya=PersonFactory(first_name="Priya", role=Role.CONTRIBUTOR, site=site),
        tom=PersonFactory(first_name="Tom", role=Role.REGISTERED_MANAGER, site=site),
    )
    house.browser.force_login(house.priya)
    return house


def _question(edition: Any, ref: str, kind: AnswerKind, **more: Any) -> Requirement:
    made: Requirement = RequirementFactory(
        edition=edition,
        ref=ref,
        answer_kind=kind,
        question_plain=f"What about {ref}?",
        good_evidence=["A list with its date and who keeps it."],
        **({"levels": NEEDED, "section": SECTIONS[0]} | more),
    )
    return made
