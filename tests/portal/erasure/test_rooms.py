"""What each room keeps of somebody: counted first, handed over, then erased."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from evidence_review.assessments.models import NamedPerson
from evidence_review.assessments.states import Duty
from evidence_review.inspection.actions.grant_access import grant_access
from evidence_review.inspection.actions.revoke_access import revoke_access
from evidence_review.inspection.erasing import subject_of as inspector
from evidence_review.inspection.invitation import Invitation
from evidence_review.inspection.models import InspectorAccess
from evidence_review.review.models import StandIn
from portal.erasure.actions.erase_person import NotNow, erase_person
from portal.erasure.reasons import Reason
from portal.erasure.subjects import obstacles, places
from portal.people.erasing import subject_of
from portal.people.models import User
from portal.people.roles import Role
from portal.people.traces import Fate, Subject
from portal.policies.models import PolicyPage
from portal.reading.models import PolicyQuestion
from portal.record.models import EventDetail
from portal.record.verification import problems
from portal.shared_devices.models import Pin
from tests.factories import (
    EditionFactory,
    EvidenceFactory,
    PersonFactory,
    StandInFactory,
    VersionFactory,
)
from tests.portal.reading.readers import asking, in_force

pytestmark = pytest.mark.django_db


@pytest.fixture
def lead() -> User:
    """Return an IG lead of the whole organisation."""
    return PersonFactory(role=Role.IG_LEAD)


@pytest.fixture
def leaver() -> User:
    """Return somebody who left."""
    return PersonFactory(is_active=False, first_name="Wilhelmina", last_name="Abernathy")


def subject(person: User) -> Subject:
    """Return the person as somebody to be erased."""
    found = subject_of(person.public_id)
    assert found
    return found


def named(person: User, **more: object) -> NamedPerson:
    """Name a person for a duty."""
    facts = {"job_title": "Director", "how_assigned": "By Wilhelmina's sister"}
    started = timezone.localdate() - timedelta(days=9)
    return NamedPerson.objects.create(
        duty=Duty.DSPT_LEAD, person=person, starts=started, **facts | more
    )


def test_what_is_still_theirs_is_handed_over_first(leaver: User, lead: User) -> None:
    owned = EvidenceFactory(owner=leaver)
    VersionFactory(evidence=owned, approved=True)
    VersionFactory(evidence=EvidenceFactory(owner=leaver), returned=True)
    named(leaver)
    page = asking()
    PolicyPage.objects.filter(pk=page.pk).update(policy_owner=leaver)
    StandInFactory(stand_in=leaver)
    said = obstacles(subject(leaver))
    assert said == [
        "They own policies in force (1): name another owner.",
        "They own approved evidence (1): name another owner.",
        "They have arrangements for a stand-in (1): end them.",
        "They are named for a duty (1): end it, or name another person.",
    ]
    with pytest.raises(NotNow, match="named for a duty"):
        erase_person(subject(leaver), actor=lead, reason=Reason.LEFT)


def test_every_room_erases_its_part(leaver: User, lead: User) -> None:
    yesterday = timezone.localdate() - timedelta(days=1)
    StandInFactory(
        person=leaver,
        starts=yesterday,
        ends=yesterday,
        reason="She is ill",
    )
    duty = named(leaver, ends=yesterday)
    page = asking()
    PolicyQuestion.objects.create(person=leaver, version=in_force(page), text="May I?")
    Pin.objects.create(person=leaver, encoded="x", set_by=leaver)
    fates = {place.what: place.fate for place in places(subject(leaver))}
    assert fates["Reasons for a stand-in, such as an illness"] is Fate.DELETED
    assert fates["PIN and sessions on shared tablets"] is Fate.DELETED
    erase_person(subject(leaver), actor=lead, reason=Reason.ASKED)
    duty.refresh_from_db()
    assert (duty.job_title, duty.how_assigned, str(duty)) == ("Erased", "Erased", "Erased person")
    assert set(duty.history.values_list("how_assigned", flat=True)) == {"Erased"}
    assert set(StandIn.objects.values_list("reason", flat=True)) == {""}
    assert not StandIn.history.exclude(reason="").exists()
    assert not PolicyQuestion.objects.exists()
    assert not Pin.objects.exists()


def test_an_inspector_is_erased_once_the_access_is_over(lead: User) -> None:
    invitation = Invitation(
        name="Kim Parkinson (demo)",
        email="kim.parkinson@cqc.example",
        starts=timezone.now(),
        ends=timezone.now() + timedelta(days=9),
        sites=None,
        editions=[EditionFactory()],
    )
    access = grant_access(invitation, actor=lead)
    found = inspector(access.public_id)
    assert found
    with pytest.raises(NotNow, match="End it first"):
        erase_person(found, actor=lead, reason=Reason.LEFT)
    revoke_access(access, actor=lead)
    erase_person(found, actor=lead, reason=Reason.LEFT)
    access = InspectorAccess.objects.get(pk=access.pk)
    assert (access.name, access.email, access.inspector_organisation) == ("Erased person", "", "")
    assert set(access.history.values_list("name", "email")) == {("Erased person", "")}
    assert "Parkinson" not in " ".join(EventDetail.objects.values_list("text", flat=True))
    assert list(problems()) == []
    with pytest.raises(NotNow, match="erased already"):
        erase_person(found, actor=lead, reason=Reason.LEFT)
    with pytest.raises(IntegrityError, match="refused: "), transaction.atomic():
        InspectorAccess.objects.filter(pk=access.pk).update(email="another@cqc.example")


def test_a_name_shared_with_another_access_is_not_looked_for(lead: User) -> None:
    facts = {"name": "Kim Parkinson (demo)", "email": "kim@cqc.example", "granted_by": lead}
    ends = timezone.now() + timedelta(days=9)
    first, _ = (InspectorAccess.objects.create(ends=ends, **facts) for _ in range(2))
    found = inspector(first.public_id)
    assert found
    assert found.words == ()
    assert inspector("nobody") is None
