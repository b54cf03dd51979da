"""A catalogue file with a mistake is refused with its line and a reason."""

import pytest

from portal.frameworks.catalogue.coherence import problems_within
from portal.frameworks.catalogue.nodes import LARGEST_FILE
from portal.frameworks.catalogue.problems import CatalogueRefused, Problem, refuse_if_any
from portal.frameworks.catalogue.reading import read_catalogue
from tests.portal.frameworks.conftest import Write, changed, line_of, reasons

CROSSWALK = """\
crosswalk:
  - from: demo-v1
    to: other
    links:
      - {ref: "1.1.1", to: A, why: Because.}
"""


def test_a_good_file_is_read_whole(write: Write) -> None:
    edition = read_catalogue([write()]).editions[0]

    assert edition.code == "demo-v1"
    assert [row.key for row in edition.requirements] == ["1.1.1", "1.1.2", "1.1.3"]
    assert edition.requirements[0].values["levels"] == ["basic", "full"]
    assert edition.requirements[1].values["levels"] == ["full"]
    assert edition.requirements[2].values["levels"] == []
    assert [row.values["mandatory"] for row in edition.requirements] == [True, True, False]
    assert [(entry.source, entry.to_ref, entry.reworded) for entry in edition.maps] == [
        ("demo-v0:9.1", "1.1.1", False),
        ("demo-v0:9.2", "1.1.2", True),
    ]


@pytest.mark.parametrize(
    ("old", "new", "at", "reason"),
    [
        ("title: Trained", "titel: Trained", "titel", "unknown key 'titel'"),
        ("title: Trained", "title: Trained\n    title: Again", "title: Again", "stands here twice"),
        ("    title: Trained\n", "", 'ref: "1.1.1"', "the key 'title' is missing"),
        ("title: Trained", 'title: "  "', 'title: "  "', "must not be empty"),
        ("title: Trained", f"title: {'x' * 121}", "title: xxx", "longer than 120 characters"),
        ("title: Trained", "title: [Trained]", "title: [", "expected text"),
        ('ref: "1.1.2"', "ref: 1.1", "ref: 1.1\n", "put numbers such as 1.1 in quotes"),
        ('ref: "1.1.2"', 'ref: "1 1"', 'ref: "1 1"', "characters that cannot stand here"),
        ("answer: text", "answer: essay", "answer: essay", "'essay' is not one of yes_no"),
        ("source: memory", "source: rumour", "source: rumour", "'rumour' is not one of source"),
        ("ref: low,", "ref: tiny,", "ref: tiny", "'tiny' is not one of high"),
        ("freshness_months: 12", "freshness_months: soon", "freshness_months", "a whole number"),
        ("freshness_months: 12", "freshness_months: -1", "freshness_months", "from 0 to 9999"),
        ("freshness_months: 12", "freshness_months: 99999", "freshness_months", "from 0 to 9999"),
        ("good_evidence: [A list with dates.]", "good_evidence: A list", "A list", "a list"),
        ("name: Demo, version 1", "name: Demo\n  starts: soon", "starts: soon", "a date such as"),
        ("name: Demo, version 1", "name: Demo\n  in_use: maybe", "in_use", "true or false"),
        ("name: Demo, version 1", "name: Demo\n  starts: 2026-02-31", "2026-02", "not a real date"),
        ('reworded: ["1.1.2"]', 'reworded: ["9.9"]', "from: demo-v0", "nothing is mapped to it"),
        ('"9.1": "1.1.1"', '"9.1": 5', '"9.1": 5', "expected text"),
        ("sections:", "sections: none\nwards:", "sections: none", "expected a list"),
    ],
)
def test_a_mistake_is_named_with_its_line(
    write: Write, old: str, new: str, at: str, reason: str
) -> None:
    text = changed((old, new))

    with pytest.raises(CatalogueRefused) as refused:
        read_catalogue([write(text)])

    found = reasons(refused)
    assert any(line == line_of(text, at) and reason in said for line, said in found), found


@pytest.mark.parametrize(
    ("content", "line", "reason"),
    [
        ("", 0, "the file is empty"),
        ("# only a comment\n", 0, "the file is empty"),
        ("a: [1,\nb: 2\n", 3, "not valid YAML"),
        ("a: b\n\tc: d\n", 2, "not valid YAML"),
        ("- just\n- a list\n", 1, "expected the keys framework"),
        ("just words", 1, "expected the keys framework"),
        ("a: 1\n---\nb: 2\n", 2, "not valid YAML"),
        ("a: *nowhere\n", 1, "not valid YAML"),
        ("[" * 5000, 0, "not valid YAML"),
        ("a: &loop [*loop]\n", 1, "unknown key 'a'"),
        ("!!python/object/apply:os.system ['true']\n", 1, "expected the keys framework"),
    ],
)
def test_what_is_no_catalogue_is_refused(
    write: Write, content: str, line: int, reason: str
) -> None:
    with pytest.raises(CatalogueRefused) as refused:
        read_catalogue([write(content)])

    assert any(at == line and reason in said for at, said in reasons(refused)), reasons(refused)


@pytest.mark.parametrize("content", [b"\xff\xfe\x00", b"a: \x00", b"\x80\x81"])
def test_bytes_that_are_no_text_are_refused(write: Write, content: bytes) -> None:
    path = write("")
    path.write_bytes(content)

    with pytest.raises(CatalogueRefused, match=r"demo\.yaml"):
        read_catalogue([path])


def test_a_file_that_is_not_there_is_named(write: Write) -> None:
    path = write().with_name("nowhere.yaml")

    with pytest.raises(CatalogueRefused, match=r"nowhere\.yaml: the file cannot be read"):
        read_catalogue([path])


def test_a_file_far_too_large_is_not_even_parsed(write: Write) -> None:
    with pytest.raises(CatalogueRefused, match="too large"):
        read_catalogue([write("#" * (LARGEST_FILE + 1))])


def test_every_mistake_of_every_file_is_named_at_once(write: Write) -> None:
    first = write(changed(("answer: text", "answer: essay"), ("title: Extra", "titel: Extra")))
    second = write("", name="empty.yaml")

    with pytest.raises(CatalogueRefused) as refused:
        read_catalogue([first, second])

    assert {problem.file for problem in refused.value.problems} == {"demo.yaml", "empty.yaml"}
    assert len(refused.value.problems) == 4


@pytest.mark.parametrize(
    ("old", "new", "at", "reason"),
    [
        (
            'ref: "1.1.3"\n    section',
            'ref: "1.1.1"\n    section',
            'ref: "1.1.1"\n    section',
            "the requirement 1.1.1 stands in line 19 already",
        ),
        (
            "- name: Systems",
            "- name: People # again",
            "- name: People # again",
            "the section People stands in line 9 already",
        ),
        (
            "{code: full",
            "{code: basic",
            "{code: basic, name: Full",
            "the level basic stands in line 6 already",
        ),
        ('assertion: "1.1"', 'assertion: "7.7"', 'ref: "1.1.1"', "1.1.1: no assertion 7.7"),
        (
            "section: Systems",
            "section: Attic",
            'ref: "1.1.2"',
            "1.1.2: there is no section 'Attic'",
        ),
        ("group: Training", "group: Dance", 'ref: "1.1.1"', "1.1.1: no group 'Dance' in 'People'"),
        ("needed_from: full", "needed_from: top", 'ref: "1.1.2"', "1.1.2: no level 'top'"),
        ("standard: 1,", "standard: 4,", "standard: 4,", "there is no standard 4"),
        (
            "total: 1}",
            "total: 3}",
            "total: 3}",
            "the level basic should have 3 requirements but has 1",
        ),
        (
            "total: 2}",
            "total: 1}",
            "{code: full",
            "the level full should have 1 requirements but has 2",
        ),
        (
            "[A note of a test.]",
            "[]",
            'ref: "1.1.2"',
            "1.1.2: good_evidence needs at least one example",
        ),
        (
            '"9.1": "1.1.1"',
            '"9.1": "4.4"',
            '"9.1"',
            "the map leads to 4.4, which is not in this file",
        ),
        (
            '"9.2": "1.1.2"',
            '"9.1": "1.1.1" # again\n      "9.2": "1.1.2"',
            "# again",
            "demo-v0:9.1 is mapped to 1.1.1 twice",
        ),
        (
            "from: demo-v0",
            "from: demo-v1",
            '"9.1"',
            "an edition is not mapped onto itself: use supersedes on the new item",
        ),
        (
            'ref: "1.1.2"',
            'ref: "1.1.2"\n    supersedes: "1.1.1"',
            'ref: "1.1.2"',
            "1.1.2: 1.1.1 is superseded and still in the file",
        ),
    ],
)
def test_what_does_not_fit_together_is_named_with_its_line(
    write: Write, old: str, new: str, at: str, reason: str
) -> None:
    text = changed((old, new))
    problems = problems_within(read_catalogue([write(text)]))

    assert (line_of(text, at), reason) in [
        (problem.line, problem.reason) for problem in problems
    ], problems


def test_the_small_catalogue_fits_together(write: Write) -> None:
    assert problems_within(read_catalogue([write()])) == []


def test_an_edition_in_two_files_is_refused(write: Write) -> None:
    catalogue = read_catalogue([write(), write(name="again.yaml")])

    assert any("also in demo.yaml" in problem.reason for problem in problems_within(catalogue))


def test_a_framework_with_two_names_is_refused(write: Write) -> None:
    other = changed(("name: Demo framework", "name: Other"), ("code: demo-v1", "code: demo-v2"))
    catalogue = read_catalogue([write(), write(other, name="other.yaml")])

    assert any(
        "called 'Demo framework'" in problem.reason for problem in problems_within(catalogue)
    )


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        (CROSSWALK + CROSSWALK.partition("\n")[2], "stands twice"),
        (CROSSWALK + '      - {ref: "1.1.1", to: A}\n', "from 1.1.1 to A stands twice"),
        (CROSSWALK.replace("to: other", "to: demo-v1"), "two different editions"),
    ],
)
def test_a_crosswalk_that_repeats_itself_is_refused(write: Write, text: str, reason: str) -> None:
    problems = problems_within(read_catalogue([write(text)]))

    assert any(reason in problem.reason for problem in problems)


def test_problems_read_as_file_line_and_reason() -> None:
    with pytest.raises(CatalogueRefused) as refused:
        refuse_if_any([Problem("b.yaml", 0, "empty"), Problem("a.yaml", 12, "wrong")])

    assert str(refused.value) == "a.yaml, line 12: wrong\nb.yaml: empty"
