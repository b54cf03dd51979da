"""Publish: hold the answers still as they were shown, under the level they reach today."""

from django.db import transaction
from django.utils import timezone

from evidence_review.assessments.actions.restate import retally
from evidence_review.assessments.blocking import sentences
from evidence_review.assessments.levels import Level, blocks, levels_of, next_level
from evidence_review.assessments.models import Assessment, Publication, PublishedAnswer
from evidence_review.assessments.permissions import user_can_publish
from evidence_review.assessments.queries.publishing import draft_of
from evidence_review.assessments.seen import Differences, Draft, Seen
from evidence_review.assessments.tally import Tally
from portal.people.answers import require
from portal.people.models import User
from portal.record.record import record
from portal.record.verbs import Verb
from portal.refused import Refused


class NoLevelReached(Refused):
    """The answers reach no level, so there is nothing to publish."""

    status = 409


class AlreadyPublished(Refused):
    """These very answers are published; ``publication`` is where."""

    status = 409

    def __init__(self, publication: Publication) -> None:
        self.publication = publication
        super().__init__("These answers are published already. Nothing has changed since.")


class ChangedSinceShown(Refused):
    """What would be published is not what the publisher was shown."""

    status = 409

    def __init__(self, differences: Differences) -> None:
        self.differences = differences
        super().__init__(
            "Something changed after you opened this page, so nothing was published. "
            "Read what changed, then publish again."
        )


@transaction.atomic
def publish_assessment(assessment: Assessment, *, seen: Seen, actor: User) -> Publication:
    """Freeze the answers the actor has ``seen`` as a publication.

    The owner's assessments are locked first, as every save of an answer and every change of its
    evidence does: so nothing changes between the look at ``seen`` and the freezing.

    Raises:
        NotPermitted: the actor may not publish here.
        AlreadyPublished: these very answers were published last.
        ChangedSinceShown: an answer, its evidence, the sites or the level differ from ``seen``.
        NoLevelReached: with what is missing, in full sentences.
    """
    assessment = _lock(assessment)
    require(user_can_publish(actor, assessment))
    draft = draft_of(assessment)
    _refuse_twice(assessment, draft)
    if differences := seen.differences(draft):
        raise ChangedSinceShown(differences)
    if draft.level is None:
        raise NoLevelReached(why_none(assessment))
    publication = _freeze(assessment, draft, draft.level, actor)
    retally(Assessment.objects.filter(site=assessment.site_id).values_list("pk", flat=True))
    record(
        Verb.ASSESSMENT_PUBLISHED,
        assessment.record_ref,
        actor=actor,
        after=draft.level.code,
        sha256=publication.answers_sha256,
        facts={
            "publication": publication.public_id,
            "edition": assessment.edition.code,
            "answers": len(draft.answers),
            "sites": len(draft.sites),
        },
        detail={"for": assessment.owner_name, "level": draft.level.name},
    )
    return publication


def why_none(assessment: Assessment) -> str:
    """Return why nothing can be published: what the lowest level that may be used still lacks."""
    levels = levels_of(assessment.edition.levels)
    tally, today = Tally.from_json(assessment.tally), timezone.localdate()
    said = ["These answers do not reach a level yet, so they cannot be published."]
    every = (blocks(levels, at, tally, today) for at in range(len(levels)))
    said += [sentences(found)[0] for found in every if found.was_published]
    if lowest := next_level(levels, tally, today):
        said += sentences(lowest)
    return " ".join(said)


def _lock(assessment: Assessment) -> Assessment:
    """Lock every assessment of the owner, in the order of all who lock several."""
    rows = Assessment.objects.select_for_update(no_key=True, of=("self",))
    found = rows.filter(site=assessment.site_id).select_related("edition", "site").order_by("pk")
    return next(one for one in found if one.pk == assessment.pk)


def _refuse_twice(assessment: Assessment, draft: Draft) -> None:
    last = assessment.publications.first()
    level = draft.level.code if draft.level else ""
    # Without a level it is the very first publication that used up the one there was.
    if (
        last is not None
        and last.answers_sha256 == draft.seen.sha256
        and last.sites == list(draft.sites)
        and level in ("", last.level)
    ):
        raise AlreadyPublished(last)


def _freeze(assessment: Assessment, draft: Draft, level: Level, actor: User) -> Publication:
    publication = Publication(
        assessment=assessment,
        level=level.code,
        level_name=level.name,
        sites=list(draft.sites),
        answers_sha256=draft.seen.sha256,
        published_by=actor,
    )
    publication._history_user = actor
    publication.save()
    for answer in draft.answers:
        answer.publication = publication
    PublishedAnswer.objects.bulk_create(draft.answers)
    return publication
