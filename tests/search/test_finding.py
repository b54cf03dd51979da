"""What is found, and in which order: titles, forms of words, beginnings, typing errors, rows."""

import pytest
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st
from pytest_django import DjangoAssertNumQueries

from portal.people.models import User
from portal.people.roles import Role
from search import labels
from search.actions.keep_in_step import access_of, row_of
from search.actions.learn_words import learn_words, left_of
from search.actions.tidy_index import tidy_index
from search.documents import Document
from search.engines import database
from search.finding import MOST, Found, How
from search.models import Kind, SearchDocument
from search.question import Question
from search.spelling import is_one_error, meant_by
from search.words import words_of
from tests.factories import PersonFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def reader(db: None) -> User:
    return PersonFactory.create(role=Role.IG_LEAD)


def keep(*texts: tuple[str, str]) -> None:
    """Let the index hold documents, each younger than the one before."""
    documents = [
        Document(
            Kind.EVIDENCE,
            number,
            timezone.localdate(),
            "document",
            None,
            tuple(labels.evidence_access(None)),
            (labels.of_kind(Kind.EVIDENCE),),
            title,
            body,
        )
        for number, (title, body) in enumerate(texts, start=1)
    ]
    access = access_of(documents)
    for one in documents:
        row_of(one, access[one.access]).save(force_insert=True)
    learn_words(f"{title} {body}" for title, body in texts)


def search(person: User, typed: str) -> Found:
    question = Question({"q": typed}, person)
    return database.search(question.words, question.bounds())


def titles(person: User, typed: str) -> list[str]:
    rows = SearchDocument.objects.in_bulk(search(person, typed).ids)
    return [rows[key].title for key in search(person, typed).ids]


def test_titles_come_first_then_words_in_a_row_then_the_others_each_youngest_first(
    reader: User,
) -> None:
    keep(
        ("Fire drill", "Held in May."),
        ("Minutes", "We spoke of the fire drill."),
        ("Rota", "A drill for Anna. Fire for Bob."),
        ("Handbook", "The drill follows the fire."),
        ("Drill after a fire", ""),
    )

    assert titles(reader, "fire drill") == [
        "Fire drill",
        "Drill after a fire",
        "Minutes",
        "Handbook",
        "Rota",
    ]


def test_a_piece_of_a_sentence_is_found_before_titles_that_share_its_words(reader: User) -> None:
    keep(
        ("Handover", "Say which residents fell at night."),
        ("Night report: residents who fell", "One line for each."),
    )
    report = "Night report: residents who fell"

    assert titles(reader, "residents fell at night") == ["Handover", report]
    assert titles(reader, "residents night") == [report, "Handover"]


@pytest.mark.parametrize(
    "typed",
    ["medications", "medicated", "Medication", "MEDICAT", "medi", "medicaton", "Méd", "emdication"],
)
def test_forms_beginnings_and_mistyped_words_are_found(reader: User, typed: str) -> None:
    keep(("Audit", "Every medication was counted."), ("Rota", "Early and late."))

    assert titles(reader, typed) == ["Audit"]


def test_it_is_said_what_was_looked_for_instead(reader: User) -> None:
    keep(("Audit", "Every medication was counted."), ("Menu", "Monday: meditation."))

    found = search(reader, "medicaton audit")

    assert found.how == How.AS_MEANT
    assert "medication" in found.words


def test_a_word_nobody_may_see_is_never_offered(reader: User) -> None:
    keep(("Audit", "Every medication was counted."))
    stranger = PersonFactory.create(role=Role.STAFF)

    assert search(stranger, "medicaton") == Found()


def test_without_a_text_that_has_all_words_some_will_do(reader: User) -> None:
    keep(("Audit", "Medication counted."), ("Rota", "Early and late."))

    assert titles(reader, "medication late") == ["Rota", "Audit"]
    assert search(reader, "medication late").how == How.SOME_WORDS


def test_accents_do_not_matter(reader: User) -> None:
    keep(("Siân’s supervision", "Garçon"))

    assert titles(reader, "sian garcon") == ["Siân’s supervision"]


def test_small_words_alone_find_nothing(reader: User) -> None:
    keep(("Who is it", "It is what it is."))

    assert search(reader, "who is it") == Found()


def test_titles_are_suggested_by_their_beginning(reader: User) -> None:
    keep(("Fire drill of May", ""), ("Fireplace", "drill"), ("Rota", "fire drill"))
    question = Question({"q": "fire dri"}, reader)

    ids = database.suggest(question.words, question.bounds(), 8)

    assert [one.title for one in SearchDocument.objects.filter(pk__in=ids)] == ["Fire drill of May"]


def test_many_hits_are_cut_and_cost_the_same(
    reader: User, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    keep(("Audit", "fire safety plan"))
    with django_assert_max_num_queries(12) as few:
        search(reader, "fire safety plan")
    keep_many = [(f"Check {number}", "fire safety plan") for number in range(MOST + 20)]
    SearchDocument.objects.all().delete()
    keep(*keep_many)

    with django_assert_max_num_queries(len(few)):
        assert len(search(reader, "fire safety plan").ids) == MOST


def test_tidying_up_loses_nothing(reader: User) -> None:
    keep(*[(f"Check {number}", "fire") for number in range(30)])
    SearchDocument.objects.filter(title="Check 3").delete()

    assert tidy_index() >= 0
    assert len(search(reader, "fire").ids) == 29


@pytest.mark.parametrize(
    ("typed", "known", "is_one"),
    [
        ("fire", "fire", False),
        ("fir", "fire", True),
        ("firre", "fire", True),
        ("fine", "fire", True),
        ("frie", "fire", True),
        ("ifre", "fire", True),
        ("fr", "fire", False),
        ("fier", "fire", True),
        ("erif", "fire", False),
        ("", "a", True),
    ],
)
def test_one_error_is_one_letter_less_more_other_or_swapped(
    typed: str, known: str, is_one: bool
) -> None:
    assert is_one_error(typed, known) is is_one
    assert is_one_error(known, typed) is is_one


@given(st.text("abc", min_size=4, max_size=8), st.text("abc", min_size=4, max_size=8))
def test_words_one_error_apart_share_what_is_left_of_them(one: str, other: str) -> None:
    if is_one_error(one, other):
        assert {*left_of(one)} & {*left_of(other)}


def test_short_and_endless_words_are_not_guessed(reader: User) -> None:
    keep(("Audit", "cat"))

    assert meant_by("cta") == []
    assert meant_by("x" * 200) == []
    assert words_of("cta") == ["cta"]
