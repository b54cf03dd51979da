"""Words in a row on PostgreSQL, whose index knows neighbours by a hash of both."""

import pytest
from django.db import connection

from portal.people.models import User
from portal.people.roles import Role
from search.engines import postgresql
from search.models import SearchDocument
from search.question import Question
from tests.factories import PersonFactory
from tests.search.test_finding import keep

pytestmark = [pytest.mark.django_db, pytest.mark.postgresql_only]
SENTENCE = "The night staff check the well-led rota's doors at 22:30, and Zoë signs for it."


@pytest.fixture
def reader(db: None) -> User:
    return PersonFactory.create(role=Role.IG_LEAD)


def in_a_row(person: User, typed: str) -> list[str]:
    question = Question({"q": typed}, person)
    keys = postgresql.in_a_row(typed.split(), question.bounds(), 10)
    rows = SearchDocument.objects.in_bulk(keys)
    return [rows[key].title for key in keys]


def test_an_old_text_is_found_however_many_younger_ones_hold_its_words(
    reader: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(postgresql, "MOST_READ", 3)
    younger = [(f"Rota {number}", "Doors of the staff; night check.") for number in range(9)]
    keep(("Handover", "Night staff check doors."), *younger)

    assert in_a_row(reader, "night staff check doors") == ["Handover"]


@pytest.mark.parametrize(
    "typed",
    [
        "night staff check the",
        "check the well led",
        "led rota s doors",
        "doors at 22 30 and zoe signs",
        "Zoë signs for it",
        "night staffs checked",
    ],
)
def test_every_piece_of_a_sentence_is_a_row(reader: User, typed: str) -> None:
    keep(("Handover", SENTENCE), ("Rota", "Nobody at night."))

    assert in_a_row(reader, typed) == ["Handover"]


@pytest.mark.parametrize("typed", ["staff night check", "staff check doors", "night the staff"])
def test_the_same_words_otherwise_are_none(reader: User, typed: str) -> None:
    keep(("Handover", SENTENCE))

    assert in_a_row(reader, typed) == []


@pytest.mark.parametrize(("typed", "found"), [("night", ["Handover"]), ("of the", [])])
def test_what_makes_no_pair_is_looked_for_by_its_words(
    reader: User, typed: str, found: list[str]
) -> None:
    keep(("Handover", SENTENCE))

    assert in_a_row(reader, typed) == found


def test_texts_that_share_a_hash_are_told_apart(reader: User) -> None:
    keep(("Handover", "Night staff check doors."), ("Rota", "Night staff check windows."))
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("ALTER TABLE search_searchdocument ALTER COLUMN pairs DROP EXPRESSION")
        cursor.execute(
            "UPDATE search_searchdocument SET pairs ="
            " (SELECT pairs FROM search_searchdocument WHERE title = 'Handover')"
        )

    assert in_a_row(reader, "night staff check doors") == ["Handover"]


def test_a_text_that_is_empty_or_very_long_is_kept(reader: User) -> None:
    long = " ".join(f"word{number}" for number in range(12_000))
    keep(("", ""), ("Handover", long))

    assert in_a_row(reader, "word11997 word11998 word11999") == ["Handover"]
