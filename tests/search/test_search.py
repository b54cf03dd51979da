"""The search page: finds what a person may read, and takes whatever they type."""

import json
from pathlib import Path

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries
from pytest_django.asserts import assertRedirects

from portal.people.models import User
from portal.policies.models import PolicyPage
from tests.portal.policies.making import draft, published, save_draft

pytestmark = pytest.mark.django_db

NAUGHTY: list[str] = json.loads(
    (Path(__file__).parents[1] / "data" / "naughty_strings.json").read_text()
)


@pytest.fixture
def reader(client: Client, staff: User) -> Client:
    client.force_login(staff)
    return client


def found(reader: Client, typed: str, page: int = 1) -> str:
    answer = reader.get("/search/", {"q": typed, "page": str(page)})
    assert answer.status_code == 200
    return answer.content.decode()


def test_a_stranger_is_asked_to_sign_in(client: Client, phones: PolicyPage) -> None:
    assertRedirects(
        client.get("/search/?q=phone"),
        "/account/login/?next=/search/%3Fq%3Dphone",
        fetch_redirect_response=False,
    )


@pytest.mark.parametrize("typed", ["phone", "PHONE", "own phone", "photograph", "private", '"care'])
def test_a_policy_is_found_by_title_summary_and_text(
    reader: Client, phones: PolicyPage, breaches: PolicyPage, typed: str
) -> None:
    page = found(reader, typed)

    assert "1 found" in page
    assert 'href="/policies/using-your-own-phone/"' in page
    assert "/policies/when-something-goes-wrong/" not in page


def test_the_words_are_marked_in_the_excerpt(reader: Client, phones: PolicyPage) -> None:
    assert "Never <mark>photograph</mark> a care note" in found(reader, "photograph")


def test_all_words_count_before_any_word_does(
    reader: Client, phones: PolicyPage, breaches: PolicyPage
) -> None:
    assert "1 found" in found(reader, "tell manager")
    assert "2 found" in found(reader, "manager photograph")


def test_nothing_found_says_what_to_try(reader: Client, phones: PolicyPage) -> None:
    page = found(reader, "zebra")

    assert "Nothing found" in page
    assert "Try fewer words" in page


def test_the_box_alone_is_shown_without_a_question(reader: Client, phones: PolicyPage) -> None:
    page = reader.get("/search/").content.decode()

    assert 'name="q"' in page
    assert "ound</h2>" not in page


def test_a_question_without_words_gets_a_hint(reader: Client, phones: PolicyPage) -> None:
    assert "Type a word or two" in found(reader, '"?!')


def test_drafts_and_withdrawn_policies_are_not_found(
    reader: Client, phones: PolicyPage, editor: User, approver: User
) -> None:
    draft("Unicorns", author=editor)
    phones.unpublish(user=approver)

    assert "Nothing found" in found(reader, "unicorns")
    assert "Nothing found" in found(reader, "photograph")


def test_words_of_a_draft_are_not_found_before_they_are_approved(
    reader: Client, phones: PolicyPage, editor: User
) -> None:
    phones.summary = "Now with unicorns."
    save_draft(phones, author=editor)

    assert "Nothing found" in found(reader, "unicorns")


@pytest.mark.parametrize(
    "typed",
    [
        '"',
        "''",
        "\x00",
        "phone\x00",
        "*",
        "phone*",
        "(",
        "a AND",
        "NOT phone",
        "NEAR(a b)",
        "title:phone",
        "-phone",
        "^phone",
        "phone | tablet & !x",
        "%s %d %%",
        "\\",
        "🔥" * 50,
        "x" * 10_000,
        "phone " * 2_000,
        "<script>alert(1)</script>",
        "' OR 1=1 --",
        "\ud800".encode("utf-8", "surrogatepass").decode("utf-8", "replace"),
        "İstanbul ß ﬁ ²",
    ],
)
def test_no_question_breaks_the_page(reader: Client, phones: PolicyPage, typed: str) -> None:
    assert "<script>alert" not in found(reader, typed)


def test_none_of_the_naughty_strings_breaks_the_page(reader: Client, phones: PolicyPage) -> None:
    broken = [typed for typed in NAUGHTY if reader.get("/search/", {"q": typed}).status_code != 200]

    assert len(NAUGHTY) > 500
    assert not broken


@pytest.mark.parametrize("page", ["0", "-1", "x", "999", "\x00", ""])
def test_a_page_number_that_is_none_shows_a_page(
    reader: Client, phones: PolicyPage, page: str
) -> None:
    answer = reader.get("/search/", {"q": "phone", "page": page})

    assert "1 found" in answer.content.decode()


def test_what_was_typed_stands_in_the_box_again_escaped(reader: Client) -> None:
    assert "&quot;&gt;&lt;b&gt;x" in found(reader, '"><b>x')


def test_many_hits_come_in_pages_at_the_same_cost(
    reader: Client,
    editor: User,
    approver: User,
    phones: PolicyPage,
    django_assert_max_num_queries: DjangoAssertNumQueries,
) -> None:
    found(reader, "phone")
    with django_assert_max_num_queries(14) as asked:
        found(reader, "phone")
    for number in range(11):
        published(f"Phone rule {number}", author=editor, approver=approver)

    with django_assert_max_num_queries(len(asked)):
        first = found(reader, "phone")
    second = found(reader, "phone", page=2)

    assert "12 found" in first
    assert first.count("wk-list__title") == 10
    assert second.count("wk-list__title") == 2


def test_only_reading_is_answered(reader: Client) -> None:
    assert reader.post("/search/", {"q": "phone"}).status_code == 405
