"""The catalogues that come with the portal say what is known, and say it plainly."""

import re
from itertools import chain

import pytest

from portal.frameworks.actions.load_catalogue import load_catalogue
from portal.frameworks.models import Crosswalk, Edition, ReferenceMap, Requirement
from portal.frameworks.queries import requirements_in_order
from portal.record.actors import SETUP

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def loaded(db: None) -> None:
    load_catalogue(actor=SETUP)


def edition(code: str) -> list[Requirement]:
    return list(requirements_in_order(Edition.objects.get(code=code)))


def test_dspt_has_the_published_totals() -> None:
    items = edition("dspt-v8")

    assert len(items) == 56
    assert sum("approaching" in item.levels for item in items) == 26
    assert sum("met" in item.levels for item in items) == 45
    assert sum(item.mandatory for item in items) == 45


def test_each_level_above_needs_what_the_level_below_needs() -> None:
    for item in edition("dspt-v8"):
        assert item.levels in (
            [],
            ["met", "exceeded"],
            ["approaching", "met", "exceeded"],
        ), item.ref


def test_the_levels_say_what_else_they_need() -> None:
    levels = {level["code"]: level for level in Edition.objects.get(code="dspt-v8").levels}

    assert levels["approaching"]["once_only"]
    assert levels["approaching"]["action_plan"]
    assert levels["exceeded"]["certificate"] == "Cyber Essentials Plus"
    assert not levels["met"]["action_plan"]


def test_dspt_stands_in_four_sections_in_order() -> None:
    sections = list(dict.fromkeys(item.section for item in edition("dspt-v8")))

    assert sections == [
        "Staffing and roles",
        "Policies and procedures",
        "Data security",
        "IT systems and devices",
    ]


@pytest.mark.parametrize(
    ("ref", "months"),
    [
        ("1.1.2", 12),
        ("1.3.1", 36),
        ("1.3.2", 12),
        ("1.4.2", 12),
        ("3.1.1", 12),
        ("3.2.1", 12),
        ("5.1.1", 12),
        ("7.1.1", 12),
        ("7.2.1", 12),
        ("1.1.1", None),
    ],
)
def test_freshness_is_as_published(ref: str, months: int | None) -> None:
    assert Requirement.objects.get(edition__code="dspt-v8", ref=ref).freshness_months == months


@pytest.mark.parametrize(
    ("ref", "source", "of_ref", "of_level"),
    [
        ("1.1.1", "source", "high", "high"),
        ("8.3.5", "memory", "low", "medium"),
        ("7.1.2", "source", "high", "low"),
        ("1.3.14", "memory", "medium", "medium"),
        ("7.3.2", "source", "medium", "medium"),
    ],
)
def test_each_item_says_how_sure_we_are(ref: str, source: str, of_ref: str, of_level: str) -> None:
    item = Requirement.objects.get(edition__code="dspt-v8", ref=ref)

    assert (item.confidence, item.ref_confidence, item.level_confidence) == (
        source,
        of_ref,
        of_level,
    )


def test_whatever_is_unsure_says_why() -> None:
    unsure = [
        item
        for item in edition("dspt-v8")
        if item.confidence == "memory" or "low" in (item.ref_confidence, item.level_confidence)
    ]

    assert unsure
    assert all(item.confidence_note for item in unsure)


def test_the_eight_statements_the_six_categories_and_the_five_older_lines_are_there() -> None:
    statements = Edition.objects.get(code="cqc-statements")

    assert [item.title for item in edition("cqc-statements")] == [
        "Shared direction and culture",
        "Capable, compassionate and inclusive leaders",
        "Freedom to speak up",
        "Workforce equality, diversity and inclusion",
        "Governance, management and sustainability",
        "Partnerships and communities",
        "Learning, improvement and innovation",
        "Environmental sustainability",
    ]
    assert statements.categories.count() == 6
    assert [(item.ref, item.title) for item in edition("cqc-kloe-2017")] == [
        ("W1", "Vision and culture"),
        ("W2", "Governance and risk"),
        ("W3", "Engagement"),
        ("W4", "Learning and improvement"),
        ("W5", "Partnership"),
    ]


def test_every_statement_is_reached_by_the_crosswalk() -> None:
    reached = set(Crosswalk.objects.values_list("target__ref", flat=True))

    assert reached == {f"WL{number}" for number in range(1, 9)}


def test_older_references_lead_to_where_the_question_stands_now() -> None:
    moved = dict(
        ReferenceMap.objects.filter(from_edition="dspt-2020-21").values_list(
            "from_ref", "to_requirement__ref"
        )
    )

    assert moved["1.6.2"] == "1.3.12"
    assert moved["1.4.1"] == "1.1.2"
    assert len(moved) == 16


def test_what_was_reworded_since_the_last_edition_is_marked() -> None:
    rows = ReferenceMap.objects.filter(from_edition="dspt-v7", reworded=True)

    assert {row.to_requirement.ref for row in rows} == {"1.1.3", "1.1.5", "1.3.1"}


def test_nobody_has_checked_anything_yet() -> None:
    assert not any(one.is_checked for one in Edition.objects.all())


def everything_said() -> list[tuple[str, str]]:
    return [
        (item.code, text)
        for item in Requirement.objects.select_related("edition")
        for text in chain(
            [item.question_plain, item.why_it_matters, item.condition], item.good_evidence
        )
        if text
    ]


def test_every_question_asks_and_every_other_sentence_ends() -> None:
    for item in Requirement.objects.all():
        assert item.question_plain.endswith("?"), item.ref
        assert len(item.good_evidence) >= 1
    for code, text in everything_said():
        assert text[-1] in "?.", (code, text)


def test_the_words_are_plain() -> None:
    """Flesch-Kincaid grade: 4 to 6 is what children of 9 to 11 read."""
    texts = [text for _, text in everything_said()]
    grades = [grade(text) for text in texts if len(text.split()) > 5]

    assert sum(grades) / len(grades) < 6.5


def grade(text: str) -> float:
    sentences = max(1, len(re.findall(r"[.?!:]+(?:\s|$)", text)))
    words = re.findall(r"[A-Za-z']+", text)
    syllables = sum(
        max(1, len(re.findall(r"[aeiouy]+", word.lower().rstrip("e")))) for word in words
    )
    return 0.39 * len(words) / sentences + 11.8 * syllables / len(words) - 15.59
