"""A corrected edition is felt by the assessments under way, in the same transaction."""

from pathlib import Path

import pytest
import yaml

from evidence_review.assessments.invariants import standing_follows_from_the_evidence
from evidence_review.assessments.models import Assessment
from evidence_review.assessments.tally import Tally
from portal.frameworks.actions.load_catalogue import load_catalogue
from portal.frameworks.models import Edition
from portal.record.actors import SETUP
from tests.evidence_review.assessments.made_up import DATA
from tests.factories import AssessmentFactory, answered

pytestmark = pytest.mark.django_db


@pytest.fixture
def assessment() -> Assessment:
    """An assessment of the first made-up edition, with every answer complete."""
    load_catalogue([DATA / "edition-1.yaml"], actor=SETUP)
    assessment = AssessmentFactory(edition=Edition.objects.get(framework__code="made-up"))
    for response in assessment.responses.all():
        answered(response)
    assessment.refresh_from_db()
    return assessment


def correct(tmp_path: Path, **correction: object) -> None:
    """Load the first edition again with its first item corrected."""
    kept = yaml.safe_load((DATA / "edition-1.yaml").read_text())
    kept["requirements"][0] |= correction
    file = tmp_path / "edition-1.yaml"
    file.write_text(yaml.safe_dump(kept, sort_keys=False))
    load_catalogue([file], actor=SETUP)


def tally(assessment: Assessment) -> Tally:
    assessment.refresh_from_db()
    return Tally.from_json(assessment.tally)


def test_a_new_freshness_rule_makes_answers_lapse(assessment: Assessment, tmp_path: Path) -> None:
    correct(tmp_path, freshness_months=12, reworded="To be looked at every year.")
    assert assessment.responses.exclude(good_until=None).count() == 1
    assert not list(standing_follows_from_the_evidence())


def test_an_item_that_is_asked_in_addition_gets_an_empty_answer(
    assessment: Assessment, tmp_path: Path
) -> None:
    asked, needed = assessment.responses.count(), tally(assessment).total.needed
    kept = yaml.safe_load((DATA / "edition-1.yaml").read_text())
    kept["requirements"].append(kept["requirements"][0] | {"ref": "9.9", "title": "Something new"})
    for level in kept.get("levels", ()):
        if level.get("total"):
            level["total"] += 1
    file = tmp_path / "edition-1.yaml"
    file.write_text(yaml.safe_dump(kept, sort_keys=False))
    load_catalogue([file], actor=SETUP)
    assert assessment.responses.count() == asked + 1
    assert tally(assessment).total.needed == needed + 1
    assert not list(standing_follows_from_the_evidence())


def test_loading_the_same_again_touches_no_assessment(
    assessment: Assessment, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*args: object, **kwargs: object) -> None:
        raise AssertionError("nothing changed")

    monkeypatch.setattr("evidence_review.assessments.actions.follow_catalogue.restate", refuse)
    load_catalogue([DATA / "edition-1.yaml"], actor=SETUP)
