"""What a publisher should look at once more. None of it forbids anything."""

from dataclasses import dataclass
from datetime import date

from evidence_review.assessments.models import Assessment, SiteAnswer
from evidence_review.assessments.queries import deadline
from evidence_review.assessments.seen import Draft
from evidence_review.assessments.states import Holds
from evidence_review.assessments.tally import Tally
from portal.chrome.words import day as in_full
from portal.chrome.words import in_words


@dataclass(frozen=True)
class Check:
    """One sentence, and whether it is as it should be."""

    sentence: str
    is_fine: bool


def checks_for(assessment: Assessment, draft: Draft, today: date) -> list[Check]:
    """Return what to look at before publishing, in one query."""
    found = [
        _wording(assessment),
        _lapses(assessment, today),
        _unconfirmed(draft),
        _unapproved(draft),
    ]
    if assessment.is_head_office:
        found += [_sameness(assessment, draft), _differences(assessment)]
    return found


def _wording(assessment: Assessment) -> Check:
    edition = assessment.edition
    if edition.is_checked:
        return Check(f"The wording of {edition} was compared with the national toolkit.", True)
    return Check(
        f"Nobody has marked the wording of {edition} as compared with the national toolkit.", False
    )


def _lapses(assessment: Assessment, today: date) -> Check:
    total, until = Tally.from_json(assessment.tally).total, deadline(today)
    lapsing = total.complete_on(today) - total.complete_on(until)
    if not lapsing:
        return Check(f"No complete answer lapses by {in_full(until)}.", True)
    lapse = "lapses" if lapsing == 1 else "lapse"
    return Check(
        f"{in_words(lapsing, 'complete answer,complete answers')} {lapse} by {in_full(until)}.",
        False,
    )


def _unconfirmed(draft: Draft) -> Check:
    waiting = [
        one.ref
        for one in draft.answers
        if one.answer["answered_at"] and not one.answer["confirmed_at"]
    ]
    if not waiting:
        return Check("Every answer that was given is confirmed.", True)
    return Check(f"Given, but confirmed by nobody: {', '.join(waiting)}.", False)


def _unapproved(draft: Draft) -> Check:
    waiting = [one.ref for one in draft.answers if any(not each["sha256"] for each in one.evidence)]
    if not waiting:
        return Check("All linked evidence is approved.", True)
    return Check(f"Linked evidence is not approved yet at {', '.join(waiting)}.", False)


def _sameness(assessment: Assessment, draft: Draft) -> Check:
    sites = in_words(len(draft.sites), "site,sites")
    if not draft.sites or assessment.is_same_everywhere:
        return Check(f"It speaks for head office and {sites}.", True)
    return Check(
        f"It speaks for head office and {sites}, but the four questions of sameness are not all "
        "answered with yes.",
        False,
    )


def _differences(assessment: Assessment) -> Check:
    count = SiteAnswer.objects.filter(
        coverage__assessment=assessment, coverage__ended_at__isnull=True, holds=Holds.DIFFERENT
    ).count()
    if not count:
        return Check("No registered manager has recorded a difference.", True)
    said = in_words(count, "difference,differences")
    return Check(f"Registered managers have recorded {said} at their sites.", False)
