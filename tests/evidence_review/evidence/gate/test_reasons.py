"""The one table of sentences."""

import re

import pytest

from evidence_review.evidence.gate.reasons import TABLE, Code, reason

VALUES: dict[str, str | int] = {
    "max_mb": 100,
    "name_length": 200,
    "label": "a PDF",
    "extension": "pdf",
    "megapixels": 64,
}


@pytest.mark.parametrize("code", Code)
def test_every_reason_has_a_sentence_and_advice_in_the_house_style(code: Code):
    found = reason(code, **VALUES)
    assert found.code == code.value
    for text in (found.sentence, found.advice):
        assert text[0].isupper()
        assert not text.endswith((".", " ", "!"))
        assert not re.search(r"[{}]|  |\bplease\b|\bsorry\b|\binvalid\b", text, re.IGNORECASE)
    assert re.match(r"The (selected|name of the selected) ", found.sentence)


@pytest.mark.parametrize(
    ("code", "sentence"),
    [
        (Code.EMPTY, "The selected file is empty"),
        (
            Code.TYPE_NOT_ALLOWED,
            (
                "The selected file must be a PDF, Word, Excel, PowerPoint, OpenDocument, JPG, PNG, "
                "TXT or CSV"
            ),
        ),
        (Code.TOO_BIG, "The selected file must be smaller than 100 MB"),
        (
            Code.ENCRYPTED,
            "The selected file is password protected. Remove the password and upload it again",
        ),
        (Code.COULD_NOT_CHECK, "The selected file could not be checked. Try again"),
    ],
)
def test_the_sentences_that_people_know_stay_as_they_are(code: Code, sentence: str):
    assert reason(code, **VALUES).sentence == sentence


def test_no_code_is_without_words_and_no_words_without_a_code():
    assert set(TABLE) == set(Code)


def test_a_reason_can_be_stored():
    assert reason(Code.EMPTY).as_dict() == {
        "code": "empty",
        "sentence": "The selected file is empty",
        "advice": "Check that it is the right file and that it opens, then upload it again",
    }


def test_an_unknown_code_is_an_error():
    with pytest.raises(ValueError, match="all_is_well"):
        reason("all_is_well")
