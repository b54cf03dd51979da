"""From the link to the summary: what opens it, and what does not."""

import re
from datetime import timedelta

import pytest
from django.core import mail
from django.db import connection
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from evidence_review.inspection.actions.revoke_access import revoke_access
from evidence_review.inspection.codes import code_of
from evidence_review.inspection.models import InspectorAccess, InspectorCode, InspectorSession
from portal.people.models import User
from portal.record.models import Event
from portal.record.verbs import Verb
from tests.evidence_review.inspection.conftest import (
    Clock,
    Enter,
    GiveAccess,
    mailed_code,
    page,
    text_of,
)
from tests.fixtures.jobs import RunJobs

pytestmark = pytest.mark.django_db
NAUGHTY = [
    "",
    "1234567",
    "123456789",
    "\uff11\uff12\uff13\uff14\uff15\uff16\uff17\uff18",
    "\u0663" * 8,
    "12345678'; DROP TABLE inspection_inspectorcode; --",
    "<script>alert(1)</script>",
    "1234\x005678",
    "9" * 5000,
    "-1234567",
    "1e7",
    "\u202e12345678",
]


def verbs() -> list[str]:
    return list(Event.objects.order_by("seq").values_list("verb", flat=True))


def another(code: str) -> str:
    """Return eight digits that are not the code."""
    return f"{(int(code.replace(' ', '')) + 1) % 10**8:08d}"


def ask(access: InspectorAccess, run_jobs: RunJobs, browser: Client) -> str:
    answer = browser.post(page("send_code", access))
    assert answer.headers["Location"] == page("code", access)
    run_jobs()
    return mailed_code()


def try_code(access: InspectorAccess, browser: Client, code: str) -> bool:
    """Type a code; tell whether it opened the summary."""
    browser.post(page("code", access), {"code": code})
    return browser.get(page("summary", access)).status_code == 200


def test_the_link_says_who_invites_and_until_when_and_nothing_of_the_inspector(
    access: InspectorAccess, client: Client
) -> None:
    answer = client.get(page("open", access))
    said = text_of(answer)
    assert "Grace Adeyemi (demo), Senior carer, has invited you" in said
    assert f"{timezone.localtime(access.ends):%H:%M}" in said
    assert "cqc.example" in said
    assert "kim.park" not in said
    assert "Kim Park" not in said


def test_opening_the_link_changes_nothing_because_mail_programs_open_links(
    access: InspectorAccess, client: Client, run_jobs: RunJobs
) -> None:
    before = verbs()
    for name in ("open", "code"):
        assert client.get(page(name, access)).status_code == 200
        assert client.head(page(name, access)).status_code == 405
    assert client.get(page("send_code", access)).status_code == 405
    assert client.get(page("leave", access)).status_code == 405
    assert run_jobs() == []
    assert verbs() == before
    assert not InspectorCode.objects.exists()
    assert mail.outbox == []


def test_a_code_goes_to_the_work_address_alone(
    access: InspectorAccess, client: Client, run_jobs: RunJobs
) -> None:
    ask(access, run_jobs, client)
    (sent,) = mail.outbox
    assert sent.to == ["kim.park@cqc.example"]
    assert access.link_key not in sent.body


def test_the_right_code_opens_the_summary_and_each_step_is_recorded(
    access: InspectorAccess, enter: Enter
) -> None:
    browser = enter(access)
    assert browser.get(page("summary", access)).status_code == 200
    assert verbs() == [
        Verb.INSPECTOR_ACCESS_GRANTED,
        Verb.INSPECTOR_ACCESS_CODE_SENT,
        Verb.INSPECTOR_ACCESS_OPENED,
        Verb.INSPECTOR_ACCESS_SUMMARY_VIEWED,
    ]
    assert Event.objects.get(seq=3).actor_ref == access.actor_ref


@pytest.mark.parametrize(
    "spaced", ["{a}{b}", "{a} {b}", " {a}-{b} ", "{a}\u00a0{b}", "{a}\u2013{b}"]
)
def test_a_code_may_be_typed_with_the_spaces_of_the_mail(
    access: InspectorAccess, client: Client, run_jobs: RunJobs, spaced: str
) -> None:
    first, second = ask(access, run_jobs, client).split()
    assert try_code(access, client, spaced.format(a=first, b=second))


def test_a_wrong_code_opens_nothing_and_says_how_often_one_may_try(
    access: InspectorAccess, client: Client, run_jobs: RunJobs
) -> None:
    code = ask(access, run_jobs, client)
    answer = client.post(page("code", access), {"code": another(code)})
    assert "That is not the code. Check the 8 digits. You can try 4 more times." in text_of(answer)
    assert "Error: Enter your code" in text_of(answer)
    assert Event.objects.latest("seq").verb == Verb.INSPECTOR_ACCESS_CODE_REFUSED
    assert Event.objects.latest("seq").facts == {"tries_left": 4}
    assert not InspectorSession.objects.exists()
    assert try_code(access, client, code)


def test_after_five_wrong_tries_the_right_code_opens_nothing(
    access: InspectorAccess, client: Client, run_jobs: RunJobs
) -> None:
    code = ask(access, run_jobs, client)
    for _ in range(4):
        assert not try_code(access, client, another(code))
    answer = client.post(page("code", access), {"code": another(code)})
    assert "tried too many times. Ask for a new one." in text_of(answer)
    assert not try_code(access, client, code)
    assert verbs().count(Verb.INSPECTOR_ACCESS_CODE_REFUSED) == 5


def test_a_code_lasts_ten_minutes(
    access: InspectorAccess, client: Client, run_jobs: RunJobs, clock: Clock
) -> None:
    code = ask(access, run_jobs, client)
    clock.forward(minutes=10, seconds=1)
    answer = client.post(page("code", access), {"code": code})
    assert "Codes work once, for 10 minutes. Ask for a new one." in text_of(answer)
    assert not InspectorSession.objects.exists()


def test_a_code_works_just_before_its_ten_minutes_are_over(
    access: InspectorAccess, client: Client, run_jobs: RunJobs, clock: Clock
) -> None:
    code = ask(access, run_jobs, client)
    clock.forward(minutes=9, seconds=59)
    assert try_code(access, client, code)


def test_a_code_works_once(access: InspectorAccess, client: Client, run_jobs: RunJobs) -> None:
    code = ask(access, run_jobs, client)
    asked_here = client.cookies["inspector-asked"].value
    assert try_code(access, client, code)
    client.cookies.clear()
    client.cookies["inspector-asked"] = asked_here
    assert not try_code(access, client, code)


def test_a_code_works_only_in_the_browser_that_asked_for_it(
    access: InspectorAccess, client: Client, run_jobs: RunJobs
) -> None:
    code = ask(access, run_jobs, client)
    assert not try_code(access, Client(), code)
    elsewhere = Client()
    elsewhere.cookies["inspector-asked"] = "x" * 43
    assert not try_code(access, elsewhere, code)
    assert try_code(access, client, code)


def test_a_stranger_with_the_link_cannot_use_up_the_tries_of_the_inspector(
    access: InspectorAccess, client: Client, run_jobs: RunJobs
) -> None:
    code = ask(access, run_jobs, client)
    before = verbs()
    stranger = Client()
    for _ in range(20):
        assert not try_code(access, stranger, another(code))
    assert verbs() == before
    assert try_code(access, client, code)


def test_the_code_before_a_late_one_still_works_and_then_both_are_spent(
    access: InspectorAccess, client: Client, run_jobs: RunJobs, clock: Clock
) -> None:
    first = ask(access, run_jobs, client)
    clock.forward(minutes=2)
    second = ask(access, run_jobs, client)
    assert first != second
    asked_here = client.cookies["inspector-asked"].value
    assert try_code(access, client, first)
    client.cookies.clear()
    client.cookies["inspector-asked"] = asked_here
    assert not try_code(access, client, second)


@pytest.mark.parametrize("typed", NAUGHTY)
def test_what_is_no_code_at_all_costs_no_try(
    access: InspectorAccess, client: Client, run_jobs: RunJobs, typed: str
) -> None:
    code = ask(access, run_jobs, client)
    answer = client.post(page("code", access), {"code": typed})
    assert answer.status_code == 200
    assert "<script>alert" not in answer.content.decode()
    assert InspectorCode.objects.get().wrong_tries == 0
    assert try_code(access, client, code)


def test_the_code_is_nowhere_in_the_database(
    access: InspectorAccess, client: Client, run_jobs: RunJobs
) -> None:
    client.post(page("send_code", access))
    tables = connection.introspection.table_names()
    run_jobs()
    digits = mailed_code().replace(" ", "")
    kept = []
    with connection.cursor() as cursor:
        for table in tables:
            cursor.execute(f'SELECT * FROM "{table}"')  # noqa: S608 - names from the database
            kept += [str(value) for row in cursor.fetchall() for value in row]
    assert not [value for value in kept if digits in value]


def test_codes_differ_and_begin_with_every_digit(access: InspectorAccess) -> None:
    codes = {code_of(InspectorCode(access=access, browser="", address="")) for _ in range(2000)}
    assert len(codes) > 1990
    assert all(re.fullmatch(r"\d{8}", code) for code in codes)
    assert {code[0] for code in codes} == set("0123456789")


def _dead_links(give_access: GiveAccess, ig_lead: User, clock: Clock) -> dict[str, InspectorAccess]:
    ended = give_access(ends=clock.now + timedelta(minutes=5))
    revoked = revoke_access(give_access(), actor=ig_lead)
    clock.forward(minutes=6)
    return {"ended": ended, "revoked": revoked, "unknown": InspectorAccess(link_key="A" * 43)}


@pytest.mark.parametrize("name", ["open", "code", "summary"])
def test_unknown_ended_and_revoked_links_answer_with_the_very_same_page(
    give_access: GiveAccess, ig_lead: User, clock: Clock, name: str
) -> None:
    answers = {
        which: Client().get(page(name, access))
        for which, access in _dead_links(give_access, ig_lead, clock).items()
    }
    assert {answer.status_code for answer in answers.values()} == {404}
    assert len({text_of(answer) for answer in answers.values()}) == 1
    said = text_of(answers["ended"])
    assert "ask the care provider for a new one" in said
    for secret in ("Grace", "Kim", "cqc.example", "Rowan House"):
        assert secret not in said


@pytest.mark.parametrize("name", ["send_code", "code"])
def test_nothing_can_be_posted_to_a_dead_link(
    give_access: GiveAccess, ig_lead: User, clock: Clock, run_jobs: RunJobs, name: str
) -> None:
    for access in _dead_links(give_access, ig_lead, clock).values():
        before = verbs()
        assert Client().post(page(name, access), {"code": "12345678"}).status_code == 404
        assert verbs() == before
    assert run_jobs() == []


@pytest.mark.parametrize(
    "key", ["x", "A" * 42, "A" * 44, "%00" * 43, "' OR 1=1 --", "🙂" * 43, "A" * 3000]
)
def test_what_is_no_link_of_ours_is_never_looked_for(client: Client, key: str) -> None:
    answer = client.get(f"/inspection/{key}/")
    assert answer.status_code == 404
    assert "This link does not work" in text_of(answer)


def test_a_link_that_has_not_started_says_when_and_sends_no_code(
    give_access: GiveAccess, client: Client, run_jobs: RunJobs, clock: Clock
) -> None:
    access = give_access(starts=clock.now + timedelta(days=1))
    said = text_of(client.get(page("open", access)))
    assert "This link works from" in said
    assert "Send me a code" not in said
    assert client.post(page("send_code", access)).status_code == 404
    assert run_jobs() == []
    clock.forward(days=1, minutes=1)
    assert ask(access, run_jobs, client)


def test_an_access_revoked_after_the_code_was_sent_cannot_be_entered(
    access: InspectorAccess, client: Client, run_jobs: RunJobs, ig_lead: User
) -> None:
    code = ask(access, run_jobs, client)
    revoke_access(access, actor=ig_lead)
    assert client.post(page("code", access), {"code": code}).status_code == 404
    assert not InspectorSession.objects.exists()


def test_who_is_in_already_goes_straight_to_the_summary(
    access: InspectorAccess, enter: Enter
) -> None:
    browser = enter(access)
    assert browser.get(page("open", access)).headers["Location"] == page("summary", access)


def test_forms_behind_the_link_are_protected_though_their_origin_is_null(
    access: InspectorAccess,
) -> None:
    browser = Client(enforce_csrf_checks=True)
    found = re.search(
        r'csrfmiddlewaretoken" value="([^"]+)', browser.get(page("open", access)).content.decode()
    )
    assert found
    token = {"csrfmiddlewaretoken": found[1]}
    address = page("send_code", access)
    assert browser.post(address).status_code == 403
    assert browser.post(address, headers={"origin": "null"}).status_code == 403
    elsewhere = {"origin": "https://elsewhere.example"}
    assert browser.post(address, token, headers=elsewhere).status_code == 403
    assert not InspectorCode.objects.exists()
    assert browser.post(address, token, headers={"origin": "null"}).status_code == 302
    assert InspectorCode.objects.count() == 1


def test_a_signed_in_member_of_staff_is_treated_like_anybody_with_the_link(
    access: InspectorAccess, client: Client, ig_lead: User, enter: Enter
) -> None:
    client.force_login(ig_lead)
    assert "Send me a code" in text_of(client.get(page("open", access)))
    assert client.get(page("summary", access)).headers["Location"] == page("open", access)
    enter(access, client)
    assert "Kim Park (demo)" in text_of(client.get(page("summary", access)))
    assert client.session["_auth_user_id"] == str(ig_lead.pk)
    client.post(page("leave", access))
    assert client.session["_auth_user_id"] == str(ig_lead.pk)


def test_an_inspector_is_signed_in_to_nothing_else(access: InspectorAccess, enter: Enter) -> None:
    browser = enter(access)
    for address in (reverse("evidence:list"), reverse("wagtailadmin_home")):
        answer = browser.get(address)
        assert answer.status_code == 302
        assert "/login/?next=" in answer.headers["Location"]
