"""Named selections of claims, filtered in SQL by what the person may see."""

from collections.abc import Collection, Iterable

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import timezone

from evidence_review.assessments.models import StatementClaim
from evidence_review.evidence.models import Evidence, EvidenceLink, EvidenceVersion
from evidence_review.evidence.queries import visible_evidence
from evidence_review.evidence.states import VersionState
from portal.frameworks.models import Requirement
from portal.people.models import Membership, Site, User
from portal.people.queries import active_on, roles_anywhere, site_ids_for
from portal.people.roles import EVIDENCE_READERS, EVIDENCE_WRITERS

OFFERED = 50
"""How many pieces of evidence a form offers to tick, beside those that are ticked."""

_TIED = StatementClaim.evidence.through.objects.filter(statementclaim=OuterRef("pk"))


def visible_claims(person: User) -> QuerySet[StatementClaim]:
    """Return the claims the person may see, also withdrawn ones: their sites' and the whole's."""
    claims = StatementClaim.objects.select_related(
        "statement__edition", "category", "site", "owner"
    )
    if not roles_anywhere(person) & EVIDENCE_READERS:
        return claims.none()
    sites = site_ids_for(person, EVIDENCE_READERS)
    if sites is None:
        return claims
    return claims.filter(Q(site__isnull=True) | Q(site__in=sites))


def standing_claims(person: User) -> QuerySet[StatementClaim]:
    """Return the visible claims that are not withdrawn, each with ``is_shown`` added to it."""
    return visible_claims(person).filter(withdrawn_at__isnull=True).annotate(is_shown=IS_SHOWN)


def revision_of(claim: StatementClaim) -> int:
    """Return a number that grows with every change of a claim."""
    newest: int = claim.history.order_by("-pk").values_list("pk", flat=True)[0]
    return newest


def _approved(evidence: str) -> Exists:
    approved = EvidenceVersion.objects.filter(
        evidence=OuterRef(evidence), state=VersionState.APPROVED
    )
    return Exists(approved.order_by())


IS_SHOWN = Exists(_TIED.filter(_approved("evidence"))) & ~Exists(
    _TIED.exclude(_approved("evidence"))
)
"""Whether a claim has evidence, and all of it is approved: then inspectors are shown it."""


def possible_owners(person: User, held: StatementClaim | None = None) -> QuerySet[User]:
    """Return who may own a claim the person makes: who works with evidence where they do.

    The owner of the claim ``held`` is always among them.
    """
    works = Membership.objects.filter(
        active_on(timezone.localdate()), person=OuterRef("pk"), role__in=EVIDENCE_WRITERS
    ).order_by()
    sites = site_ids_for(person, EVIDENCE_WRITERS)
    if sites is not None:
        works = works.filter(Q(site__isnull=True) | Q(site__in=sites))
    owns = Q(pk=held.owner_id) if held else Q(pk__in=())
    found = User.objects.filter(Q(is_active=True) & Q(Exists(works)) | owns)
    return found.order_by("first_name", "last_name", "pk")


def evidence_to_choose(
    statement: Requirement,
    speaking: Iterable[Requirement],
    person: User,
    *,
    site: Site | None,
    held: StatementClaim | None,
    named: Collection[str],
) -> list[Evidence]:
    """Return the evidence a form offers for a claim: the newest that speaks to the statement.

    What the claim ``held`` has, and what is ``named`` by public id, is always among it, as far as
    the person may see it. ``is_approved`` is added to each.
    """
    requirements = [statement.pk, *(one.pk for one in speaking)]
    ties = EvidenceLink.objects.filter(evidence=OuterRef("pk"), requirement__in=requirements)
    seen = visible_evidence(person).select_related("site").annotate(is_approved=_approved("pk"))
    fitting = seen.filter(Exists(ties.order_by()))
    if site:
        fitting = fitting.filter(Q(site=site) | Q(site__isnull=True))
    always = Q(public_id__in=named)
    if held:
        always |= Q(pk__in=held.evidence.order_by().values("pk"))
    newest: list[Evidence] = list(fitting.order_by("-created_at", "-pk")[:OFFERED])
    listed = {one.pk for one in newest}
    return newest + [one for one in seen.filter(always) if one.pk not in listed]
