"""Choose the sites that head office answers for, and let sites go again."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass

from django.db import transaction
from django.utils import timezone

from evidence_review.assessments.models import Assessment, Coverage
from evidence_review.assessments.permissions import user_can_run_assessment
from evidence_review.assessments.sameness import why_not
from evidence_review.assessments.sentences import listed
from portal.people.answers import require
from portal.people.models import Site, User
from portal.record.record import record
from portal.record.verbs import Verb
from portal.refused import Refused

_NAMED_AT_MOST = 3


class NotHeadOffice(Refused):
    """Only head office answers for sites."""

    status = 409


class CannotCover(Refused):
    """Head office may not answer for these sites."""

    status = 409


@dataclass(frozen=True)
class Covered:
    """What came of it: the sites that are new, and those that are let go."""

    added: list[Site]
    ended: list[Site]


def lock_head_office(assessment: Assessment) -> Assessment:
    """Lock a head office assessment for an action.

    Raises:
        NotHeadOffice: it is a site's own.
    """
    assessment = (
        Assessment.objects.select_for_update(no_key=True, of=("self",))
        .select_related("edition")
        .get(pk=assessment.pk)
    )
    if not assessment.is_head_office:
        raise NotHeadOffice("Only head office answers for other sites. This is a site's own.")
    return assessment


@transaction.atomic
def cover_sites(assessment: Assessment, sites: Collection[Site], *, actor: User) -> Covered:
    """Let head office answer for exactly these sites, and for no other.

    Changing nothing writes nothing. A site that is let go and chosen again is asked everything
    anew.

    Raises:
        NotPermitted: the actor may not run this assessment.
        NotHeadOffice: it is a site's own.
        CannotCover: the four questions are not all answered with yes, or one of the sites is
            closed or has an assessment of its own.
    """
    assessment = lock_head_office(assessment)
    require(user_can_run_assessment(actor, assessment))
    held = {
        row.site_id: row
        for row in assessment.coverage.filter(ended_at__isnull=True).select_related("site")
    }
    wanted = {site.pk for site in sites}
    added = sorted((site for site in sites if site.pk not in held), key=lambda site: site.name)
    if added:
        _check(assessment, added)
    Coverage.objects.bulk_create([Coverage(assessment=assessment, site=site) for site in added])
    gone = [row for site_id, row in held.items() if site_id not in wanted]
    _end(gone)
    if added or gone:
        _record(assessment, added, gone, actor)
    return Covered(added, [row.site for row in gone])


@transaction.atomic
def end_coverage(assessment: Assessment, rows: Sequence[Coverage], *, actor: User) -> None:
    """Let these sites go. Nothing happens for none.

    Raises:
        NotPermitted: the actor may not run this assessment.
    """
    require(user_can_run_assessment(actor, assessment))
    if rows:
        _end(rows)
        _record(assessment, [], rows, actor)


def _check(assessment: Assessment, added: Sequence[Site]) -> None:
    if reason := why_not(assessment):
        raise CannotCover(reason)
    closed = [site for site in added if not site.is_active]
    if closed:
        raise CannotCover(f"{_named(closed)} {_are(closed)} closed. Leave closed sites out.")
    own = Assessment.objects.filter(edition=assessment.edition_id, site__in=[s.pk for s in added])
    started = [one.site for one in own.select_related("site") if one.site]
    if started:
        raise CannotCover(
            f"{_named(started)} {_have(started)} started an assessment of "
            f"{'its' if len(started) == 1 else 'their'} own. "
            "A site is either covered by head office or answers for itself."
        )


def _end(rows: Iterable[Coverage]) -> None:
    Coverage.objects.filter(pk__in=[row.pk for row in rows]).update(ended_at=timezone.now())


def _record(
    assessment: Assessment, added: Sequence[Site], gone: Sequence[Coverage], actor: User
) -> None:
    record(
        Verb.ASSESSMENT_COVERED,
        assessment.record_ref,
        actor=actor,
        facts={
            "added": ",".join(site.public_id for site in added),
            "ended": ",".join(row.site.public_id for row in gone),
        },
        detail={
            "for": assessment.owner_name,
            "sites added": [site.name for site in added],
            "sites let go": [row.site.name for row in gone],
        },
    )


def _named(sites: Sequence[Site]) -> str:
    return listed([site.name for site in sites], at_most=_NAMED_AT_MOST)


def _are(sites: Sequence[Site]) -> str:
    return "is" if len(sites) == 1 else "are"


def _have(sites: Sequence[Site]) -> str:
    return "has" if len(sites) == 1 else "have"
