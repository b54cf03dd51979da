"""The reference map: answers are carried over by it, so it may neither lie nor lead in a circle."""

import pytest

from portal.frameworks.actions.load_catalogue import load_catalogue
from portal.frameworks.catalogue.problems import CatalogueRefused
from portal.frameworks.models import Edition, ReferenceMap
from portal.record.actors import SETUP
from tests.portal.frameworks.conftest import Load, Write, changed, line_of, reasons

pytestmark = pytest.mark.django_db

NEXT = (
    ("code: demo-v1", "code: demo-v2"),
    ("from: demo-v0", "from: demo-v1"),
    ('"9.1"', '"1.1.1"'),
    ('      "9.2": "1.1.2"\n    reworded: ["1.1.2"]\n', ""),
)
"""The same questions under the next edition, of which the first is mapped."""
MARKED = ('"1.1.1": "1.1.1"\n', '"1.1.1": "1.1.1"\n    reworded: ["1.1.1"]\n')


def test_the_same_question_is_carried_without_a_mark(load: Load, write: Write) -> None:
    load()
    load_catalogue([write(changed(*NEXT), name="next.yaml")], actor=SETUP)
    assert not ReferenceMap.objects.get(from_edition="demo-v1").reworded


@pytest.mark.parametrize(
    ("old", "new", "field"),
    [
        ("question: Is everyone trained?", "question: Is anyone trained?", "question_plain"),
        ("answer: yes_no", "answer: text", "answer_kind"),
        ("answer: yes_no", "answer: yes_no\n    condition: Only at night.", "condition"),
        ("freshness_months: 12", "freshness_months: 6", "freshness_months"),
        ("freshness_months: 12", "not_applicable: true", "na_allowed, freshness_months"),
    ],
)
def test_another_question_behind_an_unmarked_entry_is_refused_with_its_line(
    load: Load, write: Write, old: str, new: str, field: str
) -> None:
    load()
    text = changed(*NEXT, (old, new))

    with pytest.raises(CatalogueRefused) as refused:
        load_catalogue([write(text, name="next.yaml")], actor=SETUP)

    assert reasons(refused) == [
        (
            line_of(text, '"1.1.1": "1.1.1"'),
            f"1.1.1 asks something else than demo-v1:1.1.1 ({field}). List 1.1.1 under 'reworded'",
        )
    ]
    assert not Edition.objects.filter(code="demo-v2").exists()


def test_a_marked_entry_may_ask_something_else(load: Load, write: Write) -> None:
    load()
    text = changed(*NEXT, MARKED, ("question: Is everyone trained?", "question: Is anyone?"))

    load_catalogue([write(text, name="next.yaml")], actor=SETUP)

    assert ReferenceMap.objects.get(from_edition="demo-v1").reworded


def test_other_levels_titles_and_examples_are_no_other_question(load: Load, write: Write) -> None:
    load()
    text = changed(
        *NEXT,
        ("title: Trained", "title: Training"),
        ("needed_from: basic", "needed_from: full"),
        ("total: 1", "total: 0"),
    )
    assert load_catalogue([write(text, name="next.yaml")], actor=SETUP).changed == ("demo-v2",)


def test_an_edition_that_was_never_loaded_cannot_be_compared(load: Load) -> None:
    assert load(("question: Is everyone trained?", "question: Is anyone?")).changed == ("demo-v1",)


def test_a_circle_through_three_editions_is_refused_by_the_file_that_closes_it(
    load: Load, write: Write
) -> None:
    load()
    second = changed(*NEXT)
    third = changed(*NEXT[2:], ("code: demo-v1", "code: demo-v3"), ("demo-v0", "demo-v2"))
    load_catalogue([write(second, name="second.yaml")], actor=SETUP)
    load_catalogue([write(third, name="third.yaml")], actor=SETUP)
    closing = changed(*NEXT[2:], ("from: demo-v0", "from: demo-v3"))

    with pytest.raises(CatalogueRefused) as refused:
        load_catalogue([write(closing, name="closing.yaml")], actor=SETUP)

    assert reasons(refused) == [
        (line_of(closing, '"1.1.1": "1.1.1"'), "the map leads from demo-v3:1.1.1 back to itself")
    ]
    assert not ReferenceMap.objects.filter(from_edition="demo-v3").exists()
