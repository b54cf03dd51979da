"""True rows for tests. Traits are named after the states of ``evidence_review.evidence.states``.

The rows satisfy every constraint and trigger of the database: an approved version has a clean
verdict on its bytes and a final decision by somebody who neither uploaded nor edited it. No events
are written: a test about the record goes through the actions.
"""

import hashlib
import tempfile
from collections.abc import Sequence
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import factory
from django.db.models import Model
from django.utils import timezone
from factory.django import DjangoModelFactory

from evidence_review.assessments.actions.restate import restate, retally
from evidence_review.assessments.models import AnswerEvidence, Assessment, Response
from evidence_review.evidence.models import (
    Evidence,
    EvidenceLink,
    EvidenceType,
    EvidenceVersion,
    GateReport,
)
from evidence_review.evidence.states import VersionState
from evidence_review.evidence.storage import byte_store
from evidence_review.retention.models import Disposal, RetentionRule
from evidence_review.retention.terms import Basis, after_months
from evidence_review.review.models import Decision, ReviewRoute, ReviewStep, StandIn
from evidence_review.scanning.models import Verdict
from portal.frameworks.models import Edition, Framework, Requirement
from portal.frameworks.queries import requirements_in_order
from portal.frameworks.states import AnswerKind
from portal.people.groups import follow_memberships
from portal.people.models import Membership, Organisation, Site, User
from portal.people.queries import forget_memberships
from portal.people.roles import Role

PASSWORD = "correct-horse-battery"
_FIRST_NAMES = ("Priya", "Grace", "Tom", "Amina", "Joan", "Marek", "Siân", "Owen")
_DECIDED = {
    VersionState.APPROVED: Decision.Outcome.APPROVE,
    VersionState.SUPERSEDED: Decision.Outcome.APPROVE,
    VersionState.RECALLED: Decision.Outcome.APPROVE,
    VersionState.RETURNED: Decision.Outcome.RETURN,
    VersionState.REFUSED: Decision.Outcome.REFUSE,
}
_BEFORE = dict.fromkeys(_DECIDED, VersionState.IN_REVIEW) | {
    VersionState.DISPOSED: VersionState.WITHDRAWN
}
_BY_WAY_OF_APPROVED = {VersionState.SUPERSEDED, VersionState.RECALLED}
_FOUND = {
    VersionState.INFECTED: Verdict.Value.INFECTED,
    VersionState.UNSCANNABLE: Verdict.Value.UNSCANNABLE,
    VersionState.CHECK_FAILED: Verdict.Value.ERROR,
}
_NEVER_SCANNED = {VersionState.WAITING, VersionState.REFUSED_BY_GATE}


Made = TypeVar("Made", bound=Model)


class Makes(DjangoModelFactory[Made]):
    """A factory that, called, gives the row it made."""

    class Meta:
        abstract = True

    if TYPE_CHECKING:

        def __new__(cls, *args: Any, **kwargs: Any) -> Made:  # type: ignore[misc]  # the metaclass does
            """Say what the metaclass does, which a type checker cannot see."""


class OrganisationFactory(Makes[Organisation]):
    """The provider; there is one, so it is found rather than made twice."""

    class Meta:
        model = Organisation
        django_get_or_create = ("name",)

    name = "Demo Care Group (demo)"
    ods_code = "A1B2C"


class SiteFactory(Makes[Site]):
    """An open care home."""

    class Meta:
        model = Site

    organisation = factory.SubFactory(OrganisationFactory)
    name = factory.Sequence(lambda n: f"Rowan House {n} (demo)")


class PersonFactory(Makes[User]):
    """A person who can sign in with ``PASSWORD``.

    ``role=Role.IG_LEAD`` gives that role since a year ago, everywhere or at ``site=...`` alone.
    """

    class Meta:
        model = User

    first_name = factory.Sequence(lambda n: f"{_FIRST_NAMES[n % len(_FIRST_NAMES)]}")
    last_name = factory.Sequence(lambda n: f"Nair {n} (demo)")
    job_title = "Senior carer"
    email = factory.Sequence(lambda n: f"person{n}@demo.example")
    password = factory.django.Password(PASSWORD)
    role = None
    site = None

    @classmethod
    def _create(
        cls,
        model_class: type[User],
        *args: Any,
        role: Role | None = None,
        site: Site | None = None,
        **kwargs: Any,
    ) -> User:
        person: User = super()._create(model_class, *args, **kwargs)
        if role:
            MembershipFactory(person=person, role=role, site=site)
        return person


def site_of(person: User) -> Site:
    """Return the one site where a person of the tests holds their role."""
    site = person.memberships.get().site
    if site is None:
        raise ValueError(f"{person} works everywhere")
    return site


class MembershipFactory(Makes[Membership]):
    """A role held since a year ago, without an end, for every site unless ``site`` is given."""

    class Meta:
        model = Membership

    person = factory.SubFactory(PersonFactory)
    role = Role.CONTRIBUTOR
    site = None
    starts = factory.LazyFunction(lambda: timezone.localdate() - timedelta(days=365))
    ends = None

    @classmethod
    def _create(cls, model_class: type[Membership], *args: Any, **kwargs: Any) -> Membership:
        membership: Membership = super()._create(model_class, *args, **kwargs)
        forget_memberships(membership.person)
        follow_memberships(membership.person)
        return membership


class FrameworkFactory(Makes[Framework]):
    """A framework of the tests' own, beside whatever catalogue is loaded."""

    class Meta:
        model = Framework
        django_get_or_create = ("code",)

    code = "test-framework"
    name = "Test framework"


class EditionFactory(Makes[Edition]):
    """The one edition of the tests' own framework."""

    class Meta:
        model = Edition
        django_get_or_create = ("code",)

    framework = factory.SubFactory(FrameworkFactory)
    code = "test-edition"
    name = "Test edition"


class RequirementFactory(Makes[Requirement]):
    """One requirement, with its own reference."""

    class Meta:
        model = Requirement

    edition = factory.SubFactory(EditionFactory)
    ref = factory.Sequence(lambda n: f"9.{n}")
    title = factory.LazyAttribute(lambda made: f"Requirement {made.ref}")
    question_plain = "Do you do this?"
    why_it_matters = "Because people rely on it."
    answer_kind = AnswerKind.DOCUMENT_OR_TEXT
    section = "Staffing and roles"
    position = factory.Sequence(lambda n: n)


class EvidenceTypeFactory(Makes[EvidenceType]):
    """One of the types every portal starts with, found by its code."""

    class Meta:
        model = EvidenceType
        django_get_or_create = ("code",)

    code = "document"
    name = factory.LazyAttribute(lambda made: made.code.capitalize())


class EvidenceFactory(Makes[Evidence]):
    """An evidence without versions, made by a contributor. ``requirements=[...]`` links it."""

    class Meta:
        model = Evidence
        skip_postgeneration_save = True

    title = factory.Sequence(lambda n: f"Data protection policy {n}")
    type = factory.SubFactory(EvidenceTypeFactory)
    site = factory.SubFactory(SiteFactory)
    created_by = factory.SubFactory(PersonFactory, role=Role.CONTRIBUTOR)
    owner = factory.SelfAttribute("created_by")

    @classmethod
    def _create(cls, model_class: Any, *args: Any, **kwargs: Any) -> Evidence:
        evidence: Evidence = model_class(*args, **kwargs)
        evidence._history_user = evidence.created_by
        evidence.save()
        return evidence

    @factory.post_generation
    def requirements(
        self: Evidence, create: bool, wanted: list[Requirement] | None, **extra: Any
    ) -> None:
        """Link what was asked for."""
        for requirement in wanted or ():
            link = EvidenceLink(evidence=self, requirement=requirement, added_by=self.created_by)
            link._history_user = self.created_by
            link.save()


class VerdictFactory(Makes[Verdict]):
    """What a scanner with today's signatures said of some bytes: CLEAN unless told otherwise."""

    class Meta:
        model = Verdict

    class Params:
        found_later = factory.Trait(
            verdict=Verdict.Value.INFECTED,
            signature_name="Portal.Test.Signature",
            cause=Verdict.Cause.RESCAN,
        )

    sha256 = "0" * 64
    verdict = Verdict.Value.CLEAN
    engine = "ClamAV 1.4.6"
    signature_version = "27800"
    signature_date = factory.LazyFunction(timezone.now)
    gate_version = "1"
    cause = Verdict.Cause.FIRST


def _step(state: VersionState) -> factory.Trait:
    return factory.Trait(state=state)


class VersionFactory(Makes[EvidenceVersion]):
    """The next version of an evidence, in review and clean unless a trait says otherwise.

    ``VersionFactory(approved=True)``, ``VersionFactory(infected=True)`` and so on for every state.
    ``content=b"..."`` sets the bytes, ``stored=True`` keeps them in the byte store as well.
    ``decider=...`` names who decided, for the states that follow a decision.
    """

    class Meta:
        model = EvidenceVersion

    class Params:
        waiting = _step(VersionState.WAITING)
        refused_by_gate = _step(VersionState.REFUSED_BY_GATE)
        infected = _step(VersionState.INFECTED)
        unscannable = _step(VersionState.UNSCANNABLE)
        check_failed = _step(VersionState.CHECK_FAILED)
        in_review = _step(VersionState.IN_REVIEW)
        approved = _step(VersionState.APPROVED)
        returned = _step(VersionState.RETURNED)
        refused = _step(VersionState.REFUSED)
        superseded = _step(VersionState.SUPERSEDED)
        withdrawn = _step(VersionState.WITHDRAWN)
        recalled = _step(VersionState.RECALLED)
        disposed = _step(VersionState.DISPOSED)

    evidence = factory.SubFactory(EvidenceFactory)
    number = factory.LazyAttribute(lambda made: made.evidence.versions.count() + 1)
    content = factory.Sequence(lambda n: b"Wellkept test file %d" % n)
    sha256 = factory.LazyAttribute(lambda made: hashlib.sha256(made.content).hexdigest())
    size = factory.LazyAttribute(lambda made: len(made.content))
    media_type = "application/pdf"
    extension = "pdf"
    original_name = factory.LazyAttribute(lambda made: f"policy-v{made.number}.pdf")
    uploaded_by = factory.SelfAttribute("evidence.created_by")
    state = VersionState.IN_REVIEW
    stored = False
    decider = None

    @classmethod
    def _create(
        cls,
        model_class: type[EvidenceVersion],
        *args: Any,
        state: VersionState,
        content: bytes,
        stored: bool,
        decider: User | None,
        **kwargs: Any,
    ) -> EvidenceVersion:
        if stored:
            keep(content)
        passed_through = _BEFORE.get(state, state)
        if state == VersionState.DISPOSED:
            long_ago = timezone.now() - timedelta(days=5 * 365)
            kwargs = {"uploaded_at": long_ago, "state_since": long_ago} | kwargs
        version: EvidenceVersion = super()._create(
            model_class, *args, state=passed_through, **kwargs
        )
        _check(version, state)
        if state in _DECIDED:
            DecisionFactory(
                version=version,
                outcome=_DECIDED[state],
                decider=decider or PersonFactory(role=Role.IG_LEAD),
            )
            if state in _BY_WAY_OF_APPROVED:
                _move(version, VersionState.APPROVED)
            if state == VersionState.RECALLED:
                VerdictFactory(sha256=version.sha256, found_later=True)
            _move(version, state)
        if state == VersionState.DISPOSED:
            DisposalFactory(version=version)
            _move(version, state)
        return version


def keep(content: bytes) -> str:
    """Keep bytes in the byte store; return their SHA-256."""
    sha256 = hashlib.sha256(content).hexdigest()
    store = byte_store()
    with tempfile.NamedTemporaryFile(dir=store.incoming()) as received:
        received.write(content)
        received.flush()
        store.keep(Path(received.name), sha256)
    return sha256


def _move(version: EvidenceVersion, state: VersionState) -> None:
    version.state, version.state_since = state, timezone.now()
    version.save(update_fields=("state", "state_since"))


def _check(version: EvidenceVersion, state: VersionState) -> None:
    """Write what gate and scanner said of a version that is, or has been, in this state."""
    if state == VersionState.WAITING:
        return
    refused = state == VersionState.REFUSED_BY_GATE
    outcome = GateReport.Outcome.REFUSED if refused else GateReport.Outcome.ACCEPTED
    GateReport.objects.create(
        version=version, outcome=outcome, facts={"pages": 9}, gate_version="1"
    )
    if state not in _NEVER_SCANNED:
        found = _FOUND.get(state, Verdict.Value.CLEAN)
        name = "Portal.Test.Signature" if found == Verdict.Value.INFECTED else ""
        VerdictFactory(sha256=version.sha256, verdict=found, signature_name=name)


class DecisionFactory(Makes[Decision]):
    """A final approval by an IG lead who has nothing to do with the version."""

    class Meta:
        model = Decision

    version = factory.SubFactory(VersionFactory)
    outcome = Decision.Outcome.APPROVE
    decider = factory.SubFactory(PersonFactory, role=Role.IG_LEAD)
    reason = factory.LazyAttribute(
        lambda made: "" if made.outcome == Decision.Outcome.APPROVE else "The date is missing."
    )
    sha256 = factory.SelfAttribute("version.sha256")
    is_final = True


def confirmed_rule(evidence_type: EvidenceType, **changes: Any) -> RetentionRule:
    """Return the rule of a kind of evidence, confirmed by somebody, with these values."""
    rule = RetentionRule.objects.get(type=evidence_type)
    for name, value in changes.items():
        setattr(rule, name, value)
    rule.confirmed_by = rule.confirmed_by or PersonFactory(role=Role.IG_LEAD)
    rule.confirmed_at = rule.confirmed_at or timezone.now()
    rule.save()
    return rule


class DisposalFactory(Makes[Disposal]):
    """The certificate of a version that was withdrawn, unapproved, and is due under its rule."""

    class Meta:
        model = Disposal

    version = factory.SubFactory(VersionFactory, withdrawn=True)
    sha256 = factory.SelfAttribute("version.sha256")
    size = factory.SelfAttribute("version.size")
    kind = factory.LazyAttribute(lambda made: made.version.evidence.type.name)
    was_approved = False
    months = factory.LazyAttribute(
        lambda made: confirmed_rule(made.version.evidence.type).months_never_approved
    )
    basis = Basis.STOPPED
    counted_from = factory.LazyAttribute(lambda made: timezone.localdate(made.version.state_since))
    kept_until = factory.LazyAttribute(lambda made: after_months(made.counted_from, made.months))
    method = "Deleted."
    disposed_by = factory.SubFactory(PersonFactory, role=Role.IG_LEAD)
    reason = "Its period is over."
    day = factory.LazyFunction(timezone.localdate)


class StandInFactory(Makes[StandIn]):
    """Somebody standing in for an IG lead, from yesterday until tomorrow."""

    class Meta:
        model = StandIn

    person = factory.SubFactory(PersonFactory, role=Role.IG_LEAD)
    stand_in = factory.SubFactory(PersonFactory, role=Role.EDITOR)
    starts = factory.LazyFunction(lambda: timezone.localdate() - timedelta(days=1))
    ends = factory.LazyFunction(lambda: timezone.localdate() + timedelta(days=1))


class RouteFactory(Makes[ReviewRoute]):
    """A route with ``steps=[(role, quorum), ...]``; without a type, the default one."""

    class Meta:
        model = ReviewRoute
        skip_postgeneration_save = True

    evidence_type = None

    @factory.post_generation
    def steps(
        self: ReviewRoute, create: bool, wanted: list[tuple[Role, int]] | None, **extra: Any
    ) -> None:
        """Make the steps, counted from 1."""
        for position, (role, quorum) in enumerate(wanted or [(Role.IG_LEAD, 1)], start=1):
            ReviewStep.objects.create(
                route=self, position=position, name=f"Step {position}", role=role, quorum=quorum
            )


class AssessmentFactory(Makes[Assessment]):
    """An assessment of the tests' own edition, with an empty answer to each of its requirements.

    Make the requirements first. ``site=None`` is head office's.
    """

    class Meta:
        model = Assessment

    edition = factory.SubFactory(EditionFactory)
    site = factory.SubFactory(SiteFactory)
    started_by = factory.SubFactory(PersonFactory, role=Role.IG_LEAD)

    @classmethod
    def _create(cls, model_class: Any, *args: Any, **kwargs: Any) -> Assessment:
        assessment: Assessment = model_class(*args, **kwargs)
        assessment._history_user = assessment.started_by
        assessment.save()
        Response.objects.bulk_create(
            [
                Response(assessment=assessment, requirement=requirement)
                for requirement in requirements_in_order(assessment.edition)
            ]
        )
        retally([assessment.pk])
        assessment.refresh_from_db()
        return assessment


def answered(
    response: Response,
    *,
    by: User | None = None,
    confirmed: bool = True,
    evidence: Sequence[Evidence] = (),
    **answer: Any,
) -> Response:
    """Give an answer to a response without its action, in words unless told otherwise."""
    person = by or PersonFactory(role=Role.CONTRIBUTOR)
    now = timezone.now()
    defaults = {"text": "Page 3 of our policy, approved 2 November 2026.", "tick": True}
    for name, value in (defaults | answer).items():
        setattr(response, name, value)
    response.answered_by, response.answered_at = person, now
    response.confirmed_by, response.confirmed_at = (person, now) if confirmed else (None, None)
    response.revision += 1
    response._history_user = person
    response.save()
    AnswerEvidence.objects.bulk_create(
        [AnswerEvidence(response=response, evidence=one, added_by=person) for one in evidence]
    )
    restate([response.pk])
    response.refresh_from_db()
    return response
