"""What one access shows: which sites, requirements, versions and claims. All of it in SQL."""

from collections.abc import Iterable

from django.db.models import Exists, F, OuterRef, Q, QuerySet, Subquery
from django.utils import timezone

from evidence_review.assessments.models import StatementClaim
from evidence_review.evidence.models import Evidence, EvidenceLink, EvidenceVersion
from evidence_review.evidence.states import VersionState
from evidence_review.inspection.models import InspectorAccess
from evidence_review.inspection.newest import FirstIds
from evidence_review.scanning.models import Verdict
from portal.frameworks.models import Requirement
from portal.people.models import Membership, Site
from portal.people.queries import active_on
from portal.people.roles import Role


def sites_shown(access: InspectorAccess) -> QuerySet[Site]:
    """Return the sites of the access; for every site, those that are open."""
    sites = Site.objects.select_related("organisation")
    if access.every_site:
        return sites.filter(is_active=True)
    return sites.filter(pk__in=access.sites.values("pk"))


def managers_shown(access: InspectorAccess) -> QuerySet[Membership]:
    """Return today's registered managers of the sites of the access, each with the person."""
    managers = Membership.objects.filter(
        active_on(timezone.localdate()), role=Role.REGISTERED_MANAGER, person__is_active=True
    )
    if not access.every_site:
        managers = managers.filter(Q(site__isnull=True) | Q(site__in=access.sites.values("pk")))
    return managers.select_related("person").order_by("person__first_name", "person__last_name")


def requirements_shown(access: InspectorAccess) -> QuerySet[Requirement]:
    """Return the live requirements of the editions of the access, in catalogue order."""
    return (
        Requirement.objects.filter(edition__in=access.editions.values("pk"), is_retired=False)
        .select_related("edition", "edition__framework")
        .order_by("edition__position", "edition__code", "position", "pk")
    )


def shown_versions(access: InspectorAccess) -> QuerySet[EvidenceVersion]:
    """Return every version the inspector may be shown and given.

    Approved today; clean by the newest word on its bytes; of a site of the access or of the whole
    organisation; tied to a requirement of the access, or shown with a claim.
    """
    tied = EvidenceLink.objects.filter(
        evidence=OuterRef("evidence_id"),
        requirement__is_retired=False,
        requirement__edition__in=access.editions.values("pk"),
    )
    claimed = claims_shown(access).filter(evidence=OuterRef("evidence_id"))
    return _approved_and_clean().filter(
        _of_the_sites(access, "evidence__site"), Exists(tied) | Exists(claimed)
    )


def claims_shown(access: InspectorAccess) -> QuerySet[StatementClaim]:
    """Return every claim the inspector may be shown.

    Not withdrawn; of a site of the access or of the whole organisation; of a statement of the
    access; with evidence of those sites, and none that is not approved and clean, wherever it is.
    """
    ties = StatementClaim.evidence.through.objects.filter(statementclaim=OuterRef("pk"))
    good = Exists(_approved_and_clean().filter(evidence=OuterRef("evidence_id")))
    here = ties.filter(_of_the_sites(access, "evidence__site"), good)
    return StatementClaim.objects.filter(
        _of_the_sites(access, "site"),
        Exists(here),
        ~Exists(ties.filter(~good)),
        withdrawn_at__isnull=True,
        statement__is_retired=False,
        statement__edition__in=access.editions.values("pk"),
    ).order_by()


def with_newest_versions(
    requirements: QuerySet[Requirement], access: InspectorAccess, most: int
) -> QuerySet[Requirement]:
    """Add ``newest`` to each requirement: the pks of its shown versions, newest tie first.

    No more than ``most`` are looked for, so the cost does not grow with the evidence there is.
    """
    ties = EvidenceLink.objects.filter(requirement=OuterRef("pk"))
    if not access.every_site:
        # Before the virus check, which costs more: most of what there is may be of other sites. Not
        # EXISTS, which PostgreSQL would turn into a join with all that is of these sites.
        here = Evidence.objects.filter(_of_the_sites(access, "site"), pk=OuterRef("evidence_id"))
        ties = ties.alias(here=Subquery(here.order_by().values("pk")[:1])).filter(
            here__isnull=False
        )
    version = _approved_and_clean().filter(evidence=OuterRef("evidence_id")).values("pk")[:1]
    ties = ties.annotate(found=Subquery(version)).filter(found__isnull=False)
    return requirements.annotate(newest=FirstIds(ties.order_by("-pk").values("found")[:most]))


def with_newest_claims(
    requirements: QuerySet[Requirement], access: InspectorAccess, most: int
) -> QuerySet[Requirement]:
    """Add ``newest_claims`` to each requirement: the pks of its shown claims, newest first.

    No more than ``most`` are looked for.
    """
    claims = claims_shown(access).filter(statement=OuterRef("pk")).annotate(found=F("pk"))
    return requirements.annotate(
        newest_claims=FirstIds(claims.order_by("-pk").values("found")[:most])
    )


def ties_of_claims(
    access: InspectorAccess, claims: Iterable[int]
) -> list[tuple[StatementClaim, int]]:
    """Return these claims, each once for every shown version under it, with that version's pk.

    Asked from the claims, of which there are few: from the versions it would read them all.
    """
    version = _approved_and_clean().filter(evidence=OuterRef("evidence_id"))
    ties = (
        StatementClaim.evidence.through.objects.filter(
            _of_the_sites(access, "evidence__site"), Exists(version), statementclaim__in=claims
        )
        .annotate(shown=Subquery(version.values("pk")[:1]))
        .select_related("statementclaim__category", "statementclaim__site", "statementclaim__owner")
    )
    return [(tie.statementclaim, vars(tie)["shown"]) for tie in ties]


def _approved_and_clean() -> QuerySet[EvidenceVersion]:
    # The same word the database asks for before an approval: an error is no word on the bytes.
    newest_word = (
        Verdict.objects.filter(sha256=OuterRef("sha256"))
        .exclude(verdict=Verdict.Value.ERROR)
        .order_by("-pk")
        .values("verdict")[:1]
    )
    versions = EvidenceVersion.objects.filter(state=VersionState.APPROVED).order_by()
    return versions.alias(newest_word=Subquery(newest_word)).filter(newest_word=Verdict.Value.CLEAN)


def _of_the_sites(access: InspectorAccess, field: str) -> Q:
    if access.every_site:
        return Q()
    return Q(**{f"{field}__isnull": True}) | Q(**{f"{field}__in": access.sites.values("pk")})
