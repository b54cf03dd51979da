"""Giving, ending and mailing an access: who may, what is recorded, what is refused."""

from collections.abc import Sequence
from datetime import timedelta
from typing import Any

import pytest
from django.core import mail
from django.utils import timezone
from django_q.models import OrmQ

from evidence_review.inspection import notices, tasks
from evidence_review.inspection.actions.grant_access import grant_access
from evidence_review.inspection.actions.revoke_access import revoke_access
from evidence_review.inspection.actions.send_code import Asker, send_code
from evidence_review.inspection.actions.send_link import send_link
from evidence_review.inspection.invitation import Invitation, InvitationRefused
from evidence_review.inspection.models import InspectorAccess, InspectorCode
from evidence_review.inspection.permissions import user_can_see_inspectors
from evidence_review.inspection.queries import manageable_access
from evidence_review.inspection.states import AccessState
from portal.people.answers import NotPermitted
from portal.people.models import Site, User
from portal.people.roles import Role
from portal.record.models import Event
from portal.record.verbs import Verb
from tests.evidence_review.inspection.conftest import Clock, GiveAccess, page
from tests.factories import MembershipFactory, PersonFactory
from tests.fixtures.jobs import RunJobs

pytestmark = pytest.mark.django_db
NAUGHTY = [
    "<b>Kim</b>",
    "'; DROP TABLE people_user; --",
    "\u202eKim",
    "田中",
    "{{ 7 }}{% x %}",
    "🙂" * 60,
]


def lead_of(*sites: Site) -> User:
    """Return somebody who is IG lead of these sites and of nothing else."""
    person = PersonFactory.create(role=Role.IG_LEAD, site=sites[0])
    for site in sites[1:]:
        MembershipFactory.create(person=person, role=Role.IG_LEAD, site=site)
    return person


def test_giving_access_leaves_one_event_with_the_whole_scope_and_no_names_in_it(
    give_access: GiveAccess, ig_lead: User, site: Site
) -> None:
    access = give_access()
    event = Event.objects.get()
    assert event.verb == Verb.INSPECTOR_ACCESS_GRANTED
    assert event.object == access.record_ref
    assert (event.actor_ref, event.after) == (ig_lead.actor_ref, "open")
    assert event.facts["sites"] == site.public_id
    assert event.facts["editions"] == "test-edition"
    assert event.detail_data["email"] == "kim.park@cqc.example"
    for secret in (b"Kim", b"cqc.example", access.link_key.encode()):
        assert secret not in bytes(event.body)
    assert access.link_key not in event.detail.text
    assert access.history.get().history_user == ig_lead


def test_every_link_is_its_own_and_has_256_bits(give_access: GiveAccess) -> None:
    keys = {give_access().link_key for _ in range(20)}
    assert len(keys) == 20
    assert {len(key) for key in keys} == {43}


@pytest.mark.parametrize("role", [role for role in Role if role != Role.IG_LEAD])
def test_nobody_but_an_ig_lead_gives_access(give_access: GiveAccess, role: Role) -> None:
    somebody = PersonFactory.create(role=role)
    assert not user_can_see_inspectors(somebody)
    with pytest.raises(NotPermitted):
        give_access(actor=somebody)
    assert not InspectorAccess.objects.exists()
    assert not Event.objects.exists()


@pytest.mark.parametrize(
    ("led", "asked", "allowed"),
    [
        ("a", "a", True),
        ("a", "b", False),
        ("a", "ab", False),
        ("ab", "ab", True),
        ("ab", None, False),
    ],
)
def test_an_ig_lead_of_some_sites_gives_access_to_those_alone(
    give_access: GiveAccess, site: Site, other_site: Site, led: str, asked: Any, allowed: bool
) -> None:
    both = {"a": site, "b": other_site}
    actor = lead_of(*(both[name] for name in led))
    sites: Sequence[Site] | None = None if asked is None else [both[name] for name in asked]
    if allowed:
        assert give_access(actor=actor, sites=sites).granted_by == actor
        return
    with pytest.raises(NotPermitted):
        give_access(actor=actor, sites=sites)


@pytest.mark.parametrize(
    ("said", "field"),
    [
        ({"sites": []}, "sites"),
        ({"editions": []}, "editions"),
        ({"email": "not an address"}, "email"),
        ({"email": "kim@cqc.example\nBcc: all@cqc.example"}, "email"),
        ({"ends": timezone.now() - timedelta(minutes=1)}, "ends"),
        ({"ends": timezone.now() + timedelta(days=400)}, "ends"),
        ({"starts": timezone.now() + timedelta(days=20)}, "ends"),
    ],
)
def test_an_invitation_that_breaks_a_rule_leaves_nothing(
    give_access: GiveAccess, said: dict[str, Any], field: str
) -> None:
    with pytest.raises(InvitationRefused) as refused:
        give_access(**said)
    assert refused.value.field == field
    assert not InspectorAccess.objects.exists()
    assert not Event.objects.exists()


@pytest.mark.parametrize("text", NAUGHTY)
def test_names_are_kept_as_they_are(give_access: GiveAccess, text: str) -> None:
    access = give_access(name=text, inspector_organisation=text)
    access.refresh_from_db()
    assert access.name == text
    assert Event.objects.get().detail_data["inspector"] == f"{text}, {text}"


def test_revoking_is_recorded_once_and_cannot_be_done_twice(
    access: InspectorAccess, ig_lead: User
) -> None:
    ended = revoke_access(access, actor=ig_lead)
    assert ended.state is AccessState.REVOKED
    event = Event.objects.latest("seq")
    assert (event.verb, event.before, event.after) == (
        Verb.INSPECTOR_ACCESS_REVOKED,
        "open",
        "revoked",
    )
    again = revoke_access(access, actor=ig_lead)
    assert again.revoked_at == ended.revoked_at
    assert Event.objects.count() == 2


def test_an_access_that_has_ended_is_not_revoked_any_more(
    access: InspectorAccess, ig_lead: User, clock: Clock
) -> None:
    clock.forward(days=15)
    assert revoke_access(access, actor=ig_lead).state is AccessState.ENDED
    assert Event.objects.count() == 1


def test_only_an_ig_lead_of_all_its_sites_sees_and_revokes_an_access(
    give_access: GiveAccess, site: Site, other_site: Site
) -> None:
    both = give_access(sites=[site, other_site])
    every = give_access(sites=None)
    one = give_access(sites=[site])
    somebody = lead_of(site)
    assert list(manageable_access(somebody)) == [one]
    for out_of_reach in (both, every):
        with pytest.raises(NotPermitted):
            revoke_access(out_of_reach, actor=somebody)
        with pytest.raises(NotPermitted):
            send_link(out_of_reach, actor=somebody)
    assert revoke_access(one, actor=somebody).revoked_by == somebody
    assert list(manageable_access(lead_of(site, other_site))) == [one, both]


@pytest.mark.parametrize(
    ("starts", "ends", "revoked", "state"),
    [
        (-1, 1, None, "open"),
        (1, 2, None, "not_started"),
        (-2, -1, None, "ended"),
        (-1, 1, 0, "revoked"),
        (-2, -1, -1.5, "revoked"),
    ],
)
def test_the_state_follows_from_the_dates(
    starts: float, ends: float, revoked: float | None, state: str
) -> None:
    now = timezone.now()
    access = InspectorAccess(
        starts=now + timedelta(days=starts),
        ends=now + timedelta(days=ends),
        revoked_at=None if revoked is None else now + timedelta(days=revoked),
    )
    assert access.state == state
    assert access.is_open() == (state == "open")


def test_the_link_is_mailed_with_who_invites_and_until_when(
    access: InspectorAccess, ig_lead: User, run_jobs: RunJobs
) -> None:
    send_link(access, actor=ig_lead)
    assert mail.outbox == []
    assert run_jobs() == ["evidence_review.inspection.tasks.mail_link"]
    (sent,) = mail.outbox
    assert sent.to == ["kim.park@cqc.example"]
    assert page("open", access) in sent.body
    assert "Grace Adeyemi (demo)" in sent.body
    assert "Demo Care Group (demo)" in sent.body
    event = Event.objects.latest("seq")
    assert event.verb == Verb.INSPECTOR_ACCESS_LINK_SENT
    assert access.link_key not in str(event.data) + event.detail.text


def test_a_mail_holds_what_people_typed_without_escapes(
    give_access: GiveAccess, ig_lead: User, run_jobs: RunJobs
) -> None:
    access = give_access(name="O'Brien <demo> & Co")
    send_link(access, actor=ig_lead)
    run_jobs()
    assert "Hello O'Brien <demo> & Co," in mail.outbox[0].body


def test_the_link_of_an_access_that_is_over_is_not_mailed(
    access: InspectorAccess, ig_lead: User, run_jobs: RunJobs
) -> None:
    send_link(access, actor=ig_lead)
    revoke_access(access, actor=ig_lead)
    run_jobs()
    assert mail.outbox == []
    with pytest.raises(NotPermitted):
        send_link(access, actor=ig_lead)


def test_the_same_mailing_job_twice_sends_one_mail(
    access: InspectorAccess, ig_lead: User, run_jobs: RunJobs
) -> None:
    send_link(access, actor=ig_lead)
    send_code(access, Asker(browser_key=None, address="203.0.113.7"), actor=access)
    run_jobs()
    tasks.mail_link(access.pk)
    tasks.mail_code(InspectorCode.objects.get().pk)
    assert len(mail.outbox) == 2


def test_a_code_that_came_too_late_to_mail_is_not_mailed(
    access: InspectorAccess, run_jobs: RunJobs, clock: Clock
) -> None:
    send_code(access, Asker(browser_key=None, address="203.0.113.7"), actor=access)
    clock.forward(minutes=11)
    run_jobs()
    assert mail.outbox == []


def test_when_the_mail_server_fails_the_mails_can_still_be_sent(
    access: InspectorAccess, ig_lead: User, run_jobs: RunJobs, monkeypatch: pytest.MonkeyPatch
) -> None:
    def down(*_: Any) -> None:
        raise ConnectionRefusedError

    send_link(access, actor=ig_lead)
    send_code(access, Asker(browser_key=None, address="203.0.113.7"), actor=access)
    code = InspectorCode.objects.get()
    with monkeypatch.context() as patch:
        patch.setattr(tasks, "send_link_mail", down)
        patch.setattr(tasks, "send_code_mail", down)
        with pytest.raises(ConnectionRefusedError):
            tasks.mail_link(access.pk)
        with pytest.raises(ConnectionRefusedError):
            tasks.mail_code(code.pk)
    run_jobs()
    assert len(mail.outbox) == 2


def test_the_queue_holds_ids_and_nothing_else(access: InspectorAccess, ig_lead: User) -> None:
    send_code(access, Asker(browser_key=None, address="203.0.113.7"), actor=access)
    send_link(access, actor=ig_lead)
    arguments = [job.task["args"] for job in OrmQ.objects.order_by("pk")]
    assert arguments == [(InspectorCode.objects.get().pk,), (access.pk,)]


def test_an_invitation_starts_at_once_unless_it_says_when(
    ig_lead: User, site: Site, give_access: GiveAccess, clock: Clock
) -> None:
    later = clock.now + timedelta(days=2)
    edition = give_access().editions.get()
    invited = Invitation(
        name="Jo",
        email="jo@cqc.example",
        starts=later,
        ends=later + timedelta(days=1),
        sites=[site],
        editions=[edition],
    )
    assert grant_access(invited, actor=ig_lead).state is AccessState.NOT_STARTED
    clock.forward(days=2, seconds=1)
    assert InspectorAccess.objects.get(name="Jo").state is AccessState.OPEN


def test_the_address_in_the_mail_is_the_one_the_portal_is_reached_by(
    access: InspectorAccess, settings: Any
) -> None:
    settings.WAGTAILADMIN_BASE_URL = "https://portal.example/"
    assert notices.link_of(access) == f"https://portal.example{page('open', access)}"
