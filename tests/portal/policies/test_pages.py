"""What staff see of policies, and what strangers do not."""

from datetime import date

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries
from pytest_django.asserts import assertRedirects

from portal.people.models import User
from portal.policies.blocks import sections_of
from portal.policies.models import PolicyPage
from portal.policies.queries import (
    current_policies,
    newest_policies,
    policies_by_topic,
    policies_due_for_review,
)
from portal.policies.topics import Topic
from tests.portal.policies.making import draft, policies_page, published, save_draft

pytestmark = pytest.mark.django_db


@pytest.fixture
def phones(editor: User, other_editor: User) -> PolicyPage:
    return published(
        "Using phones & tablets", author=editor, approver=other_editor, topic=Topic.DEVICES
    )


@pytest.mark.parametrize("path", ["/policies/", "/policies/using-phones-tablets/"])
def test_a_stranger_is_asked_to_sign_in(client: Client, phones: PolicyPage, path: str) -> None:
    answer = client.get(path)

    assertRedirects(answer, f"/account/login/?next={path}", fetch_redirect_response=False)


def test_staff_read_the_list_by_topic(client: Client, staff: User, phones: PolicyPage) -> None:
    client.force_login(staff)

    page = client.get("/policies/").content.decode()

    assert "Phones, computers and passwords" in page
    assert 'href="/policies/using-phones-tablets/"' in page
    assert "Using phones &amp; tablets" in page
    assert "Version 1, in use since" in page
    assert "When something goes wrong" not in page


def test_an_index_that_was_given_another_address_shows_nobody_more(
    client: Client, staff: User, other_editor: User, editor: User
) -> None:
    published("For managers", author=editor, approver=other_editor, for_roles=["group_manager"])
    index = policies_page()
    index.slug = "guidance"
    index.save()
    client.force_login(staff)

    assertRedirects(client.get("/guidance/"), "/policies/", fetch_redirect_response=False)
    assert client.get("/guidance/for-managers/").status_code == 403


def test_the_list_says_how_the_first_policy_comes(client: Client, staff: User) -> None:
    policies_page()
    client.force_login(staff)

    assert "There are no policies yet" in client.get("/policies/").content.decode()


def test_staff_read_a_policy_with_its_facts(
    client: Client, staff: User, phones: PolicyPage, other_editor: User
) -> None:
    client.force_login(staff)

    page = client.get("/policies/using-phones-tablets/").content.decode()

    assert "<h1" in page
    assert str(phones.policy_owner) in page
    assert str(other_editor) in page
    assert "2 November 2027" in page
    assert 'href="#part-1">Why this matters' in page
    assert 'id="part-1">1. Why this matters' in page
    assert "very <b>private</b> things" in page
    assert "Lock the tablet" in page
    assert "Tell your manager on the same shift." in page


def test_a_draft_is_not_found(client: Client, staff: User, editor: User) -> None:
    draft("Not yet", author=editor)
    client.force_login(staff)

    assert client.get("/policies/not-yet/").status_code == 404
    assert "Not yet" not in client.get("/policies/").content.decode()


def test_readers_see_the_approved_words_while_a_draft_waits(
    client: Client, staff: User, phones: PolicyPage, editor: User
) -> None:
    phones.summary = "Words nobody approved."
    save_draft(phones, author=editor)
    client.force_login(staff)

    page = client.get("/policies/using-phones-tablets/").content.decode()

    assert "Words nobody approved." not in page


def test_a_withdrawn_policy_is_gone(
    client: Client, staff: User, phones: PolicyPage, ig_lead: User
) -> None:
    phones.unpublish(user=ig_lead)
    client.force_login(staff)

    assert client.get("/policies/using-phones-tablets/").status_code == 410


def test_what_people_type_is_shown_and_never_run(
    client: Client, staff: User, editor: User, other_editor: User
) -> None:
    bad = "<script>alert(1)</script>"
    published(
        f"Title {bad}",
        author=editor,
        approver=other_editor,
        slug="bad",
        summary=bad,
        body=[
            ("heading", bad),
            ("points", [bad]),
            ("callout", {"heading": bad, "text": "<p>Fine.</p>"}),
        ],
    )
    client.force_login(staff)

    for path in ("/policies/", "/policies/bad/"):
        assert "<script>alert" not in client.get(path).content.decode()


def test_the_list_asks_the_same_number_of_questions_for_one_policy_and_for_ten(
    client: Client,
    staff: User,
    editor: User,
    other_editor: User,
    phones: PolicyPage,
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    client.force_login(staff)
    client.get("/policies/")
    with django_assert_num_queries(5) as asked:
        client.get("/policies/")
    for number in range(9):
        published(f"Policy {number}", author=editor, approver=other_editor)

    with django_assert_num_queries(len(asked)):
        client.get("/policies/")


def test_policies_stand_in_the_order_of_topics_then_titles(
    editor: User, other_editor: User
) -> None:
    for title, topic in (
        ("b", Topic.DEVICES),
        ("A", Topic.DEVICES),
        ("Z", Topic.DATA_PROTECTION),
    ):
        published(title, author=editor, approver=other_editor, topic=topic)

    shelves = [
        (topic, [page.title for page in pages])
        for topic, pages in policies_by_topic(current_policies())
    ]

    assert shelves == [
        (Topic.DATA_PROTECTION.label, ["Z"]),
        (Topic.DEVICES.label, ["A", "b"]),
    ]


def test_the_newest_policies_come_first(editor: User, other_editor: User) -> None:
    for title in ("First", "Second", "Third", "Fourth"):
        published(title, author=editor, approver=other_editor)

    assert [page.title for page in newest_policies(editor)] == ["Fourth", "Third", "Second"]


def test_policies_due_for_review_are_those_whose_day_has_come(
    editor: User, other_editor: User
) -> None:
    for title, due in (("Old", date(2026, 1, 1)), ("Fresh", date(2030, 1, 1))):
        published(title, author=editor, approver=other_editor, review_date=due)

    due_pages = policies_due_for_review(date(2026, 1, 1))

    assert [page.title for page in due_pages] == ["Old"]


def test_a_text_without_headings_is_one_section(phones: PolicyPage) -> None:
    phones.body = [("paragraph", "<p>Just this.</p>")]

    sections = sections_of(phones.body)

    assert [(section.heading, len(section.blocks)) for section in sections] == [("", 1)]


def test_sections_have_different_ids_even_under_the_same_heading(phones: PolicyPage) -> None:
    phones.body = [
        ("paragraph", "<p>Before.</p>"),
        ("heading", "Same"),
        ("heading", "Same"),
        ("paragraph", "<p>After.</p>"),
    ]

    sections = sections_of(phones.body)

    assert [section.anchor for section in sections] == ["part-0", "part-1", "part-2"]


def test_an_empty_text_has_no_sections(phones: PolicyPage) -> None:
    phones.body = []

    assert sections_of(phones.body) == []
