"""A starter file that is not as it should be is refused with its line and the reason."""

from pathlib import Path

import pytest
from pytest_django import Settings

from portal.frameworks.catalogue.problems import CatalogueRefused
from portal.policy_library.checks import starters_can_be_read
from portal.policy_library.reading import OWN_FILES, library, read_starters
from portal.policy_library.writing import rich_text

GOOD = (OWN_FILES / "passwords.yaml").read_text()


def complaints(tmp_path: Path, text: str, name: str = "passwords.yaml") -> str:
    path = tmp_path / name
    path.write_text(text)
    with pytest.raises(CatalogueRefused) as refused:
        read_starters([path])
    return str(refused.value)


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("topic: devices", "topic: gadgets", "'gadgets' is not one of"),
        ("topic: devices", "topik: devices", "unknown key 'topik'"),
        ("version: 1\ntopic", "version: 2\ntopic", "must name every version"),
        ("review_months: 12", "review_months: 0", "1 to 60 months"),
        ("for_roles: []", "for_roles: [cook]", "'cook' is not one of"),
        ("for_roles: []", "for_roles: [staff, staff]", "names something twice"),
        ("- heading: Why this matters", "- heeding: Why this matters", "'heeding' is not one of"),
        ("- heading: Why this matters", "- Why this matters", "expected one of heading"),
        ("Your password is your", "{owner} is your", "{owner} is not one of the facts"),
        ("columns: [When, What happens]", "columns: [When]", "2 cells instead of 1"),
        ("  right: 2", "  right: 4", "'right' is the number of the right answer"),
        ("code: passwords", "code: password", "the file's name is not"),
        ("dspt-v8:4.5.4", "4.5.4", "cannot stand here"),
        ("confirm: true", "confirm: maybe", "true or false"),
        (GOOD, "", "the file is empty"),
        (GOOD, "a: [", "not valid YAML"),
    ],
)
def test_a_faulty_file_is_refused_with_the_reason(
    tmp_path: Path, old: str, new: str, said: str
) -> None:
    assert old in GOOD
    assert said in complaints(tmp_path, GOOD.replace(old, new, 1))


def test_a_complaint_names_the_line(tmp_path: Path) -> None:
    line = GOOD.splitlines().index("topic: devices") + 1
    said = complaints(tmp_path, GOOD.replace("topic: devices", "topic: gadgets"))
    assert said.startswith(f"passwords.yaml, line {line}: ")


def test_an_organisations_own_starters_go_before_the_portals(
    settings: Settings, tmp_path: Path
) -> None:
    (tmp_path / "passwords.yaml").write_text(GOOD.replace("title: Passwords", "title: Our own"))
    settings.POLICY_STARTERS = [str(tmp_path)]
    assert library()["passwords"].title == "Our own and access"
    assert len(library()) == len(list(OWN_FILES.glob("*.yaml")))


@pytest.mark.parametrize(
    ("text", "html"),
    [
        ("One\nline.\n\nTwo.", "<p>One line.</p><p>Two.</p>"),
        ("A **bold** word", "<p>A <b>bold</b> word</p>"),
        ("[ICO](https://ico.org.uk)", '<p><a href="https://ico.org.uk">ICO</a></p>'),
        ("[bad](javascript:alert(1))", "<p>[bad](javascript:alert(1))</p>"),
        ("<script>", "<p>&lt;script&gt;</p>"),
        ("For {organisation}.", "<p>For **A** &lt;b&gt; [x](https://y.z).</p>"),
        ("Ask {ig_lead}.", "<p>Ask [name of your IG lead].</p>"),
    ],
)
def test_plain_text_becomes_paragraphs_and_nothing_else(text: str, html: str) -> None:
    assert rich_text(text, {"organisation": "**A** <b> [x](https://y.z)"}) == html


def test_a_faulty_folder_fails_the_checks_and_not_a_reader(
    settings: Settings, tmp_path: Path
) -> None:
    assert starters_can_be_read() == []
    (tmp_path / "ours.yaml").write_text("code: ours")
    settings.POLICY_STARTERS = [str(tmp_path)]
    found = starters_can_be_read()
    assert {message.id for message in found} == {"policy_library.E001"}
    assert "ours.yaml, line 1: the key 'title' is missing" in [message.msg for message in found]
