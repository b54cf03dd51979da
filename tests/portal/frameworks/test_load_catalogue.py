"""Loading: all or nothing, the same every time, and never a new meaning behind an old reference."""

from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.db import IntegrityError

from portal.frameworks.actions.check_edition import check_edition
from portal.frameworks.actions.load_catalogue import load_catalogue
from portal.frameworks.catalogue.problems import CatalogueRefused
from portal.frameworks.catalogue.reading import own_files
from portal.frameworks.models import (
    Assertion,
    Crosswalk,
    Edition,
    EvidenceCategory,
    ReferenceMap,
    Requirement,
    Standard,
)
from portal.people.answers import NotPermitted
from portal.people.roles import Role
from portal.record.actors import SETUP
from portal.record.queries import events_about
from portal.record.verbs import Verb
from tests.factories import PersonFactory
from tests.portal.frameworks.conftest import Load, Write, changed, line_of, reasons

pytestmark = pytest.mark.django_db

THIRD = """\
  - ref: "1.1.3"
    section: Systems
    title: Extra
    question: Anything else?
    why_it_matters: It may help.
    good_evidence: [Whatever there is.]
    answer: document_or_text
    confidence: {source: source, ref: medium, level: high}
"""
OTHER = """\
framework: {code: other, name: Other framework}
edition: {code: other, name: Other}
sections:
  - name: All
requirements:
  - ref: A
    section: All
    title: Led well
    question: Are we led well?
    why_it_matters: It shows.
    good_evidence: [A claim.]
    answer: claim
    confidence: {source: source, ref: high, level: high}
"""
CROSSWALK = """\
crosswalk:
  - from: demo-v1
    to: other
    links:
      - {ref: "1.1.1", to: A, why: Because.}
"""


def everything() -> list[list[tuple[object, ...]]]:
    """Return every row of the catalogue, as it is."""
    models = (
        Edition,
        Standard,
        Assertion,
        EvidenceCategory,
        Requirement,
        ReferenceMap,
        Crosswalk,
    )
    return [list(model._default_manager.order_by("pk").values_list()) for model in models]


def loaded_events(edition: str = "demo-v1") -> list[dict[str, int]]:
    events = events_about("edition", edition).filter(verb=Verb.CATALOGUE_LOADED).order_by("seq")
    return [event.data["facts"] for event in events]


def test_the_first_load_makes_the_edition_and_records_it_once(load: Load) -> None:
    result = load()

    assert result.changed == ("demo-v1",)
    trained = Requirement.objects.get(ref="1.1.1")
    assert trained.code == "demo-v1:1.1.1"
    assert trained.assertion == Assertion.objects.get(ref="1.1")
    assert (trained.levels, trained.mandatory, trained.freshness_months) == (
        ["basic", "full"],
        True,
        12,
    )
    assert EvidenceCategory.objects.get().name == "Observation"
    assert ReferenceMap.objects.get(from_ref="9.2").reworded
    assert [facts["added"] for facts in loaded_events()] == [3]


def test_loading_the_same_file_again_changes_and_records_nothing(load: Load) -> None:
    load()
    before = everything()

    result = load()

    assert result.changed == ()
    assert everything() == before
    assert len(loaded_events()) == 1


def test_the_catalogues_of_the_portal_load_and_load_again() -> None:
    first = load_catalogue(actor=SETUP)
    before = everything()
    second = load_catalogue(list(reversed(own_files())), actor=SETUP)

    assert set(first.changed) == {"dspt-v8", "cqc-statements", "cqc-kloe-2017"}
    assert second.changed == ()
    assert everything() == before


def test_the_event_holds_the_hash_of_the_file(load: Load, tmp_path: Path) -> None:
    change = load().editions[0]

    event = events_about("edition", "demo-v1").get()
    assert event.sha256 == change.sha256
    assert event.actor_ref == "system:setup"


def test_other_words_for_the_same_question_are_simply_taken_over(load: Load) -> None:
    load()

    load(("why_it_matters: Untrained people make mistakes.", "why_it_matters: They err."))

    assert Requirement.objects.get(ref="1.1.1").why_it_matters == "They err."
    assert [facts["changed"] for facts in loaded_events()] == [0, 1]


@pytest.mark.parametrize(
    ("old", "new", "field"),
    [
        ("question: Is everyone trained?", "question: Is nobody trained?", "question_plain"),
        ("answer: yes_no", "answer: text", "answer_kind"),
        ("freshness_months: 12", "freshness_months: 6", "freshness_months"),
        ("freshness_months: 12", "not_applicable: true", "na_allowed, freshness_months"),
        ("answer: yes_no", "answer: yes_no\n    condition: Only at night.", "condition"),
        ("needed_from: basic", "needed_from: full", "levels"),
    ],
)
def test_a_new_meaning_under_an_old_reference_is_refused(
    load: Load, old: str, new: str, field: str
) -> None:
    load()
    before = everything()
    totals = ("total: 1", "total: 0") if field == "levels" else ("total: 1", "total: 1")

    with pytest.raises(CatalogueRefused) as refused:
        load((old, new), totals)

    line, reason = reasons(refused)[0]
    assert line == line_of(changed((old, new)), 'ref: "1.1.1"')
    assert f"1.1.1 would mean something else ({field})" in reason
    assert everything() == before
    assert len(loaded_events()) == 1


REWORDED = (
    "question: Is everyone trained?",
    "question: Is everyone trained this year?\n    reworded: Now says how often.",
)


def test_a_new_meaning_is_taken_when_the_file_says_what_changed(load: Load) -> None:
    load()

    load(REWORDED)

    requirement = Requirement.objects.get(ref="1.1.1")
    assert requirement.question_plain == "Is everyone trained this year?"
    assert requirement.reworded == "Now says how often."


def test_an_old_mark_does_not_let_the_next_change_through(load: Load) -> None:
    load()
    load(REWORDED)

    with pytest.raises(CatalogueRefused, match="would mean something else"):
        load((REWORDED[0], REWORDED[1].replace("this year", "this month")))


def test_a_requirement_that_vanishes_is_refused(load: Load) -> None:
    load()

    with pytest.raises(CatalogueRefused, match=r"1\.1\.3 is gone from the file"):
        load((THIRD, ""))

    assert not Requirement.objects.get(ref="1.1.3").is_retired


def test_a_superseded_requirement_is_retired_and_mapped_to_its_successor(load: Load) -> None:
    load()
    new = THIRD.replace('ref: "1.1.3"', 'ref: "1.1.4"\n    supersedes: "1.1.3"')

    load((THIRD, new))

    assert Requirement.objects.get(ref="1.1.3").is_retired
    mapped = ReferenceMap.objects.get(from_edition="demo-v1")
    assert (mapped.from_ref, mapped.to_requirement.ref) == ("1.1.3", "1.1.4")
    assert loaded_events()[-1]["retired"] == 1
    assert load((THIRD, new)).changed == ()


def test_a_retired_reference_does_not_come_back_unmarked(load: Load) -> None:
    load()
    load((THIRD, THIRD.replace('ref: "1.1.3"', 'ref: "1.1.4"\n    supersedes: "1.1.3"')))
    back = THIRD + THIRD.replace('"1.1.3"', '"1.1.4"')

    with pytest.raises(CatalogueRefused, match=r"1\.1\.3 would mean something else \(is_retired\)"):
        load((THIRD, back))


def test_a_level_that_does_not_add_up_is_refused_and_nothing_is_loaded(load: Load) -> None:
    with pytest.raises(CatalogueRefused, match="should have 7 requirements but has 1"):
        load(("total: 1", "total: 7"))

    assert not Edition.objects.exists()
    assert loaded_events() == []


def test_a_part_that_is_gone_is_removed_when_nothing_hangs_on_it(load: Load) -> None:
    load()

    load(("  - {code: seen, name: Observation}", "  - {code: heard, name: Feedback}"))

    assert [category.code for category in EvidenceCategory.objects.all()] == ["heard"]


def test_a_part_that_is_still_used_is_not_removed(load: Load) -> None:
    load()
    new = THIRD.replace('ref: "1.1.3"', 'ref: "1.1.4"\n    supersedes: "1.1.3"')
    with_assertion = THIRD.replace("    section", '    assertion: "1.1"\n    section')
    load((THIRD, with_assertion))

    with pytest.raises(CatalogueRefused, match=r"assertion 1\.1 is gone from the file but still"):
        load(
            ('  - {ref: "1.1", standard: 1, title: First assertion}', "  []"),
            ('    assertion: "1.1"\n', ""),
            (THIRD, new),
        )


def test_a_map_entry_that_is_gone_is_removed(load: Load) -> None:
    load()

    load(('      "9.1": "1.1.1"\n', ""))

    assert [entry.from_ref for entry in ReferenceMap.objects.all()] == ["9.2"]


def test_a_map_from_a_reference_the_older_edition_does_not_have_is_refused(
    load: Load, write: Write
) -> None:
    load()
    newer = changed(
        ("code: demo-v1", "code: demo-v2"), ("from: demo-v0", "from: demo-v1"), ('"9.2"', '"1.1.2"')
    )

    with pytest.raises(CatalogueRefused) as refused:
        load_catalogue([write(newer, name="newer.yaml")], actor=SETUP)

    assert reasons(refused) == [(line_of(newer, '"9.1"'), "unknown reference demo-v1:9.1")]


def test_a_cycle_in_the_map_is_refused(load: Load, write: Write) -> None:
    newer = changed(
        ("code: demo-v1", "code: demo-v2"),
        ("from: demo-v0", "from: demo-v1"),
        ('"9.1": "1.1.1"', '"1.1.1": "1.1.2"'),
        ('"9.2": "1.1.2"', '"1.1.2": "1.1.1"'),
        ('reworded: ["1.1.2"]', 'reworded: ["1.1.1", "1.1.2"]'),
    )
    older = changed(
        ("from: demo-v0", "from: demo-v2"),
        ('"9.1": "1.1.1"', '"1.1.1": "1.1.2"'),
        ('      "9.2": "1.1.2"\n', ""),
    )

    with pytest.raises(CatalogueRefused) as refused:
        load_catalogue([write(older), write(newer, name="newer.yaml")], actor=SETUP)

    assert {problem.file for problem in refused.value.problems} == {"demo.yaml", "newer.yaml"}
    assert all("back to itself" in problem.reason for problem in refused.value.problems)
    assert not Edition.objects.exists()


def test_a_crosswalk_is_loaded_and_recorded_for_the_edition_it_starts_from(
    load: Load, write: Write
) -> None:
    load()
    files = [write(OTHER, name="other.yaml"), write(CROSSWALK, name="crosswalk.yaml")]

    load_catalogue(files, actor=SETUP)
    again = load_catalogue(files, actor=SETUP)

    link = Crosswalk.objects.get()
    assert (link.source.code, link.target.code, link.note) == (
        "demo-v1:1.1.1",
        "other:A",
        "Because.",
    )
    assert loaded_events()[-1]["crosswalk"] == 1
    assert again.changed == ()


def test_a_link_that_is_gone_is_removed_and_a_changed_reason_taken_over(
    load: Load, write: Write
) -> None:
    load()
    other = write(OTHER, name="other.yaml")
    load_catalogue([other, write(CROSSWALK, name="c.yaml")], actor=SETUP)
    moved = CROSSWALK.replace('"1.1.1"', '"1.1.2"')

    load_catalogue([write(moved, name="c.yaml")], actor=SETUP)
    load_catalogue([write(moved.replace("Because", "Since"), name="c.yaml")], actor=SETUP)

    link = Crosswalk.objects.get()
    assert (link.source.ref, link.note) == ("1.1.2", "Since.")


@pytest.mark.parametrize(
    ("old", "new", "unknown"),
    [
        ('ref: "1.1.1"', 'ref: "8.8"', "demo-v1:8.8"),
        ("to: A,", "to: Z,", "other:Z"),
        ("from: demo-v1", "from: nowhere", "nowhere:1.1.1"),
    ],
)
def test_a_crosswalk_with_an_unknown_reference_is_refused_with_its_line(
    load: Load, write: Write, old: str, new: str, unknown: str
) -> None:
    load()
    text = CROSSWALK.replace(old, new)

    with pytest.raises(CatalogueRefused) as refused:
        load_catalogue(
            [write(OTHER, name="other.yaml"), write(text, name="crosswalk.yaml")], actor=SETUP
        )

    assert reasons(refused) == [(line_of(text, "- {ref"), f"unknown reference {unknown}")]
    assert not Edition.objects.filter(code="other").exists()


def test_a_change_of_wording_takes_the_checked_mark_away(load: Load) -> None:
    load()
    ig_lead = PersonFactory.create(role=Role.IG_LEAD)
    check_edition(Edition.objects.get(), actor=ig_lead)

    load(("title: Trained", "title: Training"))

    edition = Edition.objects.get()
    assert (edition.checked_at, edition.checked_by) == (None, None)
    event = events_about("edition", "demo-v1").order_by("seq").last()
    assert event is not None
    assert (event.before, event.after) == ("checked", "")


def test_a_change_of_the_map_alone_keeps_the_checked_mark(load: Load) -> None:
    load()
    check_edition(Edition.objects.get(), actor=PersonFactory.create(role=Role.IG_LEAD))

    load(('      "9.1": "1.1.1"\n', ""))

    assert Edition.objects.get().is_checked


@pytest.mark.parametrize("role", [Role.EDITOR, Role.IG_LEAD, Role.STAFF])
def test_people_who_do_not_run_the_portal_cannot_load(write: Write, role: Role) -> None:
    with pytest.raises(NotPermitted):
        load_catalogue([write()], actor=PersonFactory.create(role=role))


def test_a_portal_administrator_can_load_and_is_named_in_the_record(write: Write) -> None:
    admin = PersonFactory.create(role=Role.PORTAL_ADMIN)

    load_catalogue([write()], actor=admin)

    assert events_about("edition", "demo-v1").get().actor_ref == admin.actor_ref


def test_when_the_record_cannot_be_written_nothing_is_loaded(
    write: Write, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(entries: object) -> None:
        raise IntegrityError("no record")

    monkeypatch.setattr("portal.frameworks.actions.load_catalogue.record_all", fail)
    with pytest.raises(IntegrityError):
        load_catalogue([write()], actor=SETUP)

    assert not Edition.objects.exists()


def test_the_command_says_what_changed_and_then_that_nothing_did(write: Write) -> None:
    path = str(write())
    first, second = StringIO(), StringIO()

    call_command("load_catalogue", path, stdout=first)
    call_command("load_catalogue", path, stdout=second)

    assert "demo-v1: 3 added" in first.getvalue()
    assert second.getvalue() == "demo-v1: nothing to change\n"


def test_the_command_names_file_line_and_reason(write: Write) -> None:
    text = changed(("answer: text", "answer: essay"))

    with pytest.raises(CommandError) as error:
        call_command("load_catalogue", str(write(text)))

    line = line_of(text, "answer: essay")
    assert f"demo.yaml, line {line}: 'essay' is not one of" in str(error.value)
    assert "Nothing was loaded." in str(error.value)
