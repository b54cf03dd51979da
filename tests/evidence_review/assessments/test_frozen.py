"""Two sets of answers held side by side, and what somebody has seen of one of them."""

from evidence_review.assessments.frozen import changed_since, fingerprints, sha256_of
from evidence_review.assessments.levels import Level
from evidence_review.assessments.models import PublishedAnswer
from evidence_review.assessments.seen import Draft, Seen
from tests.evidence_review.assessments.publishable import SAID

MET = Level("met", "Standards Met")


def frozen(ref: str, text: str = "Page 3.", position: int = 1) -> PublishedAnswer:
    return PublishedAnswer(
        position=position,
        ref=ref,
        section="All",
        question="What?",
        standing="complete",
        answer=SAID | {"text": text},
    )


def test_the_same_answers_have_the_same_hash_and_others_another() -> None:
    assert sha256_of([frozen("1")]) == sha256_of([frozen("1")])
    assert sha256_of([frozen("1")]) != sha256_of([frozen("1", "Page 4.")])
    assert sha256_of([frozen("1"), frozen("2")]) != sha256_of([frozen("2"), frozen("1")])


def test_a_question_that_came_or_went_is_a_change_and_one_that_moved_is_none() -> None:
    before = [frozen("1"), frozen("2"), frozen("3", position=3)]
    now = [frozen("1"), frozen("3", position=7), frozen("4")]
    assert [(one.ref, one.in_words) for one in changed_since(before, now)] == [
        ("4", "This question was not asked then."),
        ("2", "This question is not asked any more."),
    ]


def test_what_was_seen_comes_back_from_the_form_as_it_was() -> None:
    seen = Draft(level=MET, sites=[], answers=[frozen("1")]).seen
    assert Seen.from_text(seen.to_text()) == seen


def test_forged_fingerprints_do_not_hide_a_changed_answer() -> None:
    shown = Draft(level=MET, sites=[], answers=[frozen("1")])
    now = Draft(level=MET, sites=[], answers=[frozen("1", "Page 4.")])
    forged = Seen(
        level=shown.seen.level,
        sites=shown.seen.sites,
        sha256=shown.seen.sha256,
        answers=fingerprints(now.answers),
    )
    assert forged.differences(now)
