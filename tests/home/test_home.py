"""One person's day."""

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from pytest_django import Settings

from evidence_review.assessments.models import Response
from evidence_review.evidence.states import NEEDS_UPLOADER, VersionState
from evidence_review.review.actions.return_version import return_version
from home.greeting import greeting, in_short
from home.queries import day_of
from portal.people.models import Site, User
from portal.people.roles import Role
from tests.evidence_review.scanning import doubles
from tests.factories import (
    AssessmentFactory,
    EvidenceFactory,
    MembershipFactory,
    PersonFactory,
    RequirementFactory,
    SiteFactory,
    VersionFactory,
    answered,
)
from tests.portal.policies.making import published

pytestmark = pytest.mark.django_db

LONDON = ZoneInfo("Europe/London")


@pytest.fixture
def rowan() -> Site:
    return SiteFactory.create(name="Rowan House (demo)")


@pytest.fixture
def priya(rowan: Site) -> User:
    return PersonFactory.create(first_name="Priya", role=Role.CONTRIBUTOR, site=rowan)


@pytest.fixture
def grace() -> User:
    return PersonFactory.create(first_name="Grace", role=Role.IG_LEAD)


def page_of(person: User) -> str:
    client = Client()
    client.force_login(person)
    answer = client.get("/")
    assert answer.status_code == 200
    return str(answer.content.decode())


# --- The door and the words at the top ---------------------------------------------------------


def test_who_is_not_signed_in_is_led_to_the_door(client: Client) -> None:
    assert client.get("/")["Location"] == "/account/login/?next=/"


@pytest.mark.parametrize(
    ("hour", "said"), [(0, "morning"), (11, "morning"), (12, "afternoon"), (18, "evening")]
)
def test_the_greeting_follows_the_clock_of_the_portal(priya: User, hour: int, said: str) -> None:
    at = datetime(2026, 7, 1, hour, 59, tzinfo=LONDON)

    assert greeting(priya, at) == f"Good {said}, Priya"


def test_the_greeting_knows_summer_time(priya: User) -> None:
    at = datetime(2026, 7, 1, 11, 30, tzinfo=ZoneInfo("UTC"))

    assert greeting(priya, at) == "Good afternoon, Priya"


def test_somebody_without_a_first_name_is_greeted_too() -> None:
    assert greeting(User(), datetime(2026, 7, 1, 9, tzinfo=LONDON)) == "Good morning"


@pytest.mark.parametrize(
    ("put_right", "to_check", "more", "said"),
    [
        (0, 0, False, "You have nothing to do here today."),
        (1, 0, False, "You have 1 thing to do: put right one file."),
        (0, 1, False, "You have 1 thing to do: check one file."),
        (1, 3, False, "You have 4 things to do. Start with what came back to you."),
        (0, 3, False, "You have 3 things to do. Start with the one that has waited longest."),
        (
            0,
            20,
            True,
            "You have more than 20 things to do. Start with the one that has waited longest.",
        ),
    ],
)
def test_the_day_is_said_in_short(put_right: int, to_check: int, more: bool, said: str) -> None:
    assert in_short(put_right=put_right, to_check=to_check, may_be_more=more) == said


def test_a_question_to_answer_is_said_in_short() -> None:
    one = in_short(put_right=0, to_check=0, to_answer=1)
    assert one == "You have 1 thing to do: answer one question."
    several = in_short(put_right=0, to_check=1, to_answer=2)
    assert several == "You have 3 things to do. Start with the question that is due first."


# --- What a contributor sees -------------------------------------------------------------------


def test_what_came_back_is_shown_with_the_reviewers_reason(
    priya: User, rowan: Site, grace: User, settings: Settings
) -> None:
    settings.SCANNER = doubles.CLEAN
    evidence = EvidenceFactory.create(created_by=priya, site=rowan, title="Spot check, October")
    version = VersionFactory.create(evidence=evidence)
    return_version(
        version.public_id, actor=grace, sha256_seen=version.sha256, reason="Cover the <name>."
    )

    page = page_of(priya)

    assert f"<strong>{grace.actor_label}, said:</strong> “Cover the &lt;name&gt;.”" in page

    assert "To put right" in page
    assert "Spot check, October" in page
    assert "Returned to you" in page
    assert reverse("evidence:new_version", args=[evidence.public_id]) in page


@pytest.mark.parametrize("state", sorted(NEEDS_UPLOADER))
def test_every_state_that_needs_the_uploader_is_to_put_right(
    priya: User, rowan: Site, state: VersionState
) -> None:
    evidence = EvidenceFactory.create(created_by=priya, site=rowan)
    VersionFactory.create(evidence=evidence, state=state)

    day = day_of(priya)

    assert [row.version.state for row in day.put_right] == [state]
    assert day.waiting == []
    assert "To put right" in page_of(priya)


@pytest.mark.parametrize("state", [VersionState.WAITING, VersionState.IN_REVIEW])
def test_what_is_on_its_way_is_waiting(priya: User, rowan: Site, state: VersionState) -> None:
    VersionFactory.create(
        evidence=EvidenceFactory.create(created_by=priya, site=rowan), state=state
    )

    day = day_of(priya)

    assert [row.version.state for row in day.waiting or ()] == [state]
    assert day.put_right == []


@pytest.mark.parametrize(
    "state", [VersionState.APPROVED, VersionState.WITHDRAWN, VersionState.SUPERSEDED]
)
def test_what_is_done_with_is_not_mentioned(priya: User, rowan: Site, state: VersionState) -> None:
    VersionFactory.create(
        evidence=EvidenceFactory.create(created_by=priya, site=rowan), state=state
    )

    day = day_of(priya)

    assert day.put_right == []
    assert day.waiting == []


def test_a_newer_version_puts_it_right(priya: User, rowan: Site) -> None:
    evidence = EvidenceFactory.create(created_by=priya, site=rowan)
    VersionFactory.create(evidence=evidence, returned=True)
    VersionFactory.create(evidence=evidence, waiting=True)

    day = day_of(priya)

    assert day.put_right == []
    assert [row.version.number for row in day.waiting or ()] == [2]


def test_the_files_of_colleagues_are_not_ones_own_day(priya: User, rowan: Site) -> None:
    VersionFactory.create(evidence=EvidenceFactory.create(site=rowan), returned=True)

    assert day_of(priya).put_right == []


def test_a_file_that_could_not_be_checked_is_checked_again_with_one_click(
    priya: User, rowan: Site
) -> None:
    version = VersionFactory.create(
        evidence=EvidenceFactory.create(created_by=priya, site=rowan), check_failed=True
    )

    page = page_of(priya)

    assert f'method="post" action="{reverse("scanning:retry", args=[version.public_id])}"' in page


def test_an_empty_day_says_what_would_be_here_and_how_to_begin(priya: User) -> None:
    page = page_of(priya)

    assert "You have nothing to do here today." in page
    assert "None of your files is on its way." in page
    assert reverse("evidence:add") in page
    assert "To put right" not in page
    assert "To check" not in page


# --- What somebody was given to answer ---------------------------------------------------------


def given(response: Response, *, to: User, due: date | None = None) -> Response:
    response.assigned_to, response.due = to, due
    response.save(update_fields=("assigned_to", "due"))
    return response


def test_questions_given_to_somebody_are_shown_the_most_urgent_first_until_complete(
    priya: User, rowan: Site
) -> None:
    today = timezone.localdate()
    days = {"Later?": 9, "Late?": -1, "No day?": None, "Done?": 0, "Not hers?": 1}
    for question in days:
        RequirementFactory.create(question_plain=question, edition__in_use=True)
    responses = AssessmentFactory.create(site=rowan).responses.select_related("requirement")
    for response in responses:
        name = response.requirement.question_plain
        ahead = days[name]
        due = None if ahead is None else today + timedelta(days=ahead)
        given(response, to=PersonFactory.create() if name == "Not hers?" else priya, due=due)
        if name == "Done?":
            answered(response, by=priya)

    asked = day_of(priya).to_answer

    assert [one.response.requirement.question_plain for one in asked.first] == [
        "Late?",
        "Later?",
        "No day?",
    ]
    assert [one.is_late for one in asked.first] == [True, False, False]
    page = page_of(priya)
    assert "You have 3 things to do. Start with the question that is due first." in page
    assert "It was due on" in page


def test_nobody_is_shown_questions_of_a_place_they_left(priya: User) -> None:
    RequirementFactory.create(edition__in_use=True)
    given(AssessmentFactory.create(site=SiteFactory.create()).responses.get(), to=priya)

    assert day_of(priya).to_answer.count == 0
    assert "Questions for you" not in page_of(priya)


# --- What somebody who decides sees ------------------------------------------------------------


def test_the_queue_is_shown_oldest_first_and_leads_to_the_decision(
    grace: User, rowan: Site
) -> None:
    now = timezone.now()
    versions = [
        VersionFactory.create(
            evidence=EvidenceFactory.create(site=rowan, title=f"File {days} days old"),
            state_since=now - timedelta(days=days),
        )
        for days in (1, 9, 3, 7, 5, 2)
    ]

    checking = day_of(grace).to_check

    assert checking is not None
    assert [version.evidence.title for version in checking.first] == [
        f"File {days} days old" for days in (9, 7, 5, 3, 2)
    ]
    assert (checking.count, checking.is_more) == (6, False)
    page = page_of(grace)
    assert "You have 6 things to do." in page
    assert reverse("review:decide", args=[versions[1].public_id]) in page
    assert reverse("review:queue") in page


def test_more_than_twenty_are_not_counted(grace: User, rowan: Site) -> None:
    for _ in range(21):
        VersionFactory.create(evidence=EvidenceFactory.create(site=rowan))

    page = page_of(grace)

    assert "more than 20" in page


def test_nobody_is_sent_to_check_what_they_uploaded(grace: User) -> None:
    VersionFactory.create(evidence=EvidenceFactory.create(created_by=grace))

    checking = day_of(grace).to_check

    assert checking is not None
    assert checking.count == 0
    assert "Nothing is waiting for you." in page_of(grace)


@pytest.mark.parametrize("role", [Role.CONTRIBUTOR, Role.STAFF, Role.PORTAL_ADMIN])
def test_those_who_do_not_decide_see_no_queue(role: Role, rowan: Site) -> None:
    VersionFactory.create(evidence=EvidenceFactory.create(site=rowan))

    assert day_of(PersonFactory.create(role=role)).to_check is None


# --- What lapses -------------------------------------------------------------------------------


def approved(title: str, *, days: int, site: Site | None) -> None:
    evidence = EvidenceFactory.create(
        title=title, site=site, review_date=timezone.localdate() + timedelta(days=days)
    )
    VersionFactory.create(evidence=evidence, approved=True)


def test_what_lapses_within_sixty_days_is_shown_soonest_first(priya: User, rowan: Site) -> None:
    approved("In 60 days", days=60, site=rowan)
    approved("In 61 days", days=61, site=rowan)
    approved("Since yesterday", days=-1, site=rowan)
    approved("Elsewhere", days=3, site=SiteFactory.create())
    approved("For everybody", days=5, site=None)

    lapsing = day_of(priya).lapsing

    assert lapsing is not None
    assert [evidence.title for evidence in lapsing.first] == [
        "Since yesterday",
        "For everybody",
        "In 60 days",
    ]
    page = page_of(priya)
    assert "Lapsed" in page
    assert "Will lapse" in page
    assert "in 5 days" in page


def test_what_was_never_approved_cannot_lapse(priya: User, rowan: Site) -> None:
    evidence = EvidenceFactory.create(site=rowan, review_date=timezone.localdate())
    VersionFactory.create(evidence=evidence, in_review=True)

    lapsing = day_of(priya).lapsing

    assert lapsing is not None
    assert lapsing.count == 0


def test_a_group_manager_sees_what_lapses_but_has_no_files_and_no_queue() -> None:
    day = day_of(PersonFactory.create(role=Role.GROUP_MANAGER))

    assert day.lapsing is not None
    assert day.waiting is None
    assert day.to_check is None


# --- Staff -------------------------------------------------------------------------------------


def test_staff_see_policies_in_the_middle_and_nothing_of_evidence() -> None:
    page = page_of(PersonFactory.create(first_name="Marek", role=Role.STAFF))

    assert page.index('id="new">Newest policies') < page.index("<aside")
    assert "No policy is published yet." in page
    assert "Waiting" not in page
    assert "Lapsing" not in page
    assert reverse("evidence:add") not in page


def test_somebody_without_any_role_still_has_a_page() -> None:
    assert "Newest policies" in page_of(PersonFactory.create())


def test_an_administrator_is_shown_the_way_to_the_admin() -> None:
    page = page_of(PersonFactory.create(role=Role.PORTAL_ADMIN))

    assert 'in the <a href="/admin/">admin</a>' in page


def test_the_newest_policies_stand_beside_the_day(priya: User, grace: User) -> None:
    author = PersonFactory.create(role=Role.EDITOR)
    published("Phones at work", author=author, approver=grace)

    page = page_of(priya)

    assert '<a href="/policies/phones-at-work/">Phones at work</a>' in page
    assert "Version 1, " in page


def test_everybody_can_search_from_here(priya: User) -> None:
    assert f'<form role="search" action="{reverse("search:search")}">' in page_of(priya)


# --- What it costs -----------------------------------------------------------------------------


def fill(person: User, count: int) -> None:
    for _ in range(count):
        for state in (*NEEDS_UPLOADER, VersionState.WAITING, VersionState.IN_REVIEW):
            VersionFactory.create(evidence=EvidenceFactory.create(created_by=person), state=state)
        VersionFactory.create(evidence=EvidenceFactory.create())
        approved("Soon", days=3, site=None)
        RequirementFactory.create(edition__in_use=True)
    for response in AssessmentFactory.create(site=SiteFactory.create()).responses.all():
        given(response, to=person)


def test_the_page_costs_the_same_however_much_there_is(
    client: Client, grace: User, django_assert_max_num_queries
) -> None:
    MembershipFactory.create(person=grace, role=Role.EDITOR)
    for title in ("Phones", "Papers", "Passwords"):
        published(title, author=PersonFactory.create(role=Role.EDITOR), approver=grace)
    client.force_login(grace)
    client.get("/")
    fill(grace, 1)
    with django_assert_max_num_queries(15) as little:
        client.get("/")
    fill(grace, 4)

    with django_assert_max_num_queries(15) as much:
        client.get("/")

    assert len(much) == len(little)
