"""The page of an evidence as it was: the same as it said then, and what is no time is refused."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from pytest_django import Settings

from evidence_review.evidence.actions.change_details import link_requirements
from evidence_review.evidence.models import Evidence
from evidence_review.scanning.actions.recall import recall
from portal.people.actions.place import change_site
from portal.people.models import Site, User
from portal.people.roles import Role
from tests.evidence_review.inspection.conftest import Clock, text_of
from tests.evidence_review.inspection.living import Living
from tests.evidence_review.scanning import doubles
from tests.factories import PersonFactory, RequirementFactory, SiteFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    """The portal's clock, at ten on a summer's day."""
    held = Clock()
    held.now = datetime(2026, 6, 10, 9, 0, tzinfo=UTC)
    monkeypatch.setattr(timezone, "now", held.read)
    return held


@pytest.fixture
def living(settings: Settings, clock: Clock) -> Living:
    """People who do things."""
    settings.SCANNER = doubles.CLEAN
    return Living()


@pytest.fixture
def reader(living: Living) -> User:
    """Somebody who may see all evidence."""
    return PersonFactory.create(role=Role.GROUP_MANAGER)


def answer_to(reader: User, evidence: Evidence, **asked: str) -> Any:
    """Return the page in a browser that has just signed in, whatever the clock says."""
    browser = Client()
    browser.force_login(reader)
    answer = browser.get(reverse("evidence:detail", args=[evidence.public_id]), asked)
    assert answer.status_code == 200
    return answer


def look(reader: User, evidence: Evidence, **asked: str) -> str:
    return text_of(answer_to(reader, evidence, **asked))


def test_each_day_says_what_it_said(living: Living, reader: User, clock: Clock) -> None:
    site = SiteFactory.create(name="Rowan House (demo)")
    version = living.approved("Fire drill", site, RequirementFactory.create(ref="WL5"))
    evidence, newer = version.evidence, []
    steps = [
        lambda: living.correct(evidence, title="Fire drill, May", claim="Everybody was out."),
        lambda: link_requirements(
            evidence, [RequirementFactory.create(ref="WL6")], actor=living.corrector
        ),
        lambda: change_site(site, {"name": "Rowan Court (demo)"}, actor=living.admin),
        lambda: newer.append(living.replace(evidence)),
        lambda: living.approve(newer[0]),
        lambda: recall(newer[0].public_id, actor=living.lead, reason="It names a resident."),
    ]
    pages = [(clock.now, said(reader, evidence))]
    for step in steps:
        clock.forward(hours=1)
        step()
        pages.append((clock.now, said(reader, evidence)))
    clock.forward(days=100)

    assert len({str(page) for _, page in pages}) == len(pages)
    for when, page in pages:
        local = timezone.localtime(when) + timedelta(minutes=1)
        assert said(reader, evidence, past=f"{local:%Y-%m-%d}", at=f"{local:%H:%M}") == page


def said(reader: User, evidence: Evidence, **asked: str) -> tuple[object, ...]:
    """Return the facts of the page as they were handed to its template."""
    shown = answer_to(reader, evidence, **asked).context
    one = shown["evidence"]
    return (
        *(one.title, one.claim, str(one.site), str(one.type), str(one.owner)),
        *(one.period_start, one.period_end, one.review_date, str(one.created_by)),
        [
            (
                row.version.number,
                row.version.state,
                row.version.sha256,
                str(row.version.uploaded_by),
            )
            for row in shown["rows"]
        ],
        [requirement.code for requirement in shown["requirements"]],
        [(line.seq, line.what, line.who, line.more) for line in shown["timeline"]],
    )


def test_the_page_of_the_past_says_so_and_offers_nothing_to_do(
    living: Living, reader: User, clock: Clock
) -> None:
    version = living.approved("Fire drill", None)
    clock.forward(hours=2)
    living.correct(version.evidence, title="Fire drill, May")

    page = look(reader, version.evidence, past="2026-06-10", at="11:30")

    assert "As it was on 10 June 2026, 11:30. See it today." in page
    assert "Approved since 10 June 2026, 10:00. Approved by Grace Adeyemi (demo), IG lead." in page
    assert "Fire drill, May" not in page
    assert "Download" not in page
    assert "Correct the details" not in page


@pytest.mark.parametrize(
    ("past", "at", "sentence"),
    [
        ("2026-06-11", "10:00", "That time has not come yet."),
        ("9999-12-31", "23:59", "That time has not come yet."),
        ("0001-01-01", "00:00", "The record begins on 10 June 2026, 10:00. Choose a later time."),
        ("2026-03-29", "01:30", "There was no 01:30 on that day"),
        ("2026-02-30", "", "The day must be a real date"),
        ("", "", "Choose the day you want to see"),
        ("2026-06-10", "25:00", "The time must be like 17:00"),
        ("2026-06-10\0", "10:00", "The day must be a real date"),
        ("<script>", "\N{FULLWIDTH DIGIT ONE}", "The day must be a real date"),
        ("' OR 1=1 --", "", "The day must be a real date"),
        ("2026-06-10", "10:30", "had not been added by then"),
    ],
)
def test_what_is_no_time_that_can_be_shown_is_refused_with_a_sentence(
    living: Living, reader: User, clock: Clock, past: str, at: str, sentence: str
) -> None:
    living.approved("The first of all", None)
    clock.forward(hours=1)
    later = living.approved("Fire drill", None).evidence

    page = look(reader, later, past=past, at=at)

    assert sentence in page
    assert "As it was on" not in page


def test_a_day_without_a_time_is_its_end_and_today_without_one_is_now(
    living: Living, reader: User, clock: Clock
) -> None:
    evidence = living.approved("Fire drill", None).evidence
    assert "As it was on 10 June 2026, 10:00." in look(reader, evidence, past="2026-06-10")
    clock.forward(days=1)
    assert "As it was on 10 June 2026, 23:59." in look(reader, evidence, past="2026-06-10")


def test_an_hour_that_comes_twice_is_the_second_one(
    living: Living, reader: User, clock: Clock
) -> None:
    evidence = living.approved("Fire drill", None).evidence
    clock.forward(days=200)
    assert "As it was on 25 October 2026, 01:30." in look(
        reader, evidence, past="2026-10-25", at="01:30"
    )


def test_only_those_who_may_see_it_today_see_its_past(
    living: Living, client: Client, clock: Clock
) -> None:
    site: Site = SiteFactory.create()
    evidence = living.approved("Fire drill", site).evidence
    clock.forward(hours=1)
    elsewhere: User = PersonFactory.create(role=Role.REGISTERED_MANAGER, site=SiteFactory.create())
    client.force_login(elsewhere)

    address = reverse("evidence:detail", args=[evidence.public_id])
    assert client.get(address, {"past": "2026-06-10", "at": "10:30"}).status_code == 404


def test_the_number_of_queries_does_not_grow_with_the_history(
    living: Living, reader: User, clock: Clock
) -> None:
    evidence = living.approved("Fire drill", None).evidence

    def queries() -> int:
        clock.forward(hours=1)
        asked = {"past": "2026-06-10", "at": f"{timezone.localtime(clock.now):%H:%M}"}
        with CaptureQueriesContext(connection) as captured:
            look(reader, evidence, **asked)
        return len(captured)

    few = queries()
    for number in range(3):
        living.correct(evidence, title=f"Fire drill {number}")
        living.approve(living.replace(evidence))
    assert queries() == few
