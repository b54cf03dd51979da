"""Giving and ending roles, and whether somebody gets in."""

import re
from datetime import timedelta
from smtplib import SMTPServerDisconnected
from typing import Any
from urllib.parse import urlsplit

import pytest
from django.contrib.auth import get_user
from django.core import mail
from django.core.mail.backends.locmem import EmailBackend
from django.test import Client
from django.utils import timezone
from django_q.models import OrmQ, Schedule
from django_q.signing import SignedPackage
from pytest_django import Settings

from portal.accounts.actions.give_link import hand_over_link, send_link
from portal.accounts.tasks import mail_password_link
from portal.people.answers import NotPermitted
from portal.people.models import User
from portal.people.queries import roles_anywhere
from portal.people.roles import Role
from portal.record.models import Event
from tests.factories import MembershipFactory, PersonFactory, SiteFactory
from tests.fixtures.jobs import RunJobs
from tests.portal.accounts.making import page, sent, url_of, verbs

pytestmark = pytest.mark.django_db
NEW = "three-quiet-brown-teapots"


@pytest.fixture
def anna() -> User:
    """Somebody who has not chosen a password yet."""
    person: User = PersonFactory.create(first_name="Anna", email="anna@demo.example")
    person.set_unusable_password()
    person.save(update_fields=["password"])
    return person


def fresh(person: User) -> User:
    """Return the person as a new request would find them."""
    return User.objects.get(pk=person.pk)


def choose_password(link: str) -> None:
    """Open a link in a new browser and choose a password there."""
    client = Client()
    form = client.get(urlsplit(link).path, follow=True)
    answer = client.post(form.redirect_chain[-1][0], {"password1": NEW, "password2": NEW})
    assert answer.status_code == 302


def can_sign_in(email: str) -> bool:
    """Tell whether the new password opens the door."""
    client = Client()
    client.post("/account/login/", {"login": email, "password": NEW})
    return get_user(client).is_authenticated


# --- Roles ------------------------------------------------------------------------------------


def role_form(**changes: Any) -> dict[str, Any]:
    return {
        "role": "ig_lead",
        "site": "every",
        "starts": timezone.localdate().isoformat(),
        "ends": "",
    } | changes


def test_a_role_is_given_and_opens_the_admin_at_once(desk: Client, anna: User) -> None:
    sent(desk, url_of("give_role", anna), role_form(), status=302)
    assert roles_anywhere(fresh(anna)) == {Role.IG_LEAD}
    assert anna.groups.get().name == "ig_lead"
    assert verbs() == ["membership.granted"]


def test_a_role_may_begin_later_and_have_an_end(desk: Client, anna: User) -> None:
    today = timezone.localdate()
    days = {
        "starts": (today + timedelta(days=2)).isoformat(),
        "ends": (today + timedelta(days=9)).isoformat(),
    }
    site = SiteFactory.create()
    sent(desk, url_of("give_role", anna), role_form(site=site.public_id, **days), status=302)
    membership = anna.memberships.get()
    assert (membership.starts, membership.ends) == (
        today + timedelta(days=2),
        today + timedelta(days=9),
    )
    assert membership.site == site
    assert roles_anywhere(fresh(anna)) == frozenset()


@pytest.mark.parametrize(
    ("starts", "ends", "said"),
    [
        (-1, None, "The first day must be today or later"),
        (3, 2, "The last day must be the first day or later"),
    ],
)
def test_days_that_make_no_sense_are_refused(
    desk: Client, anna: User, starts: int, ends: int | None, said: str
) -> None:
    today = timezone.localdate()
    form = role_form(
        starts=(today + timedelta(days=starts)).isoformat(),
        ends="" if ends is None else (today + timedelta(days=ends)).isoformat(),
    )
    assert said in sent(desk, url_of("give_role", anna), form, status=400)
    assert verbs() == []


def test_a_role_that_is_held_already_is_not_given_twice(desk: Client, anna: User) -> None:
    MembershipFactory.create(person=anna, role=Role.IG_LEAD)
    shown = sent(desk, url_of("give_role", anna), role_form(), status=409)
    assert shown.count("This person already has this role there on some of these days") == 2
    assert verbs() == []


def test_ending_a_role_says_first_what_follows(desk: Client, anna: User) -> None:
    lead = MembershipFactory.create(person=anna, role=Role.IG_LEAD)
    shown = page(desk, url_of("end_role", anna, lead.pk))
    assert "They can no longer approve, return or refuse evidence" in shown
    assert "Nobody else is IG lead" in shown
    assert "has no other role" in shown
    PersonFactory.create(role=Role.IG_LEAD)
    MembershipFactory.create(person=anna, role=Role.STAFF)
    shown = page(desk, url_of("end_role", anna, lead.pk))
    assert "Nobody else is IG lead" not in shown
    assert "Their other roles stay as they are" in shown


def test_a_role_is_ended_at_once(desk: Client, anna: User) -> None:
    lead = MembershipFactory.create(person=anna, role=Role.IG_LEAD)
    sent(desk, url_of("end_role", anna, lead.pk), {"last_day": ""}, status=302)
    assert roles_anywhere(fresh(anna)) == frozenset()
    assert not anna.groups.exists()
    assert verbs() == ["membership.ended"]


def test_a_role_is_ended_on_a_day_to_come(desk: Client, anna: User) -> None:
    lead = MembershipFactory.create(person=anna, role=Role.IG_LEAD)
    last = timezone.localdate() + timedelta(days=5)
    sent(desk, url_of("end_role", anna, lead.pk), {"last_day": last.isoformat()}, status=302)
    lead.refresh_from_db()
    assert lead.ends == last
    assert roles_anywhere(fresh(anna)) == {Role.IG_LEAD}


@pytest.mark.parametrize("days", [-1, 9])
def test_an_end_neither_lies_in_the_past_nor_makes_a_role_longer(
    desk: Client, anna: User, days: int
) -> None:
    today = timezone.localdate()
    lead = MembershipFactory.create(person=anna, role=Role.IG_LEAD, ends=today + timedelta(days=5))
    last = (today + timedelta(days=days)).isoformat()
    sent(desk, url_of("end_role", anna, lead.pk), {"last_day": last}, status=400)
    assert verbs() == []


def test_a_role_that_is_over_cannot_be_ended_again(desk: Client, anna: User) -> None:
    over = MembershipFactory.create(
        person=anna, role=Role.IG_LEAD, ends=timezone.localdate() - timedelta(days=1)
    )
    assert desk.post(url_of("end_role", anna, over.pk), {}).status_code == 404


def test_a_role_is_ended_only_by_way_of_its_person(desk: Client, anna: User) -> None:
    theirs = MembershipFactory.create(role=Role.IG_LEAD)
    assert desk.get(url_of("end_role", anna, theirs.pk)).status_code == 404


def test_the_last_administrator_is_told_to_find_another_first(
    desk: Client, administrator: User
) -> None:
    own = administrator.memberships.get()
    url = url_of("end_role", administrator, own.pk)
    assert "This is your own role" in page(desk, url)
    assert "Nobody else is portal administrator for good" in sent(desk, url, {}, status=409)


def test_an_administrator_who_ends_their_own_role_is_led_out(
    desk: Client, administrator: User
) -> None:
    PersonFactory.create(role=Role.PORTAL_ADMIN)
    own = administrator.memberships.get()
    answer = desk.post(url_of("end_role", administrator, own.pk), {}, follow=True)
    assert answer.redirect_chain == [("/", 302)]
    assert answer.status_code == 200


# --- The link to choose a password --------------------------------------------------------------


def test_the_link_in_the_mail_lets_somebody_new_in(
    desk: Client, anna: User, run_jobs: RunJobs
) -> None:
    sent(desk, url_of("send_link", anna), {}, status=302)
    assert mail.outbox == []
    run_jobs()
    (letter,) = mail.outbox
    assert letter.subject == "Choose your password for Wellkept"
    found = re.search(r"https?://\S+/key/\S+", str(letter.body))
    assert found
    choose_password(found[0])
    assert can_sign_in("anna@demo.example")
    assert "does not work any more" in Client().get(urlsplit(found[0]).path).content.decode()


def test_somebody_with_a_password_gets_other_words(desk: Client, run_jobs: RunJobs) -> None:
    person = PersonFactory.create(role=Role.STAFF)
    sent(desk, url_of("send_link", person), {}, status=302)
    run_jobs()
    assert mail.outbox[0].subject == "Set a new password for Wellkept"


def test_the_link_is_in_no_row_of_the_record_or_the_queue(desk: Client, anna: User) -> None:
    sent(desk, url_of("send_link", anna), {}, status=302)
    event = Event.objects.get()
    assert event.facts == {"way": "mail"}
    assert set(event.detail_data) == {"actor", "person", "email"}
    (job,) = OrmQ.objects.all()
    assert SignedPackage.loads(job.payload)["args"] == (anna.public_id,)


def test_a_link_given_by_hand_works_and_is_shown_once(desk: Client, anna: User) -> None:
    shown = sent(desk, url_of("hand_over_link", anna), {}, status=200)
    found = re.search(r"https?://\S+/key/[^<\s]+", shown)
    assert found
    assert desk.get(url_of("hand_over_link", anna)).status_code == 405
    choose_password(found[0])
    assert can_sign_in("anna@demo.example")
    assert verbs() == ["person.link_made"]


def test_no_link_is_given_by_hand_for_somebody_who_has_a_password(
    desk: Client, administrator: User
) -> None:
    person = PersonFactory.create(role=Role.IG_LEAD)
    assert "give by hand" not in page(desk, url_of("person", person))
    sent(desk, url_of("hand_over_link", person), {}, status=403)
    with pytest.raises(NotPermitted, match="has a password already"):
        hand_over_link(person, actor=administrator)
    assert verbs() == []


@pytest.mark.parametrize("role", [role for role in Role if role != Role.PORTAL_ADMIN], ids=str)
def test_only_administrators_make_links(anna: User, role: Role) -> None:
    actor = PersonFactory.create(role=role)
    for make in (send_link, hand_over_link):
        with pytest.raises(NotPermitted):
            make(anna, actor=actor)
    assert verbs() == []


@pytest.mark.parametrize("field", [{"email": None}, {"is_active": False}])
def test_nobody_gets_a_link_they_could_not_use(
    desk: Client, anna: User, field: dict[str, Any]
) -> None:
    User.objects.filter(pk=anna.pk).update(**field)
    sent(desk, url_of("send_link", anna), {}, status=403)
    sent(desk, url_of("hand_over_link", anna), {}, status=403)


def test_a_mail_is_not_sent_to_an_account_switched_off_meanwhile(anna: User) -> None:
    User.objects.filter(pk=anna.pk).update(is_active=False)
    mail_password_link(anna.public_id)
    assert mail.outbox == []


def test_a_mail_server_that_is_away_is_tried_again_and_its_last_failure_shows(
    anna: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    def away(self: EmailBackend, messages: object) -> int:
        raise SMTPServerDisconnected("gone")

    monkeypatch.setattr(EmailBackend, "send_messages", away)
    mail_password_link(anna.public_id)
    planned = Schedule.objects.get()
    assert planned.func == "portal.accounts.tasks.mail_password_link"
    assert planned.next_run > timezone.now()
    with pytest.raises(SMTPServerDisconnected):
        mail_password_link(anna.public_id, 3)


def test_without_a_mail_server_the_link_is_given_by_hand(
    desk: Client, anna: User, settings: Settings
) -> None:
    settings.EMAIL_BACKEND = "django.core.mail.backends.filebased.EmailBackend"
    shown = page(desk, url_of("person", anna))
    assert "No mail server is connected" in shown
    assert "Send the link" not in shown
    assert "Show a link to give by hand" in shown
    assert "with_link" not in page(desk, "/admin/people/add/")


# --- Off and on -------------------------------------------------------------------------------


def test_switching_an_account_off_names_what_follows_and_does_it(desk: Client) -> None:
    person = PersonFactory.create(role=Role.IG_LEAD)
    theirs = Client()
    theirs.force_login(person)
    assert "signed out everywhere at once" in page(desk, url_of("switch_off", person))
    assert verbs() == []
    sent(desk, url_of("switch_off", person), {}, status=302)
    assert not get_user(theirs).is_authenticated
    assert "Switch the account on" in page(desk, url_of("person", person))
    sent(desk, url_of("switch_on", person), {}, status=302)
    assert roles_anywhere(fresh(person)) == {Role.IG_LEAD}
    assert verbs() == ["person.deactivated", "person.reactivated"]


def test_nobody_is_offered_to_switch_themselves_off(desk: Client, administrator: User) -> None:
    assert "switch-off/" not in page(desk, url_of("person", administrator))
    shown = sent(desk, url_of("switch_off", administrator), {}, status=403)
    assert "You cannot switch off your own account" in shown
