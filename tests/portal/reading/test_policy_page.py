"""The page of a policy, in every state that a reader may find it in."""

from datetime import timedelta
from typing import Any

import pytest
from django.core.cache import cache
from django.test import Client
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries
from pytest_django.asserts import assertRedirects

from portal.people.models import User
from portal.people.roles import Role
from portal.policies.changes import Change
from portal.policies.models import PolicyPage
from portal.reading.models import Acknowledgement, How
from portal.record.models import Event
from portal.record.verbs import Verb
from tests.factories import PersonFactory, SiteFactory
from tests.portal.policies.making import BODY, draft, published
from tests.portal.reading.readers import asking, changed, confirms, in_force

pytestmark = pytest.mark.django_db
PATH = "/policies/keeping-information-safe/"
CONFIRM = f"{PATH}confirm/"


@pytest.fixture
def policy() -> PolicyPage:
    return asking()


@pytest.fixture
def reader() -> User:
    return PersonFactory.create(role=Role.STAFF, first_name="Priya")


@pytest.fixture
def browser(client: Client, reader: User) -> Client:
    client.force_login(reader)
    return client


def text(answer: Any) -> str:
    return " ".join(answer.content.decode().split())


def press_confirm(browser: Client, page: PolicyPage, **fields: Any) -> Any:
    return browser.post(CONFIRM, {"version": in_force(page).pk, "read": "on"} | fields)


def test_a_reader_is_told_by_when_to_confirm_what(browser: Client, policy: PolicyPage) -> None:
    page = text(browser.get(PATH))

    due = timezone.localdate() + timedelta(days=14)
    assert f"Read and confirm by {due.day} {due:%B %Y}" in page
    assert "1. Why this matters" in page
    assert '<a href="#part-1">Why this matters' in page
    assert "very <b>private</b> things" in page
    assert "Confirm I have read version 1" in page
    assert "What has changed" not in page
    assert "/versions/" not in page


def test_a_confirmation_is_kept_with_version_page_bytes_time_and_how(
    browser: Client, policy: PolicyPage, reader: User
) -> None:
    answer = press_confirm(browser, policy)

    assertRedirects(answer, f"{PATH}#confirm")
    kept = Acknowledgement.objects.get()
    version = in_force(policy)
    assert (kept.person, kept.version, kept.page_id) == (reader, version, policy.pk)
    assert (kept.sha256, kept.major, kept.how) == (version.sha256, 1, How.OWN)
    page = text(browser.get(PATH))
    assert "You have read this" in page
    assert "You confirmed version 1 on" in page
    assert "Confirm I have read" not in page


def test_confirming_twice_keeps_one(browser: Client, policy: PolicyPage) -> None:
    press_confirm(browser, policy)
    assertRedirects(press_confirm(browser, policy), f"{PATH}#confirm")

    assert Acknowledgement.objects.count() == 1
    assert Event.objects.filter(verb=Verb.POLICY_ACKNOWLEDGED).count() == 1


def test_who_forgets_the_tick_is_told_where_it_is(browser: Client, policy: PolicyPage) -> None:
    answer = browser.post(CONFIRM, {"version": in_force(policy).pk})

    page = text(answer)
    assert answer.status_code == 400
    assert "There is a problem" in page
    assert '<a href="#id_read">Tick the box to say you have read this policy</a>' in page
    assert "<title>Error: " in page
    assert not Acknowledgement.objects.exists()


@pytest.mark.parametrize("sent", ["", "x", "0", "-1", "9" * 30, "\x00", "1 OR 1", "²"])
def test_a_version_that_is_none_confirms_nothing(
    browser: Client, policy: PolicyPage, sent: str
) -> None:
    answer = press_confirm(browser, policy, version=sent)

    assert answer.status_code == 400
    assert not Acknowledgement.objects.exists()


def test_the_version_of_another_policy_confirms_nothing(
    browser: Client, policy: PolicyPage
) -> None:
    other = asking("Another one")

    answer = press_confirm(browser, policy, version=in_force(other).pk)

    assert answer.status_code == 400
    assert not Acknowledgement.objects.exists()


def test_a_version_replaced_a_second_ago_gives_a_page_with_what_changed(
    browser: Client, policy: PolicyPage
) -> None:
    seen = in_force(policy)
    changed(policy, body=[*BODY[:-1], ("paragraph", "<p>Never send photos.</p>")])

    answer = press_confirm(browser, policy, version=seen.pk)

    page = text(answer)
    assert answer.status_code == 409
    assert "Version 2 was published while you were reading version 1" in page
    assert "What has changed since version 1" in page
    assert "<ins>Never send photos.</ins>" in page
    assert f'name="version" value="{in_force(policy).pk}"' in page
    assert not Acknowledgement.objects.exists()
    assertRedirects(press_confirm(browser, policy), f"{PATH}#confirm")


def test_a_major_change_asks_again_and_shows_only_what_changed_since(
    browser: Client, policy: PolicyPage, reader: User
) -> None:
    confirms(reader, policy)
    changed(
        policy,
        summary="How we look after what we know.",
        change_note="Fewer words in the summary.",
    )

    page = text(browser.get(PATH))

    assert "Read and confirm by" in page
    assert "What has changed since you last read it" in page
    assert "You confirmed version 1 on" in page
    assert "1 part is new or different" in page
    assert "Fewer words in the summary." in page
    panel = page.partition('id="changed"')[2].partition("</section>")[0]
    assert "Lock the tablet" not in panel
    assert "Compare version 1 and version 2" in panel
    assert "See version 1<" in page


def test_a_minor_change_keeps_the_confirmation_and_says_so(
    browser: Client, policy: PolicyPage, reader: User
) -> None:
    confirms(reader, policy)
    changed(policy, title="Keeping information safer", change=Change.MINOR, change_note="A word.")

    page = text(browser.get(PATH))

    assert "You have read this" in page
    assert "Version 2 changed little: A word." in page
    assert "Confirm I have read" not in page
    assert Acknowledgement.objects.get().version.number == 1


def test_a_policy_that_asks_nothing_shows_no_box(browser: Client, policy: PolicyPage) -> None:
    changed(policy, asks_to_confirm=False)

    page = text(browser.get(PATH))

    assert "Read and confirm" not in page
    assert 'id="confirm"' not in page


def test_a_manager_reads_what_is_for_others_without_being_asked(client: Client) -> None:
    site = SiteFactory.create()
    asking(for_roles=[Role.STAFF])
    manager = PersonFactory.create(role=Role.REGISTERED_MANAGER, site=site)
    client.force_login(manager)

    page = text(client.get(PATH))

    assert "1. Why this matters" in page
    assert 'id="confirm"' not in page


def test_who_a_policy_is_not_for_is_told_why_and_sees_no_word_of_it(
    browser: Client, reader: User
) -> None:
    asking(for_roles=[Role.CONTRIBUTOR])

    answer = browser.get(PATH)

    assert answer.status_code == 403
    assert "This policy is not for your role or your site." in text(answer)
    assert "private" not in text(answer)
    version = in_force(PolicyPage.objects.get())
    assert browser.post(CONFIRM, {"version": version.pk, "read": "on"}).status_code == 403
    assert not Acknowledgement.objects.exists()


def test_a_withdrawn_policy_says_since_when_and_whom_to_ask(
    browser: Client, policy: PolicyPage
) -> None:
    policy.unpublish(user=PersonFactory.create(role=Role.IG_LEAD))

    answer = browser.get(PATH)

    page = text(answer)
    today = timezone.localdate()
    assert answer.status_code == 410
    assert f"does not hold any more since {today.day} {today:%B %Y}" in page
    assert policy.policy_owner.actor_label in page
    assert "private" not in page
    confirmed = press_confirm(browser, policy)
    assert confirmed.status_code == 410
    assert "does not hold any more" in text(confirmed)


def test_an_unknown_policy_and_a_draft_are_not_found(browser: Client) -> None:
    draft("Not yet", author=PersonFactory.create(role=Role.EDITOR))

    for path in ("/policies/nothing/", "/policies/not-yet/", "/policies/%00/", "/policies/a b/"):
        assert browser.get(path).status_code == 404


def test_the_text_comes_from_the_version_even_while_the_page_holds_another(
    browser: Client, policy: PolicyPage
) -> None:
    PolicyPage.objects.update(body=[("paragraph", "<p>Words nobody approved.</p>")])

    page = text(browser.get(PATH))

    assert "Words nobody approved." not in page
    assert "very <b>private</b> things" in page


def test_no_page_shows_anybody_elses_reading(
    browser: Client, policy: PolicyPage, reader: User
) -> None:
    confirms(reader, policy)
    assert "You have read this" in text(browser.get(PATH))
    other = Client()
    other.force_login(PersonFactory.create(role=Role.STAFF, first_name="Marek"))

    page = text(other.get(PATH))

    assert "You have read this" not in page
    assert str(reader) not in page


def test_what_was_published_is_shown_to_the_next_reader_at_once(
    browser: Client, policy: PolicyPage
) -> None:
    browser.get(PATH)
    changed(policy, body=[("paragraph", "<p>All new.</p>")])

    page = text(browser.get(PATH))

    assert "All new." in page
    assert "private" not in page


def test_the_page_asks_the_same_few_questions_however_many_policies_and_people_there_are(
    browser: Client,
    policy: PolicyPage,
    reader: User,
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    confirms(reader, policy)
    browser.get(PATH)
    with django_assert_num_queries(5) as asked:
        browser.get(PATH)
    for number in range(3):
        more = published(
            f"Policy {number}",
            author=PersonFactory.create(role=Role.EDITOR),
            approver=PersonFactory.create(role=Role.EDITOR),
        )
        for _ in range(2):
            confirms(PersonFactory.create(role=Role.STAFF), more)
            confirms(PersonFactory.create(role=Role.STAFF), policy)
    cache.clear()

    with django_assert_num_queries(len(asked)):
        browser.get(PATH)
