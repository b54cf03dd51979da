"""Erasing what is kept of a person: what goes, what stays, and what the record says of it."""

from datetime import timedelta
from typing import Any

import pytest
from allauth.account.models import EmailAddress
from django.db import IntegrityError, transaction
from django.utils import timezone

from portal.erasure.actions import erase_person as erasing
from portal.erasure.actions.erase_event import erase_event
from portal.erasure.actions.erase_person import NotNow, erase_person
from portal.erasure.models import Erasure
from portal.erasure.reasons import Reason
from portal.erasure.subjects import find_subject, obstacles, places
from portal.erasure.tasks import sweep
from portal.people.actions.membership import end_membership, grant_membership
from portal.people.actions.person import (
    PersonDetails,
    PersonErased,
    add_person,
    change_person,
    deactivate_person,
    reactivate_person,
)
from portal.people.actions.token import create_token
from portal.people.answers import NotPermitted
from portal.people.erasing import subject_of
from portal.people.models import ApiToken, User
from portal.people.roles import Role
from portal.people.traces import Fate, Subject
from portal.record.actors import SETUP
from portal.record.models import ErasedDetail, Event, EventDetail
from portal.record.record import record
from portal.record.verbs import Verb
from portal.record.verification import problems
from tests.factories import PersonFactory, SiteFactory
from tests.fixtures.jobs import RunJobs

pytestmark = pytest.mark.django_db
NAME = "Wilhelmina Abernathy"
CARRY_ON = "portal.erasure.tasks.carry_on"
BEFORE = "Wilhelmina Oldcastle"


@pytest.fixture
def lead() -> User:
    """Return an IG lead of the whole organisation."""
    return PersonFactory(role=Role.IG_LEAD)


@pytest.fixture
def leaver() -> User:
    """Return somebody who was renamed, did things, was named in others' events, and left."""
    details = PersonDetails("Wilhelmina", "Oldcastle", "mina@demo.example", "Carer")
    person = add_person(details, actor=SETUP)
    details = PersonDetails("Wilhelmina", "Abernathy", "mina.a@demo.example", "Carer")
    person = change_person(person, details, actor=SETUP)
    EmailAddress.objects.create(user=person, email="mina.a@demo.example")
    long_ago = timezone.localdate() - timedelta(days=30)
    membership = grant_membership(
        person, Role.STAFF, site=SiteFactory(), starts=long_ago, actor=SETUP
    )
    create_token(person, "Mina's phone", actor=person)
    other = PersonFactory()
    record(Verb.EVIDENCE_CHANGED, other.record_ref, actor=other, detail={"owner": NAME})
    record(Verb.EVIDENCE_CHANGED, other.record_ref, actor=other, detail={"title": "Fire drill"})
    end_membership(membership, actor=SETUP)
    deactivate_person(person, actor=SETUP)
    return User.objects.get(pk=person.pk)


def subject(person: User) -> Subject:
    """Return the person as somebody to be erased."""
    found = subject_of(person.public_id)
    assert found
    return found


def erase(person: User, lead: User, **more: Any) -> Erasure:
    """Erase a person."""
    return erase_person(subject(person), actor=lead, reason=Reason.LEFT, **more)


def test_nothing_of_the_name_is_left_and_the_record_still_holds(leaver: User, lead: User) -> None:
    bodies = list(Event.objects.order_by("seq").values_list("body", flat=True))
    erasure = erase(leaver, lead)
    texts = " ".join(EventDetail.objects.values_list("text", flat=True))
    for word in (NAME, BEFORE, "mina@", "mina.a@", "Mina's"):
        assert word not in texts
    assert not User.history.filter(first_name="Wilhelmina").exists()
    assert "Fire drill" in texts
    assert list(Event.objects.order_by("seq").values_list("body", flat=True))[:-1] == bodies
    assert list(problems()) == []
    assert (erasure.finished_at is not None, erasure.words) == (True, [])
    assert erasure.details == ErasedDetail.objects.count() == 7


def test_the_account_stays_as_an_erased_person_without_any_way_in(leaver: User, lead: User) -> None:
    erase(leaver, lead)
    person = User.objects.get(pk=leaver.pk)
    assert (str(person), person.email, person.job_title) == ("Erased person", None, "")
    assert (person.actor_ref, person.is_active) == (leaver.actor_ref, False)
    assert not person.has_usable_password()
    assert set(person.history.values_list("first_name", "email")) == {("Erased", None)}
    assert not EmailAddress.objects.filter(user=person).exists()
    token = ApiToken.objects.get(person=person)
    assert (token.name, token.revoked_at is not None) == ("Erased", True)


def test_the_event_says_how_many_from_where_and_why_but_not_who(leaver: User, lead: User) -> None:
    erasure = erase(leaver, lead, words="They asked by letter.")
    event = Event.objects.get(verb=Verb.DETAILS_ERASED)
    facts = event.facts
    assert (facts["details"], facts["reason"]) == (7, "left")
    assert facts["erasure"] == erasure.public_id
    assert 0 < int(facts["first"]) < int(facts["last"]) < event.seq
    assert event.object == leaver.record_ref
    assert event.detail_data == {"actor": lead.actor_label, "reason": "They asked by letter."}


def test_what_was_erased_shows_when_in_place_of_the_name(leaver: User, lead: User) -> None:
    erase(leaver, lead)
    event = Event.objects.filter(actor_ref=leaver.actor_ref).first()
    assert event
    assert event.actor_label.startswith("Details erased on ")


def test_a_large_record_is_erased_step_by_step(
    leaver: User, lead: User, run_jobs: RunJobs, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(erasing, "WINDOW", 5)
    monkeypatch.setattr(erasing, "AT_ONCE", 2)
    erasure = erase(leaver, lead)
    assert 0 < erasure.percent < 100
    assert erasure.words
    assert list(problems()) == []
    run_jobs()
    erasure.refresh_from_db()
    assert erasure.finished_at
    assert erasure.details == ErasedDetail.objects.count() == 7
    steps = Event.objects.filter(verb=Verb.DETAILS_ERASED)
    assert steps.count() > 1
    assert {step.actor_ref for step in steps} == {lead.actor_ref}
    assert NAME not in " ".join(EventDetail.objects.values_list("text", flat=True))
    assert list(problems()) == []


def test_a_step_whose_job_was_lost_is_taken_up(
    leaver: User, lead: User, run_jobs: RunJobs, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(erasing, "WINDOW", 5)
    monkeypatch.setattr(erasing, "enqueue", lambda *args: None)
    erasure = erase(leaver, lead)
    monkeypatch.undo()
    sweep()
    assert CARRY_ON not in run_jobs()
    Erasure.objects.update(moved_at=timezone.now() - timedelta(hours=1))
    sweep()
    assert CARRY_ON in run_jobs()
    erasure.refresh_from_db()
    assert erasure.finished_at is not None


def test_what_will_happen_is_counted_by_place_first(leaver: User) -> None:
    found = {place.what: place for place in places(subject(leaver))}
    assert found["Name, job title and e-mail address"].fate is Fate.REPLACED
    assert found["Which roles they held, where and when"].fate is Fate.KEPT
    record_first = next(iter(found.values()))
    assert (record_first.count, record_first.fate) == (7, Fate.DELETED)


def test_a_name_that_somebody_else_has_is_not_looked_for(leaver: User, lead: User) -> None:
    PersonFactory(first_name="wilhelmina", last_name="Abernathy")
    assert NAME not in subject(leaver).words
    assert "mina.a@demo.example" in subject(leaver).words


@pytest.mark.parametrize("role", [role for role in Role if role != Role.IG_LEAD])
def test_nobody_but_an_ig_lead_erases(leaver: User, role: Role) -> None:
    with pytest.raises(NotPermitted, match="IG lead of the whole organisation"):
        erase(leaver, PersonFactory(role=role))


def test_an_ig_lead_of_one_site_does_not_erase(leaver: User) -> None:
    with pytest.raises(NotPermitted):
        erase(leaver, PersonFactory(role=Role.IG_LEAD, site=SiteFactory()))
    assert not Erasure.objects.exists()


def test_an_account_that_is_switched_on_is_not_erased(lead: User) -> None:
    with pytest.raises(NotNow, match="Switch it off first"):
        erase(PersonFactory(), lead)


def test_roles_that_still_run_are_ended_first(leaver: User, lead: User) -> None:
    grant_membership(leaver, Role.STAFF, site=None, actor=SETUP)
    assert obstacles(subject(leaver)) == ["1 role of theirs still run: end them."]
    with pytest.raises(NotNow, match="1 role"):
        erase(leaver, lead)


def test_nobody_is_erased_twice(leaver: User, lead: User) -> None:
    erase(leaver, lead)
    with pytest.raises(NotNow, match="erased already"):
        erase(leaver, lead)
    assert Event.objects.filter(verb=Verb.DETAILS_ERASED).count() == 1


def test_an_erased_account_is_neither_changed_nor_switched_on(leaver: User, lead: User) -> None:
    erase(leaver, lead)
    admin = PersonFactory(role=Role.PORTAL_ADMIN)
    with pytest.raises(PersonErased):
        reactivate_person(leaver, actor=admin)
    with pytest.raises(PersonErased):
        change_person(leaver, PersonDetails("A", "B", None), actor=admin)


def test_a_failure_half_way_erases_nothing(
    leaver: User, lead: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*args: object, **kwargs: object) -> None:
        raise RuntimeError("the power went")

    monkeypatch.setattr(erasing, "erase_details", fail)
    with pytest.raises(RuntimeError):
        erase(leaver, lead)
    assert str(User.objects.get(pk=leaver.pk)) == NAME
    assert not Erasure.objects.exists()


def test_nobody_unknown_is_found() -> None:
    assert find_subject("person", "nobody") is None
    assert find_subject("ghost", "nobody") is None


def test_one_event_is_erased_alone(leaver: User, lead: User) -> None:
    event = Event.objects.filter(actor_ref=leaver.actor_ref).first()
    assert event
    erasure = erase_event(event.seq, actor=lead, reason=Reason.MISTAKE)
    assert (erasure.object, erasure.facts["details"]) == (event.object, 1)
    assert ErasedDetail.objects.get().event_id == event.seq
    assert list(problems()) == []
    with pytest.raises(NotNow):
        erase_event(event.seq, actor=lead, reason=Reason.MISTAKE)
    with pytest.raises(NotPermitted):
        erase_event(event.seq + 1, actor=PersonFactory(), reason=Reason.MISTAKE)


@pytest.mark.parametrize(
    "change", [{"at_seq": 0}, {"details": 0}, {"finished_at": None}, {"reason": "other"}]
)
def test_the_database_does_not_let_an_erasure_go_back(
    leaver: User, lead: User, change: dict[str, object]
) -> None:
    erasure = erase(leaver, lead)
    with pytest.raises(IntegrityError, match="refused: "), transaction.atomic():
        Erasure.objects.filter(pk=erasure.pk).update(**change)
    with pytest.raises(IntegrityError, match="refused: "), transaction.atomic():
        Erasure.objects.filter(pk=erasure.pk).delete()
