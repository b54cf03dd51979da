"""Start an assessment: head office's, or a site's own."""

from django.db import IntegrityError, transaction

from evidence_review.assessments.actions.follow_evidence import join_what_is_there
from evidence_review.assessments.actions.restate import retally
from evidence_review.assessments.models import Assessment, Coverage, Response
from evidence_review.assessments.permissions import user_can_start_assessment
from portal.frameworks.models import Edition
from portal.frameworks.queries import requirements_in_order
from portal.people.answers import require
from portal.people.models import Site, User
from portal.record.record import record
from portal.record.verbs import Verb
from portal.refused import Refused


class AlreadyStarted(Refused):
    """There is one assessment for each site and edition."""

    status = 409


class CoveredByHeadOffice(Refused):
    """A site is either covered by head office or answers for itself."""

    status = 409


@transaction.atomic
def start_assessment(edition: Edition, site: Site | None, *, actor: User) -> Assessment:
    """Start an assessment with an empty answer to every question; ``None`` is head office.

    Evidence that is already tied to a requirement joins its answer.

    Raises:
        NotPermitted: the actor may not start one here.
        AlreadyStarted: there is one.
        CoveredByHeadOffice: head office answers for the site in this edition.
    """
    require(user_can_start_assessment(actor, site))
    refuse_covered(edition, site)
    assessment = Assessment(edition=edition, site=site, started_by=actor)
    assessment._history_user = actor
    try:
        with transaction.atomic():
            assessment.save()
    except IntegrityError:
        raise AlreadyStarted(
            f"{edition} is already started for {assessment.owner_name}. Open it from the list."
        ) from None
    Response.objects.bulk_create(
        [
            Response(assessment=assessment, requirement=requirement)
            for requirement in requirements_in_order(edition)
        ]
    )
    join_what_is_there(assessment, actor=actor)
    retally([assessment.pk])
    record(
        Verb.ASSESSMENT_STARTED,
        assessment.record_ref,
        actor=actor,
        facts={"edition": edition.code},
        detail={"for": assessment.owner_name},
    )
    return assessment


def refuse_covered(edition: Edition, site: Site | None) -> None:
    """Refuse an assessment of its own to a site that head office answers for.

    Raises:
        CoveredByHeadOffice: it does, in this edition.
    """
    covered = Coverage.objects.filter(assessment__edition=edition, site=site, ended_at__isnull=True)
    if site is not None and covered.exists():
        raise CoveredByHeadOffice(
            f"Head office answers for {site} in {edition}. To answer for itself, it must first be "
            "let go: ask the IG lead."
        )
