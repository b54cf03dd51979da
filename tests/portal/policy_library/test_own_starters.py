"""The starters that come with the portal are whole, and what they name is there."""

import re

import pytest

from portal.frameworks.catalogue.reading import own_files, read_catalogue
from portal.policies.blocks import plain_text_of
from portal.policies.models import PolicyPage
from portal.policy_library.actions.adopt_starter import as_stream
from portal.policy_library.reading import OWN_FILES, read_starters
from portal.policy_library.starters import Starter

STARTERS = {starter.code: starter for starter in read_starters(sorted(OWN_FILES.glob("*.yaml")))}
ASKED_FOR = """
    acceptable-use administrator-agreement backup bring-your-own-device business-continuity
    cctv-and-photographs confidentiality contract-clause data-breach data-protection data-quality
    data-security disposal dpia mobile-phones network-security passwords privacy-notice
    record-keeping rights-requests
"""
WITH_QUIZ = {
    "confidentiality",
    "data-breach",
    "data-protection",
    "data-security",
    "mobile-phones",
    "passwords",
}
FEWEST_WORDS, MOST_WORDS = 350, 900


def test_every_policy_that_was_promised_is_there() -> None:
    assert sorted(STARTERS) == ASKED_FOR.split()


def test_every_requirement_that_a_starter_supports_is_in_the_catalogue() -> None:
    catalogue = read_catalogue(own_files())
    known = {
        f"{edition.code}:{requirement.key}"
        for edition in catalogue.editions
        for requirement in edition.requirements
    }
    for starter in STARTERS.values():
        assert set(starter.supports) - known == set(), starter.code
        assert any(code.startswith("dspt-v8:") for code in starter.supports)
        assert any(code.startswith("cqc-") for code in starter.supports)


def test_what_all_staff_read_and_confirm_ends_with_three_questions() -> None:
    assert {code for code, starter in STARTERS.items() if starter.quiz} == WITH_QUIZ
    for code in WITH_QUIZ:
        assert len(STARTERS[code].quiz) == 3
        assert STARTERS[code].asks_to_confirm
        assert not STARTERS[code].for_roles


@pytest.mark.parametrize("starter", STARTERS.values(), ids=lambda starter: starter.code)
def test_a_starter_makes_blocks_that_the_editor_takes(starter: Starter) -> None:
    for name, blocks in (("body", starter.filled({})), ("quiz", starter.questions())):
        value = as_stream(name, blocks)
        assert len(value) == len(blocks)
        PolicyPage._meta.get_field(name).stream_block.clean(value)


@pytest.mark.parametrize("starter", STARTERS.values(), ids=lambda starter: starter.code)
def test_a_starter_is_neither_thin_nor_padded_and_says_where_its_rules_come_from(
    starter: Starter,
) -> None:
    words = plain_text_of(as_stream("body", starter.filled({}))).split()
    assert FEWEST_WORDS <= len(words) <= MOST_WORDS
    assert starter.sources


@pytest.mark.parametrize("starter", STARTERS.values(), ids=lambda starter: starter.code)
def test_the_sentences_of_a_starter_are_short(starter: Starter) -> None:
    text = plain_text_of(as_stream("body", starter.filled({})))
    lengths = [len(sentence.split()) for sentence in re.split(r"[.?!:;]\s", text)]
    assert sum(lengths) / len(lengths) <= (14 if starter.quiz else 17)
    assert max(lengths) <= 45
