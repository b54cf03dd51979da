"""docs/answer-coach.md names exactly the rules there are, and its examples are true."""

import re
from pathlib import Path

import pytest

from evidence_review.assessments.coach import RULES
from tests.evidence_review.assessments.coach.drafts import draft, noticed

PAGE = Path(__file__).parents[4] / "docs" / "answer-coach.md"
_RULE = re.compile(r"^### `([\w-]+)`$(.*?)(?=^##|\Z)", re.MULTILINE | re.DOTALL)
_EXAMPLE = re.compile(r"^- (Weak|Better): (.+)$", re.MULTILINE)
DOCUMENTED = {code: dict(_EXAMPLE.findall(text)) for code, text in _RULE.findall(PAGE.read_text())}
GOOD = {"owner-named", "date-given", "place-given"}
ABOUT_EVIDENCE = {
    "nothing-to-show",
    "evidence-lapsed",
    "evidence-lapsing",
    "evidence-not-approved",
}


def test_the_page_names_the_rules_of_the_code_in_their_order() -> None:
    assert list(DOCUMENTED) == [rule.code for rule in RULES]


def test_every_rule_about_words_has_examples() -> None:
    without = {code for code, examples in DOCUMENTED.items() if len(examples) != 2}
    assert without == ABOUT_EVIDENCE


@pytest.mark.parametrize("code", [code for code in DOCUMENTED if code not in ABOUT_EVIDENCE])
def test_the_examples_are_true(code: str) -> None:
    weak, better = DOCUMENTED[code]["Weak"], DOCUMENTED[code]["Better"]
    if code in GOOD:
        weak, better = better, weak
    assert code in noticed(draft(weak))
    assert code not in noticed(draft(better))


def test_every_rule_says_its_own_code() -> None:
    for rule in RULES:
        example = DOCUMENTED[rule.code].get("Better" if rule.code in GOOD else "Weak")
        hint = rule.notices(draft(example)) if example else None
        assert hint is None or (hint.rule, hint.is_good) == (rule.code, rule.code in GOOD)
