"""File names: what is refused, and how a name is made safe to show."""

import json
import unicodedata
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evidence_review.evidence.gate import Limits, clean_name, extension_of
from evidence_review.evidence.gate.names import name_problems

NAUGHTY: list[str] = json.loads(
    (Path(__file__).parents[3] / "data" / "naughty_strings.json").read_text(encoding="utf-8")
)
LIMITS = Limits()


@pytest.mark.parametrize(
    "name",
    [
        "policy.pdf",
        "Fire safety (2027) \u2013 signed, v3.pdf",
        "Polityka bezpieczeństwa żywności.docx",
        "防火安全.pdf",
        "سياسة.pdf",
        "👩‍⚕️ rota.xlsx",
        "Who signs?.pdf",
        "Order: 12.pdf",
        ".hidden.pdf",
        "console.pdf",
        "com10.pdf",
        "a" * 196 + ".pdf",
    ],
)
def test_names_people_use_are_accepted(name: str):
    assert name_problems(name, LIMITS) == []


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("", "name_missing"),
        ("   ", "name_missing"),
        ("a" * 197 + ".pdf", "name_too_long"),
        ("a\0.pdf", "name_control"),
        ("a\n.pdf", "name_control"),
        ("a\x7f.pdf", "name_control"),
        ("a\u2028.pdf", "name_control"),
        ("a\ud800.pdf", "name_control"),
        ("a/b.pdf", "name_path"),
        ("..\\b.pdf", "name_path"),
        ("..", "name_path"),
        ("...", "name_path"),
        ("annual\u202efdp.exe", "name_direction"),
        ("a\u2066b.pdf", "name_direction"),
        ("CON", "name_device"),
        ("con.pdf", "name_device"),
        ("Nul.tar.pdf", "name_device"),
        ("lpt1 .pdf", "name_device"),
        ("com\u00b9.pdf", "name_device"),
        ("policy.pdf.", "name_ending"),
        ("policy.pdf ", "name_ending"),
    ],
)
def test_names_that_cause_harm_are_refused(name: str, code: str):
    assert code in name_problems(name, LIMITS)


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("policy.pdf", "policy.pdf"),
        ("C:\\fakepath\\policy.pdf", "policy.pdf"),
        ("../../etc/policy.pdf", "policy.pdf"),
        ("annual\u202efdp.exe", "annualfdp.exe"),
        ("a\nb\0c.pdf", "abc.pdf"),
        ('Order "12": <draft>?.pdf', "Order _12__ _draft__.pdf"),
        ("con.pdf", "_con.pdf"),
        ("policy.pdf. .", "policy.pdf"),
        ("", "file"),
        ("...", "file"),
        (".pdf", "file.pdf"),
        (" .pdf", "file.pdf"),
        ("con" + " " * 300 + "x.pdf", "_con.pdf"),
        ("con." + "x" * 300 + ".pdf", "_con." + "x" * 191 + ".pdf"),
        ("Cafe\u0301.pdf", "Caf\u00e9.pdf"),
        ("x" * 300 + ".pdf", "x" * 196 + ".pdf"),
    ],
)
def test_a_name_is_cleaned(name: str, expected: str):
    assert clean_name(name) == expected


def assert_is_clean(name: str) -> None:
    cleaned = clean_name(name)
    assert name_problems(cleaned, LIMITS) == []
    assert clean_name(cleaned) == cleaned
    cleaned.encode("utf-8")
    assert not set('<>:"|?*/\\') & set(cleaned)
    assert all(unicodedata.category(char) != "Cc" for char in cleaned)


@pytest.mark.parametrize("name", NAUGHTY)
def test_a_naughty_name_comes_out_clean(name: str):
    assert_is_clean(name)
    assert_is_clean(name + ".pdf")
    if not name_problems(name + ".pdf", LIMITS):
        assert extension_of(clean_name(name + ".pdf")) == "pdf"


@given(st.text(max_size=300))
def test_any_name_comes_out_clean(name: str):
    assert_is_clean(name)


@given(st.text(max_size=300))
def test_checking_a_name_never_fails(name: str):
    assert isinstance(name_problems(name, LIMITS), list)


@pytest.mark.parametrize(
    ("name", "expected"),
    [("a.PDF", "pdf"), ("a.tar.gz", "gz"), ("a", ""), (".pdf", ""), ("a.", ""), ("", "")],
)
def test_the_extension_is_what_follows_the_last_dot(name: str, expected: str):
    assert extension_of(name) == expected
