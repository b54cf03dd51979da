"""What the coach notices in words: each rule on weak and on good sentences."""

import time

import pytest

from evidence_review.assessments.coach import look_at
from portal.frameworks.states import AnswerKind
from tests.evidence_review.assessments.coach.drafts import draft, noticed, to_improve

WEAK = [
    ("vague-reference", "Policy attached."),
    ("vague-reference", "All staff are trained, see folder."),
    ("vague-reference", "See policy."),
    ("vague-reference", "Please see attached document for how we do this"),
    ("vague-reference", "This is done. Evidence uploaded."),
    ("vague-reference", "The procedure is in place and staff know it."),
    ("vague-reference", "Refer to our data protection policy"),
    ("vague-reference", "Certificates are kept on file."),
    ("vague-reference", "Records are available on request."),
    ("vague-reference", "As last year."),
    ("no-date", "They were approved by the board."),
    ("no-date", "The list was last reviewed by the manager."),
    ("no-date", "All the tablets were checked by our supplier."),
    ("no-date", "Everybody was trained and passed."),
    ("no-place", "Our confidentiality policy says that nobody shares a password, since May 2026."),
    ("no-place", "It is written in the employment contract of 3 March 2026."),
    ("no-place", "Agreed, as the minutes of 9 May 2026 tell."),
    ("no-result", "We ran a fire and power drill on 3 October 2026 in the evening."),
    ("no-result", "Spot check of the ground floor, 4 August 2026, by the deputy manager."),
    ("no-result", "The supplier audited the network on 1 March 2026, report page 4."),
    ("too-short", "Yes"),
    ("too-short", "All good here."),
    ("copied-question", "Are your policies on data protection up to date? Yes."),
    ("copied-question", "A list of your policies with version, owner and date"),
    ("copied-answer", "password policy of 9 May 2026 section 2: three random words"),
    (
        "copied-last-year",
        "Backups run every night and were restored on 4 May 2026, page 2 of the log",
    ),
]


@pytest.mark.parametrize(("rule", "text"), WEAK)
def test_a_weak_answer_gets_its_hint(rule: str, text: str) -> None:
    assert rule in to_improve(draft(text))


GOOD = [
    "Grace Adeyemi (demo), IG lead. Named in her job description of 1 April 2026, page 2.",
    "Standard contract of 3 March 2026, clause 11. Volunteers sign the same words, page 2.",
    "Staff list of 2 November 2026, kept by the office manager, Tom Whitlock, in the HR system.",
    "Induction checklist of 12 January 2026, steps 4 and 5; filled in for the last six starters.",
    "97 in 100 people had passed on 1 November 2026, as the training record shows in column D.",
    "We are registered as ZA123456. It was renewed on 1 April 2026 and lasts until March 2027.",
    "Data protection policy, version 4, page 1, agreed on 2 November 2026. Owner: Grace Adeyemi.",
    "Spot check on 14 August 2026 found two unlocked screens. We moved the chairs and told staff.",
    "We tested the continuity plan on 3 October 2026. Two numbers were old; both are right now.",
    "Two near misses since December 2025, each reviewed within a week; breach log, rows 7 and 8.",
    "Breach procedure, page 2, used twice since August 2026. Both were closed within 72 hours.",
    "Access list of 2 November 2026: one line for each person, checked against the rota that day.",
    "All 6 tablets and 4 computers have anti-virus. Joan Price checked each on 3 November 2026.",
    "Phones lock after one minute and can be wiped. Mobile policy of 9 May 2026, section 4.",
    "Door codes were changed on 1 October 2026; the office is locked at night by who is on call.",
    "Backups run at 2 am every night. On 9 October 2026 we restored a folder in twelve minutes.",
    "A firm shreds what is eight years old: contract of 20 March 2026, section 3, 4 certificates.",
    "New care system, February 2026: Grace Adeyemi wrote the assessment, pages 1 to 9.",
    "Privacy notice of 5 May 2026, in large print at reception, and in the welcome book, page 6.",
    "Leavers lose access on their last day. Sampled on 4 November 2026: 5 of 5 were closed.",
]


@pytest.mark.parametrize("text", GOOD)
@pytest.mark.parametrize("kind", [AnswerKind.TEXT, AnswerKind.YES_NO])
def test_a_good_answer_gets_no_hint(text: str, kind: AnswerKind) -> None:
    tick = True if kind == AnswerKind.YES_NO else None
    assert to_improve(draft(text, kind=kind, tick=tick, freshness_months=12)) == set()


def test_a_plain_no_is_not_asked_for_dates_and_pages() -> None:
    text = "Not yet: the policy was reviewed by nobody. Tom Whitlock will write one."
    assert to_improve(draft(text, kind=AnswerKind.YES_NO, tick=False)) == set()


def test_what_must_be_fresh_needs_a_date_even_when_nothing_happened() -> None:
    text = "The register lists everything we hold, row by row, and who may see it: row 1 to 40."
    assert "no-date" in to_improve(draft(text, freshness_months=12))
    assert "no-date" not in to_improve(draft(text))


@pytest.mark.parametrize(
    "written",
    [
        "2 November 2026",
        "2nd of Nov 2026",
        "November 2026",
        "02/11/2026",
        "2.11.26",
        "2026-11-02",
        "Nov 2, 2026",
        "sept 26",
    ],
)
def test_dates_are_known_in_every_common_form(written: str) -> None:
    assert "date-given" in noticed(draft(f"The board agreed all of this on {written}."))


@pytest.mark.parametrize("written", ["last week", "recently", "in the autumn", "may be soon", "12"])
def test_what_is_no_date_is_not_taken_for_one(written: str) -> None:
    assert "date-given" not in noticed(draft(f"The board agreed all of this {written}."))


@pytest.mark.parametrize(
    "written", ["page 3", "p. 4", "pp 4", "section 2.1", "clause 11", "version 4", "v3", "Annex A"]
)
def test_places_are_known_in_every_common_form(written: str) -> None:
    assert "place-given" in noticed(draft(f"It is in the handbook, {written}."))


@pytest.mark.parametrize(
    ("text", "is_named"),
    [
        ("Grace Adeyemi is the owner.", True),
        ("Owner: Tom Whitlock, who looks at it in May.", True),
        ("The list is kept by Siân O’Neill-Price.", True),
        ("The Registered Manager checks it.", False),
        ("The manager is the owner.", False),
        ("Grace Adeyemi came. The manager was away.", False),
    ],
)
def test_an_owner_is_a_name_and_not_a_title(text: str, is_named: bool) -> None:
    assert ("owner-named" in noticed(draft(text))) is is_named


def test_a_reason_for_not_applicable_is_looked_at_instead_of_an_answer() -> None:
    short = draft("Long words that count for nothing now.", not_applicable=True, reason="N/A")
    assert to_improve(short) == {"too-short"}
    said = draft(not_applicable=True, reason="We have no computers, tablets or phones for work.")
    assert noticed(said) == set()


def test_an_empty_form_gets_no_hint() -> None:
    assert noticed(draft()) == set()


AT_LENGTH = [
    "\n",
    "?",
    "see ",
    "a",
    "Aa ",
    "policy ",
    "was by the ",
    "Is Ab ",
    "1 ",
    "日本語",
    "May 1, ",
]


@pytest.mark.parametrize("text", AT_LENGTH)
def test_the_coach_is_quick_whatever_is_typed(text: str) -> None:
    began = time.perf_counter()
    look_at(draft((text * 5000)[:5000]))
    assert time.perf_counter() - began < 0.5
