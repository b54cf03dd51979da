"""What people and programs should not send: it is kept as typed, or refused in a sentence."""

from typing import Any

import pytest
from django.utils.html import escape

from tests.bad_input.filling_in import assert_shown, assert_shown_escaped, is_sentence
from tests.bad_input.strings import singly_or_packed
from tests.evidence_review.assessments.answering.house import House

pytestmark = pytest.mark.django_db
FIELDS = {
    "1.1": ("text", "comment", "reason_not_applicable"),
    "1.2": ("text", "comment"),
    "1.3": ("text", "comment", "kept_where"),
}


@pytest.mark.parametrize("ref", FIELDS)
def test_naughty_words_are_kept_as_typed_or_refused_in_a_sentence(house: House, ref: str) -> None:
    for text in singly_or_packed(300):
        answer = house.send(ref, then="later", **dict.fromkeys(FIELDS[ref], text))
        if answer.status_code == 400:
            said = answer.context["form"].errors.values()
            assert all(is_sentence(str(sentence)) for found in said for sentence in found), text
            assert_shown_escaped(answer, text)
            continue
        assert answer.status_code == 302
        plain = text.strip().replace("\r\n", "\n").replace("\r", "\n")
        assert house.response(ref).text == plain
        page = house.browser.get(house.url(ref))
        assert_shown_escaped(page, text)
        assert_shown(page.content.decode(), plain)


def test_naughty_notes_are_kept_as_typed_or_refused(house: House) -> None:
    for text in singly_or_packed(2000):
        answer = house.browser.post(house.url("1.2", "note"), {"note": text})
        assert answer.status_code in (302, 400)
        assert_shown_escaped(house.browser.get(house.url("1.2")), text)


@pytest.mark.parametrize(
    ("field", "limit"), [("text", 5000), ("comment", 2000), ("reason_not_applicable", 2000)]
)
def test_words_that_are_too_long_stay_in_the_form_with_the_limit_beside(
    house: House, field: str, limit: int
) -> None:
    text = "ä" * limit + "end"
    answer = house.send("1.1", **{field: text})
    page = answer.content.decode()
    assert answer.status_code == 400
    assert f"may have {limit} characters. This has {limit + 3}" in page
    assert f"{text}</textarea>" in page
    assert house.send("1.1", then="later", **{field: text[:limit]}).status_code == 302


def test_line_ends_count_once_as_the_person_sees_them(house: House) -> None:
    assert house.send("1.2", then="later", text="a\r\n" * 2500).status_code == 302
    assert house.response("1.2").text == ("a\n" * 2500).strip()


@pytest.mark.parametrize(
    "link",
    [
        "javascript:alert(1)",
        "JaVaScRiPt://example.com/%0aalert(1)",
        "data:text/html,x",
        "ftp://example.com/file",
        "file:///etc/passwd",
        "https://",
        "https://exa mple.com",
        "x" * 501,
        "https://example.com/\x00",
    ],
)
def test_only_whole_links_of_the_web_are_kept(house: House, link: str) -> None:
    answer = house.send("1.3", link=link)
    assert answer.status_code == 400
    assert house.response("1.3").link == ""
    assert escape(link.replace("\x00", "")) in answer.content.decode().replace("\x00", "")


@pytest.mark.parametrize(
    "day",
    [("31", "2", "2026"), ("x", "y", "z"), ("1", "", ""), ("1", "1", "99999"), ("0", "0", "0")],
)
def test_days_that_are_none_are_refused_and_stay(house: House, day: tuple[str, str, str]) -> None:
    boxes = dict(zip(("day", "month", "year"), day, strict=True))
    sent = {f"document_date_{part}": typed for part, typed in boxes.items()}
    answer = house.send("1.3", **sent)
    assert answer.status_code == 400
    assert "The date of the document must" in answer.content.decode()
    for typed in filter(None, day):
        assert f'value="{typed}"' in answer.content.decode()


@pytest.mark.parametrize(
    "sent",
    [
        {"revision": "-1"},
        {"revision": "x"},
        {"revision": "9" * 40},
        {"revision": ""},
        {"tick": "perhaps"},
        {"then": "nonsense\x00"},
        {"link": "\x00"},
        {"unlink": "nothing-like-it"},
    ],
)
def test_a_form_that_was_tampered_with_does_no_harm(house: House, sent: dict[str, Any]) -> None:
    answer = house.send("1.1", **({"then": "later"} | sent))
    assert answer.status_code in (302, 400)
    assert house.response("1.1").confirmed_at is None


def test_a_revision_from_the_future_is_a_conflict_and_not_a_way_round_it(house: House) -> None:
    assert house.send("1.2", revision=7, text="Mine").status_code == 409
