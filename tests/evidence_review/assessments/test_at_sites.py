"""How head office's answers stand at a site, for every way of standing and of speaking."""

from datetime import date

import pytest

from evidence_review.assessments.at_sites import (
    Given,
    Said,
    result_at_site,
    said_by_section,
    tally_at_site,
)
from evidence_review.assessments.standing import Result
from evidence_review.assessments.states import Holds, Standing
from evidence_review.assessments.tally import Item, Tally

JUNE = date(2027, 6, 30)
GOOD = Result(Standing.COMPLETE, JUNE)
BEGUN = Result(Standing.IN_PROGRESS)
NOTHING = Result(Standing.NOT_STARTED)


@pytest.mark.parametrize(
    ("at_head_office", "holds", "at_the_site"),
    [
        (GOOD, Holds.SAME, GOOD),
        (GOOD, Holds.DIFFERENT, BEGUN),
        (GOOD, None, BEGUN),
        (BEGUN, Holds.SAME, BEGUN),
        (BEGUN, Holds.DIFFERENT, BEGUN),
        (BEGUN, None, BEGUN),
        (NOTHING, Holds.SAME, NOTHING),
        (NOTHING, Holds.DIFFERENT, BEGUN),
        (NOTHING, None, NOTHING),
    ],
)
def test_an_answer_counts_at_a_site_only_when_it_is_complete_and_confirmed_there(
    at_head_office: Result, holds: Holds | None, at_the_site: Result
) -> None:
    assert result_at_site(at_head_office, holds) == at_the_site


def given(pk: int, *, levels: tuple[str, ...] = ("met",), is_for_sites: bool = True) -> Given:
    item = Item(section="Data security", levels=levels, result=GOOD)
    return Given(pk=pk, item=item, is_for_sites=is_for_sites)


def test_a_site_keeps_the_days_on_which_confirmed_answers_lapse() -> None:
    answers = [given(1), given(2), given(3)]
    said = {1: Holds.SAME, 2: Holds.DIFFERENT}
    total = tally_at_site(answers, said, Tally()).total
    assert (total.needed, total.complete, total.in_progress) == (3, 1, 2)
    assert total.next_lapse(JUNE) == JUNE


def test_what_no_level_needs_and_what_is_not_for_sites_yet_is_not_asked() -> None:
    answers = [given(1), given(2), given(3), given(4, levels=()), given(5, is_for_sites=False)]
    said = {1: Holds.SAME, 2: Holds.DIFFERENT}
    assert said_by_section(answers, said) == {"Data security": Said(1, 1, 1)}


def test_sections_put_together_are_what_was_asked() -> None:
    assert (Said(1, 2, 3) + Said(4, 5, 6)).asked == 21
