"""Names that are harmless wherever a pack is unpacked."""

import re
import unicodedata

import pytest
from hypothesis import given, strategies
from hypothesis import settings as run_with

from evidence_review.packs.names import LONGEST, Names, safe_name

NAUGHTY = [
    ("Data protection policy", "Data protection policy, version 1.pdf"),
    ("../../etc/passwd", "-..-etc-passwd, version 1.pdf"),
    ("C:\\Windows\\x", "C--Windows-x, version 1.pdf"),
    ("CON", "_CON, version 1.pdf"),
    ("nul.tar", "_nul.tar, version 1.pdf"),
    ("Rota\u202efdp.exe", "Rotafdp.exe, version 1.pdf"),
    ("a\x00b\nc", "ab c, version 1.pdf"),
    ("  . .", "Evidence, version 1.pdf"),
    ("\u200b\u200d", "Evidence, version 1.pdf"),
    ("Cafe\u0301", "Café, version 1.pdf"),
    ('What? <b>*|"', "What- -b----, version 1.pdf"),
]


@pytest.mark.parametrize(("title", "name"), NAUGHTY)
def test_a_title_becomes_a_name_without_a_meaning(title: str, name: str) -> None:
    assert Names().path("1.3.1", title, 1, "pdf") == f"evidence/1.3.1/{name}"


def test_no_two_files_share_a_name_by_any_case() -> None:
    names = Names()
    paths = [names.path("WL5", title, 1, "pdf") for title in ("Rota", "ROTA", "rota", "\uff52ota")]
    assert [path.rpartition("/")[2] for path in paths] == [
        "Rota, version 1.pdf",
        "ROTA (2), version 1.pdf",
        "rota (3), version 1.pdf",
        "\uff52ota (4), version 1.pdf",
    ]


@run_with(max_examples=30)
@given(strategies.text(max_size=400), strategies.text(max_size=30))
def test_whatever_people_write_a_name_is_safe(title: str, folder: str) -> None:
    path = Names().path(folder, title, 12, "pdf")

    home, inside, name = path.split("/")
    assert home == "evidence"
    for part in (inside, name):
        assert part == part.strip(" ").rstrip(".")
        assert 0 < len(part) <= LONGEST
        assert len(part.encode()) <= 255
        assert not re.search(r'[<>:"\\|?*\x00-\x1f]', part)
        assert unicodedata.is_normalized("NFC", part)
        assert not {unicodedata.category(sign) for sign in part} & {"Cc", "Cf", "Zl", "Zp"}
    assert name.endswith(", version 12.pdf")


def test_a_long_name_keeps_its_ending() -> None:
    name = safe_name("検査" * 100, "Evidence", ", version 3.pdf")
    assert name.endswith(("査, version 3.pdf", "検, version 3.pdf"))
    assert len(name.encode()) <= 240
