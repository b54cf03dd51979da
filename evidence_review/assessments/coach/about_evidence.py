"""Rules about what the answer rests on: is it there, decided, and still good?"""

from collections.abc import Callable

from evidence_review.assessments.coach.draft import Draft, EvidenceSeen, Hint
from portal.chrome.words import day
from portal.frameworks.states import AnswerKind


def nothing_to_show(draft: Draft) -> Hint | None:
    """A tick, and nothing that bears it out."""
    if draft.kind != AnswerKind.YES_NO or not draft.tick or draft.not_applicable:
        return None
    if draft.words or draft.evidence:
        return None
    return Hint(
        "nothing-to-show",
        "The tick stands alone.",
        "An inspector will ask how you know.",
        "Link a file below, or say in a sentence where it can be seen.",
    )


def evidence_lapsed(draft: Draft) -> Hint | None:
    """Evidence that is out of date today."""
    old = _ending(draft, lambda last: last < draft.today.toordinal())
    if old is None or old.good_until is None:
        return None
    return Hint(
        "evidence-lapsed",
        f"“{old.title}” has been out of date since {day(old.good_until)}.",
        "An answer is only complete while everything it rests on is fresh.",
        "Upload a newer version, or unlink it if something else shows this now.",
    )


def evidence_lapsing(draft: Draft) -> Hint | None:
    """Evidence that is good today, and not on the day of the deadline."""
    between = range(draft.today.toordinal(), draft.deadline.toordinal())
    soon = _ending(draft, lambda last: last in between)
    if soon is None or soon.good_until is None:
        return None
    return Hint(
        "evidence-lapsing",
        f"“{soon.title}” lapses on {day(soon.good_until)}, before {day(draft.deadline)}.",
        "On that day this answer would no longer be complete.",
        "Plan now who looks at it again, and when.",
    )


def evidence_not_approved(draft: Draft) -> Hint | None:
    """Evidence that nobody has approved."""
    open_ones = [seen for seen in draft.evidence if not seen.is_approved]
    if draft.not_applicable or not open_ones:
        return None
    return Hint(
        "evidence-not-approved",
        f"“{open_ones[0].title}” is not approved: {open_ones[0].state.lower()}.",
        "Until somebody approves it, this answer stays in progress.",
        "Put right what was returned, or ask your IG lead to look at it.",
    )


def _ending(draft: Draft, fits: Callable[[int], bool]) -> EvidenceSeen | None:
    """Return the first to lapse among the approved evidence whose last good day fits."""
    if draft.not_applicable:
        return None
    dated = [
        (seen.good_until, at)
        for at, seen in enumerate(draft.evidence)
        if seen.is_approved and seen.good_until and fits(seen.good_until.toordinal())
    ]
    return draft.evidence[min(dated)[1]] if dated else None
