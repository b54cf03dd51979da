"""Record who was there when policies were read together."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from datetime import date

from django.db import IntegrityError, transaction
from django.utils import timezone
from wagtail.models import Page

from evidence_review.evidence.actions.upload import Upload, add_evidence
from evidence_review.evidence.details import EvidenceDetails
from evidence_review.evidence.models import EvidenceType
from evidence_review.meetings.models import Meeting, MeetingPerson, MeetingPolicy
from evidence_review.meetings.permissions import user_can_record_meetings
from evidence_review.meetings.queries import people_to_record
from portal.chrome.words import day
from portal.people.answers import require
from portal.people.models import Site, User
from portal.policies.models import PolicyVersion
from portal.reading.actions.acknowledge import acknowledge_together
from portal.record.record import record
from portal.record.verbs import Verb
from portal.refused import Refused

SHEET_TYPE = "sign-off-sheet"


class MeetingRefused(Refused):
    """The meeting cannot have been like that."""

    status = 422


@dataclass(frozen=True, kw_only=True)
class Held:
    """A meeting as it is told: where, when, what was read and who was there."""

    site: Site
    held_on: date
    versions: Sequence[PolicyVersion]
    people: Collection[User]


def record_meeting(held: Held, sheet: Upload, *, actor: User) -> Meeting:
    """Keep a meeting, its signed sheet as evidence, and a confirmation for everybody there.

    All of it or nothing. The same ``sheet.key`` sent again by the same person returns the meeting
    it made before.

    Raises:
        NotPermitted: the actor may not record meetings there, or not for one of the people.
        MeetingRefused: the day does not fit, or nobody there is asked to read one of the policies.
        StaleVersion: a major change was published meanwhile.
        UploadConflict: the key belongs to another upload.
    """
    key = sheet.key or ""
    try:
        with transaction.atomic():
            return _made_before(key, actor) or _record(held, sheet, key, actor)
    except IntegrityError:
        # Two requests with the same key at once: the other one won.
        if earlier := _made_before(key, actor):
            return earlier
        raise


def _made_before(key: str, actor: User) -> Meeting | None:
    return Meeting.objects.filter(key=key, recorded_by=actor).first()


def _record(held: Held, sheet: Upload, key: str, actor: User) -> Meeting:
    _lock(held, actor)
    require(user_can_record_meetings(actor, held.site))
    _check(held)
    version = add_evidence(replace(sheet, key=f"meeting-{key}"), _details(held), [], actor=actor)
    meeting = Meeting.objects.create(
        site=held.site, held_on=held.held_on, sheet=version.evidence, recorded_by=actor, key=key
    )
    MeetingPolicy.objects.bulk_create(
        [MeetingPolicy(meeting=meeting, version=one) for one in held.versions]
    )
    MeetingPerson.objects.bulk_create(
        [MeetingPerson(meeting=meeting, person=person) for person in held.people]
    )
    for one in held.versions:
        acknowledge_together(
            one,
            _asked_of(held, one),
            actor=actor,
            sheet_ref=meeting.public_id,
            sheet_sha256=version.sha256,
        )
    record(
        Verb.MEETING_RECORDED,
        meeting.record_ref,
        actor=actor,
        sha256=version.sha256,
        facts={
            "site": held.site.public_id,
            "held": held.held_on.isoformat(),
            "policies": ",".join(f"{one.page_id}:{one.number}" for one in held.versions),
            "people": len(held.people),
        },
        detail={"site": held.site.name, "people": [person.actor_label for person in held.people]},
    )
    return meeting


def _lock(held: Held, actor: User) -> None:
    """Take every row that others may hold while they wait for the record, each kind in one order.

    The record's own lock is taken by the first event, and nothing may be waited for after it.
    """
    pages = sorted({version.page_id for version in held.versions})
    list(Page.objects.select_for_update().filter(pk__in=pages).order_by("pk"))
    people = {actor.pk, *(person.pk for person in held.people)}
    list(User.objects.select_for_update(no_key=True).filter(pk__in=people).order_by("pk"))
    list(Site.objects.select_for_update(no_key=True).filter(pk=held.site.pk))


def _check(held: Held) -> None:
    if not held.people:
        raise MeetingRefused("Tick everybody who was there.")
    if not held.versions:
        raise MeetingRefused("Choose the policy that you read together.")
    if held.held_on > timezone.localdate():
        raise MeetingRefused("The day of the meeting must be today or earlier.")
    for version in held.versions:
        published = timezone.localdate(version.published_at)
        if held.held_on < published:
            raise MeetingRefused(
                f"Version {version.number} of “{version.page.title}” was published on "
                f"{day(published)}. Nobody can have read it together before that day."
            )
        if not _asked_of(held, version):
            raise MeetingRefused(
                f"“{version.page.title}” asks nobody of those who were there. Take it out."
            )


def _asked_of(held: Held, version: PolicyVersion) -> list[User]:
    """Return those present whom this policy asks to confirm."""
    present = {person.pk for person in held.people}
    asked = people_to_record(held.site, [version.page], from_everywhere=True)
    return list(asked.filter(pk__in=present))


def _details(held: Held) -> EvidenceDetails:
    titles = ", ".join(version.page.title for version in held.versions)
    return EvidenceDetails(
        title=f"Sign-off sheet, {day(held.held_on)}: {titles}"[:200],
        type=EvidenceType.objects.get(code=SHEET_TYPE),
        site=held.site,
        claim=f"{len(held.people)} people read it together and signed."[:300],
        period_start=held.held_on,
        period_end=held.held_on,
    )
