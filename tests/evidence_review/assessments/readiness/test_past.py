"""How ready everybody was: what was counted then is what is rebuilt of it now."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from pytest_django import Settings

from evidence_review.assessments.actions.count_the_day import count_the_day
from evidence_review.assessments.actions.link_evidence import (
    link_answer_evidence,
    unlink_answer_evidence,
)
from evidence_review.assessments.actions.save_answer import save_answer
from evidence_review.assessments.actions.start import start_assessment
from evidence_review.assessments.answer import Answer
from evidence_review.assessments.models import Assessment, DailyStanding, Response
from evidence_review.assessments.past import tallies_then
from evidence_review.assessments.tally import Tally
from evidence_review.evidence.actions.change_details import (
    link_requirements,
    unlink_requirements,
)
from evidence_review.review.actions.withdraw import withdraw
from portal.frameworks.models import Edition, Requirement
from portal.people.models import Site
from portal.people.roles import Role
from portal.record.actors import SCHEDULER
from portal.record.moments import moment_now
from tests.evidence_review.assessments.publishable import asked
from tests.evidence_review.inspection.conftest import Clock, text_of
from tests.evidence_review.inspection.living import Living
from tests.evidence_review.scanning import doubles
from tests.factories import PersonFactory, SiteFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    """The portal's clock, which a test moves on."""
    held = Clock()
    monkeypatch.setattr(timezone, "now", held.read)
    return held


@pytest.fixture
def living(settings: Settings, db: None) -> Living:
    """People who do things."""
    settings.SCANNER = doubles.CLEAN
    asked()
    return Living()


def said(assessment: Assessment, ref: str, living: Living, **answer: object) -> None:
    """Answer and confirm a question."""
    response = Response.objects.get(assessment=assessment, requirement__ref=ref)
    given = Answer(**answer)  # type: ignore[arg-type]  # as each test says it
    save_answer(response, given, revision=response.revision, confirm=True, actor=living.corrector)


def test_each_day_was_as_it_was_counted(living: Living) -> None:
    site: Site = SiteFactory.create()
    edition = Edition.objects.get(code="test-edition")
    document = Requirement.objects.get(edition=edition, ref="1.1.2")
    assessment = start_assessment(edition, site, actor=living.corrector)
    answer = Response.objects.get(assessment=assessment, requirement=document)
    version = living.approved("Policy", site, document)
    evidence = version.evidence
    lapses = timezone.localdate() + timedelta(days=30)
    steps: list[Callable[[], object]] = [
        lambda: said(assessment, "1.1.1", living, tick=True),
        lambda: said(assessment, "1.1.2", living, text="Page 3."),
        lambda: living.correct(evidence, review_date=lapses),
        lambda: unlink_answer_evidence(answer, evidence, actor=living.corrector),
        lambda: link_answer_evidence(answer, evidence, actor=living.corrector),
        lambda: unlink_requirements(evidence, [document], actor=living.corrector),
        lambda: link_requirements(evidence, [document], actor=living.corrector),
        lambda: said(assessment, "1.1.1", living, tick=False),
        lambda: withdraw(version.public_id, actor=living.lead, reason="It is out of date."),
    ]
    counted = [(moment_now(), tally(assessment))]
    for step in steps:
        step()
        counted.append((moment_now(), tally(assessment)))

    assert len({str(one) for _, one in counted}) >= 5
    for number, (moment, then) in enumerate(counted):
        assert tallies_then([assessment], moment)[assessment.pk] == then, f"step {number}"


def tally(assessment: Assessment) -> Tally:
    return Tally.from_json(Assessment.objects.get(pk=assessment.pk).tally)


def test_the_page_shows_it_beside_what_was_counted_on_that_day(
    clock: Clock, living: Living
) -> None:
    site = SiteFactory.create(name="Rowan House (demo)")
    assessment = start_assessment(
        Edition.objects.get(code="test-edition"), site, actor=living.corrector
    )
    said(assessment, "1.1.1", living, tick=True)
    count_the_day(actor=SCHEDULER)
    day = f"{timezone.localdate():%Y-%m-%d}"
    clock.forward(days=2)
    said(assessment, "1.1.1", living, tick=False)

    for address in (
        reverse("readiness:group"),
        reverse("readiness:assessment", args=[assessment.public_id]),
    ):
        page = look(address, past=day, edition="test-edition")
        assert "As it was on" in page
        assert "Rowan House (demo) Level Not met Complete 1 of 2" in page
        assert "Counted on that day The same" in page
    DailyStanding.objects.bulk_create(
        [
            DailyStanding(
                assessment=assessment, day=timezone.localdate() - timedelta(days=1), needed=2,
                complete=2, in_progress=0, complete_on_deadline=2,
            )
        ]
    )  # fmt: skip
    yesterday = f"{timezone.localdate() - timedelta(days=1):%Y-%m-%d}"
    page = look(reverse("readiness:group"), past=yesterday, edition="test-edition")
    assert "Counted on that day 2 of 2. It differs." in page


def look(address: str, **query: str) -> str:
    browser = Client()
    browser.force_login(PersonFactory.create(role=Role.GROUP_MANAGER))
    answer = browser.get(address, query)
    assert answer.status_code == 200
    return text_of(answer)


def test_a_site_that_is_not_ones_own_is_not_in_ones_past(living: Living, clock: Clock) -> None:
    site = SiteFactory.create(name="Rowan House (demo)")
    edition = Edition.objects.get(code="test-edition")
    start_assessment(edition, site, actor=living.corrector)
    clock.forward(minutes=2)
    browser = Client()
    browser.force_login(PersonFactory.create(role=Role.REGISTERED_MANAGER, site=SiteFactory()))
    answer = browser.get(
        reverse("readiness:group"),
        {"past": f"{timezone.localdate():%Y-%m-%d}", "edition": edition.code},
    )
    assert "Rowan House" not in text_of(answer)


def test_a_time_that_has_not_come_shows_today_and_says_why(living: Living) -> None:
    page = look(reverse("readiness:group"), past="2999-01-01", edition="test-edition")
    assert "That time has not come yet." in page


def test_the_number_of_queries_does_not_grow_with_the_sites(living: Living) -> None:
    edition = Edition.objects.get(code="test-edition")
    start_assessment(edition, SiteFactory.create(), actor=living.corrector)

    def queries() -> int:
        with CaptureQueriesContext(connection) as captured:
            tallies_then(Assessment.objects.select_related("edition"), moment_now())
        return len(captured)

    few = queries()
    for _ in range(3):
        start_assessment(edition, SiteFactory.create(), actor=living.corrector)
    assert queries() == few <= 20
