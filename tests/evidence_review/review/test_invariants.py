"""What was changed of evidence, links and decisions behind the record's back is named."""

from collections.abc import Callable, Iterable

import pytest
from django.utils import timezone
from pytest_django import Settings

from evidence_review.evidence.actions.change_details import link_requirements, unlink_requirements
from evidence_review.evidence.invariants import events_give_the_states, links_are_as_recorded
from evidence_review.evidence.models import Evidence
from evidence_review.review.actions.name_stand_in import Arrangement, name_stand_in
from evidence_review.review.actions.return_version import return_version
from evidence_review.review.invariants import decisions_are_as_recorded, stand_ins_are_as_recorded
from portal.people.roles import Role
from portal.record.record import record
from portal.record.verbs import Verb
from tests.behind import behind_the_back
from tests.evidence_review.inspection.living import Living
from tests.evidence_review.scanning import doubles
from tests.factories import PersonFactory, RequirementFactory, SiteFactory

pytestmark = pytest.mark.django_db
Check = Callable[[], Iterable[str]]
CHECKS: tuple[Check, ...] = (
    links_are_as_recorded,
    decisions_are_as_recorded,
    stand_ins_are_as_recorded,
    events_give_the_states,
)


@pytest.fixture(autouse=True)
def living(settings: Settings, db: None) -> Living:
    """Evidence that was linked, unlinked, approved and returned by the real actions."""
    settings.SCANNER = doubles.CLEAN
    people, site = Living(), SiteFactory()
    first, second = RequirementFactory(ref="9.1"), RequirementFactory(ref="9.2")
    evidence = people.approved("Fire drill", site, first).evidence
    link_requirements(evidence, [second], actor=people.corrector)
    unlink_requirements(evidence, [first], actor=people.corrector)
    returned = people.add("Rota", site, [first])
    return_version(
        returned.public_id,
        actor=people.lead,
        sha256_seen=returned.sha256,
        reason="The date is missing.",
    )
    return people


def test_what_actions_did_is_as_recorded() -> None:
    assert [list(check()) for check in CHECKS] == [[], [], [], []]


@pytest.mark.parametrize(
    ("check", "statement", "named"),
    [
        (
            links_are_as_recorded,
            (
                "UPDATE evidence_evidencelink SET requirement_id = "
                "(SELECT id FROM frameworks_requirement WHERE ref = '9.1' LIMIT 1) WHERE "
                "evidence_id = (SELECT id FROM evidence_evidence WHERE title = 'Fire drill')"
            ),
            "is tied to test-edition:9.1, and no event says so",
        ),
        (
            links_are_as_recorded,
            "DELETE FROM evidence_evidencelink",
            "was tied to test-edition:9.2 on record, and is not in the tables",
        ),
        (
            links_are_as_recorded,
            "UPDATE evidence_evidence SET public_id = 'another' WHERE title = 'Rota'",
            "evidence another is in the tables, and no event says so",
        ),
        (
            decisions_are_as_recorded,
            "UPDATE review_decision SET outcome = 'approve' WHERE outcome = 'return'",
            "is in the tables, and no event says so",
        ),
        (
            decisions_are_as_recorded,
            (
                "UPDATE review_decision SET decider_id = "
                "(SELECT id FROM people_user WHERE first_name = 'Ada') WHERE outcome = 'approve'"
            ),
            "is on record, and not in the tables",
        ),
        (decisions_are_as_recorded, "DELETE FROM review_decision", "is on record, and not in"),
    ],
)
def test_what_was_changed_past_the_portal_is_named(
    check: Check, statement: str, named: str
) -> None:
    behind_the_back(statement)
    assert any(named in sentence for sentence in check())


def test_an_event_without_its_row_is_named(living: Living) -> None:
    evidence = Evidence.objects.get(title="Rota")
    facts = {"requirements": "test-edition:9.2"}
    record(Verb.EVIDENCE_LINKED, evidence.record_ref, actor=living.lead, facts=facts)
    assert [sentence.partition(" was ")[2] for sentence in links_are_as_recorded()] == [
        "tied to test-edition:9.2 on record, and is not in the tables"
    ]


def test_a_stand_in_that_nobody_named_is_found() -> None:
    lead, other = PersonFactory(role=Role.IG_LEAD), PersonFactory(role=Role.EDITOR)
    today = timezone.localdate()
    arrangement = Arrangement(person=lead, stand_in=other, starts=today, ends=today)
    made = name_stand_in(arrangement, actor=lead)
    assert list(stand_ins_are_as_recorded()) == []
    behind_the_back("UPDATE review_standin SET ended_at = CURRENT_TIMESTAMP")
    assert list(stand_ins_are_as_recorded()) == [
        f"stand-in {made.pk} ended otherwise than the record says"
    ]
