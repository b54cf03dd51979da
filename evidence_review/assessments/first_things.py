"""What to do first, so that most is ready on the day. Pure: how places stand in, three things out.

Of each kind the worst comes first: a site that has not started, a site that will lose its level,
a site that does not have it. What is left of the three goes to the sites with most to put right.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from evidence_review.assessments.overview import Readiness
from evidence_review.evidence.states import Look
from portal.chrome.words import day, in_words

_AT_MOST = 3


@dataclass(frozen=True)
class Thing:
    """One thing to do at one place."""

    row: Readiness
    title: str
    why: str
    look: Look


def first_things(rows: Iterable[Readiness]) -> list[Thing]:
    """Return the three things to do first; fewer when less is wrong."""
    worst = sorted(rows, key=lambda one: (-one.missing, one.place.name))
    wrong = [one for one in worst if one.missing and not one.is_at_goal_then]
    kinds = (_is_new, _will_lose_its_level, _has_not_got_there)
    chosen = [found for kind in kinds if (found := next(filter(kind, wrong), None))]
    chosen += [one for one in wrong if one not in chosen]
    return [_thing(one) for one in chosen[:_AT_MOST]]


def _is_new(one: Readiness) -> bool:
    return not one.is_started


def _will_lose_its_level(one: Readiness) -> bool:
    return one.is_at_goal


def _has_not_got_there(one: Readiness) -> bool:
    return not _is_new(one) and not _will_lose_its_level(one)


def _thing(one: Readiness) -> Thing:
    name = one.place.name
    if _is_new(one):
        why = f"No question is answered. {in_words(one.missing, 'answer is,answers are')} needed."
        return Thing(one, f"Start {name}", why, one.look)
    if _will_lose_its_level(one):
        return _lapsing(one)
    if one.place.covered and one.place.to_confirm:
        count = in_words(one.place.to_confirm, "answer,answers")
        why = "Head office answered. Somebody who knows the site says whether it is true there."
        return Thing(one, f"Check {count} from head office at {name}", why, one.look)
    count = in_words(one.missing_today, "answer,answers")
    return Thing(one, f"Finish {count} at {name}", _where_most(one), one.look)


def _lapsing(one: Readiness) -> Thing:
    count = in_words(one.lapsing, "answer,answers")
    then = day(one.outlook.day)
    why = f"{one.look.label} today. On {then} it is not, unless somebody renews what lapses."
    look = Look(f"Lapses after {day(one.next_lapse)}", "wait", "hourglass")
    return Thing(one, f"Renew {count} at {one.place.name}", why, look)


def _where_most(one: Readiness) -> str:
    """Say which section has most to finish."""
    found: Sequence[tuple[int, str]] = [
        (section.needed - section.complete, section.name) for section in one.sections
    ]
    count, name = max(found, key=lambda item: item[0])
    return f"{count} of them {'is' if count == 1 else 'are'} in {name}."
