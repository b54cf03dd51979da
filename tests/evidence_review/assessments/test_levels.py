"""Levels, against examples worked out by hand from the published rules."""

from dataclasses import dataclass
from datetime import date
from typing import Any

import pytest
import yaml
from django.conf import settings

from evidence_review.assessments.levels import Level, goal, level_on, levels_of, next_level
from evidence_review.assessments.standing import Result
from evidence_review.assessments.states import Standing
from evidence_review.assessments.tally import Item, Tally

TODAY, DEADLINE = date(2026, 11, 23), date(2027, 6, 30)
PLUS = "Cyber Essentials Plus"
OPTIONAL = 11
_FILE = settings.BASE_DIR / "portal/frameworks/data/dspt-v8.yaml"
CATALOGUE: dict[str, Any] = yaml.safe_load(_FILE.read_text())
LEVELS: list[Level] = levels_of(CATALOGUE["levels"])


@dataclass(frozen=True)
class Case:
    """What an assessment holds, and the level it has today and on 30 June 2027.

    ``approaching`` and ``met`` are how many answers are complete among the 26 that Approaching
    needs, and among the 19 that only Met needs. ``lapsing`` of the ``approaching`` ones lapse after
    ``last``. ``planned``: everything that is not complete has an action. ``plus``: the days of the
    certificate.
    """

    today: str
    then: str
    approaching: int = 26
    met: int = 19
    optional: int = 0
    lapsing: int = 0
    last: date = date(2027, 1, 14)
    planned: bool = False
    plan_covers_all: bool = False
    published: bool = False
    plus: tuple[str, str] | None = None


CASES = {
    "nothing is answered": Case("", "", approaching=0, met=0),
    "nothing, however good the plan": Case("", "", approaching=0, met=0, planned=True),
    "the 26 alone, without a plan": Case("", "", met=0),
    "the 26 and a plan for the rest": Case("approaching", "approaching", met=0, planned=True),
    "25 of the 26 and a plan": Case("", "", approaching=25, met=0, planned=True),
    "the 26 and a plan, but published before": Case("", "", met=0, planned=True, published=True),
    "44 of the 45": Case("", "", met=18),
    "44 of the 45 and a plan": Case("approaching", "approaching", met=18, planned=True),
    "all 45": Case("met", "met"),
    "all 45, published before": Case("met", "met", published=True),
    "all 45 and every optional one": Case("met", "met", optional=OPTIONAL),
    "44 and every optional one": Case("", "", met=18, optional=OPTIONAL),
    "all 45 and the certificate": Case("exceeded", "exceeded", plus=("2026-08-01", "2027-07-31")),
    "the certificate's last day is the deadline": Case(
        "exceeded", "exceeded", plus=("2026-08-01", "2027-06-30")
    ),
    "the certificate ends the day before": Case(
        "exceeded", "met", plus=("2026-08-01", "2027-06-29")
    ),
    "the certificate begins later": Case("met", "exceeded", plus=("2027-01-01", "2027-12-31")),
    "the certificate began and ended": Case("met", "met", plus=("2025-01-01", "2025-12-31")),
    "the certificate without the 45": Case("", "", met=18, plus=("2026-08-01", "2027-07-31")),
    "one lapses before the deadline": Case("met", "", lapsing=1),
    "one lapses, with a plan only for what is open today": Case("met", "", lapsing=1, planned=True),
    "one of the 26 lapses, and no plan makes up for it": Case(
        "met", "", lapsing=1, plan_covers_all=True
    ),
    "it is good on the deadline itself": Case("met", "met", lapsing=1, last=DEADLINE),
    "it lapses after the deadline": Case("met", "met", lapsing=1, last=date(2027, 7, 1)),
    "it is good until today": Case("met", "", lapsing=1, last=TODAY),
    "it lapsed yesterday": Case("", "", lapsing=1, last=date(2026, 11, 22)),
}


def tally(case: Case) -> Tally:
    """Return what such an assessment counts."""
    items = []
    for at in range(26):
        last = case.last if at < case.lapsing else None
        items.append(
            _item(["approaching", "met"], complete=at < case.approaching, last=last, of=case)
        )
    items += [_item(["met"], complete=at < case.met, last=None, of=case) for at in range(19)]
    items += [_item([], complete=at < case.optional, last=None, of=case) for at in range(OPTIONAL)]
    certificates = {PLUS: [case.plus]} if case.plus else {}
    return Tally.of(items, published=case.published, certificates=certificates)


def _item(levels: list[str], *, complete: bool, last: date | None, of: Case) -> Item:
    standing = Standing.COMPLETE if complete else Standing.IN_PROGRESS
    return Item(
        section="Data security",
        levels=levels,
        result=Result(standing, last if complete else None),
        is_planned=of.plan_covers_all or (of.planned and not complete),
    )


def code(level: Level | None) -> str:
    return level.code if level else ""


@pytest.mark.parametrize("name", CASES)
def test_the_level_is_what_the_published_rules_say(name: str) -> None:
    case = CASES[name]
    counted = tally(case)
    assert code(level_on(LEVELS, counted, TODAY)) == case.today
    assert code(level_on(LEVELS, counted, DEADLINE)) == case.then


def test_the_catalogue_needs_26_answers_for_approaching_and_45_for_met() -> None:
    needed = [row.get("needed_from", "") for row in CATALOGUE["requirements"]]
    assert needed.count("approaching") == 26
    assert needed.count("approaching") + needed.count("met") == 45
    assert needed.count("") == OPTIONAL


def test_a_certificate_between_two_others_counts_only_while_it_is_valid() -> None:
    spans = [("2025-08-01", "2026-07-31"), ("2026-12-01", "2027-11-30")]
    whole = tally(Case("", ""))
    counted = Tally(whole.days, whole.sections, whole.levels, whole.unplanned, False, {PLUS: spans})
    assert code(level_on(LEVELS, counted, TODAY)) == "met"
    assert code(level_on(LEVELS, counted, date(2026, 12, 1))) == "exceeded"


def test_an_assessment_without_needed_answers_has_no_level() -> None:
    assert level_on(LEVELS, Tally(), TODAY) is None


def test_everybody_works_for_the_highest_level_that_needs_no_certificate() -> None:
    assert code(goal(LEVELS)) == "met"
    assert goal([]) is None


@pytest.mark.parametrize(
    ("case", "level", "missing", "unplanned"),
    [
        (Case("", "", met=0), "approaching", 0, 19),
        (Case("", "", approaching=20, met=0), "approaching", 6, 25),
        (Case("", "", met=18, published=True), "met", 1, 0),
        (Case("", "", met=18, planned=True), "met", 1, 0),
    ],
)
def test_what_blocks_the_next_level_is_counted(
    case: Case, level: str, missing: int, unplanned: int
) -> None:
    found = next_level(LEVELS, tally(case), TODAY)
    assert found is not None
    assert (found.level.code, found.missing, found.unplanned) == (level, missing, unplanned)


def test_after_met_the_certificate_is_what_is_lacking_and_after_exceeded_nothing() -> None:
    found = next_level(LEVELS, tally(Case("", "")), TODAY)
    assert found is not None
    assert (found.level.code, found.lacks_certificate) == ("exceeded", PLUS)
    highest = tally(Case("", "", plus=("2026-08-01", "2027-07-31")))
    assert next_level(LEVELS, highest, TODAY) is None
