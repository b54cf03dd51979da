"""The demo's assessments: head office's for two sites, and Rowan House's own, half way there."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Any

import yaml
from django.utils import timezone

from evidence_review.assessments.actions.answer_sameness import answer_sameness
from evidence_review.assessments.actions.confirm_for_site import confirm_for_site, record_difference
from evidence_review.assessments.actions.cover_sites import cover_sites
from evidence_review.assessments.actions.link_evidence import link_answer_evidence
from evidence_review.assessments.actions.named_people import DutyDetails, name_person
from evidence_review.assessments.actions.plan_actions import Plan, plan_actions
from evidence_review.assessments.actions.save_answer import save_answer
from evidence_review.assessments.actions.start import start_assessment
from evidence_review.assessments.answer import Answer
from evidence_review.assessments.models import Assessment, Response
from evidence_review.assessments.sameness import NAMES
from evidence_review.assessments.states import Duty
from evidence_review.evidence.models import Evidence
from home.demo.people import Cast
from portal.frameworks.models import Edition
from portal.people.models import Site, User

_EDITION = "dspt-v8"
_CONFIRMED_SECTION = "Staffing and roles"


@dataclass(frozen=True)
class _Run:
    """One demo assessment: whose answers of the file it takes, and who gives them."""

    key: str
    site: Site | None
    by: User


def make_assessments(cast: Cast) -> list[Assessment]:
    """Start head office's assessment and Rowan House's, and answer most of their questions."""
    kept = yaml.safe_load((Path(__file__).parent / "assessments.yaml").read_text())
    runs = [
        _Run("head_office", None, cast["ig_lead"]),
        _Run("rowan_house", cast.sites[0], cast["contributor"]),
    ]
    made = [_answer(run, kept["answers"], cast) for run in runs]
    _cover(made[0], kept["differences"], cast)
    _plan(made[1], kept["actions"], cast)
    _name_people(kept["named_people"], cast)
    return made


def _plan(assessment: Assessment, actions: Sequence[Mapping[str, Any]], cast: Cast) -> None:
    today = timezone.localdate()
    plans = [
        Plan(
            requirement=assessment.edition.requirements.get(ref=kept["ref"]),
            what=kept["what"],
            owner=cast[kept["owner"]],
            due=today + timedelta(days=kept["due_in"]),
        )
        for kept in actions
    ]
    plan_actions(assessment, plans, actor=cast["ig_lead"])


def _name_people(named: Sequence[Mapping[str, str]], cast: Cast) -> None:
    for kept in named:
        person = cast[kept["who"]]
        details = DutyDetails(
            person=person,
            name="",
            job_title=person.job_title,
            site=cast.sites[0] if kept["duty"] == Duty.REGISTERED_MANAGER else None,
            how_assigned=kept["how"],
            evidence=None,
            starts=timezone.localdate() - timedelta(days=300),
        )
        name_person(Duty(kept["duty"]), details, actor=cast["ig_lead"])


def _cover(assessment: Assessment, differences: Sequence[Mapping[str, str]], cast: Cast) -> None:
    """Let head office answer for the other sites; one manager confirms some, and differs once."""
    lead, manager = cast["ig_lead"], cast["registered_manager"]
    answer_sameness(assessment, dict.fromkeys(NAMES, True), actor=lead)
    assessment.refresh_from_db()
    cover_sites(assessment, cast.sites[1:], actor=lead)
    coverage = assessment.coverage.get(site=cast.sites[1])
    confirmed = assessment.responses.filter(
        confirmed_at__isnull=False, requirement__section=_CONFIRMED_SECTION
    )
    confirm_for_site(coverage, dict(confirmed.values_list("public_id", "revision")), actor=manager)
    for kept in differences:
        response = assessment.responses.get(requirement__ref=kept["ref"])
        record_difference(
            coverage, response, kept["difference"], revision=response.revision, actor=manager
        )


def _answer(run: _Run, answers: Mapping[str, Mapping[str, Any]], cast: Cast) -> Assessment:
    edition = Edition.objects.get(code=_EDITION)
    assessment = start_assessment(edition, run.site, actor=cast["ig_lead"])
    for response in assessment.responses.select_related("requirement"):
        kept = answers.get(response.requirement.ref, {})
        if kept and kept.get("only", run.key) == run.key:
            _save(response, kept, run.by)
    return assessment


def _save(response: Response, kept: Mapping[str, Any], by: User) -> None:
    days = kept.get("date_days_ago")
    answer = Answer(
        tick=kept.get("tick"),
        text=kept.get("text", ""),
        kept_where=kept.get("kept_where", ""),
        link=kept.get("link", ""),
        document_date=timezone.localdate() - timedelta(days=days) if days else None,
        not_applicable=kept.get("not_applicable", False),
        reason_not_applicable=kept.get("reason", ""),
    )
    if "evidence" in kept:
        evidence = Evidence.objects.get(title__startswith=kept["evidence"])
        link_answer_evidence(response, evidence, actor=by)
    save_answer(response, answer, revision=0, confirm=not kept.get("later"), actor=by)
