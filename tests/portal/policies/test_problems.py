"""Which policies are shown as due, overdue or wrong, and where editors see it."""

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries
from wagtail.models import WorkflowPage, WorkflowState, WorkflowTask

from portal.people.models import Membership, User
from portal.people.roles import Role
from portal.policies.models import FourEyesTask, PolicyPage
from portal.policies.problems import approval_is_missing, policies_to_look_at, remarks_on
from tests.factories import MembershipFactory, PersonFactory, SiteFactory
from tests.portal.policies.forms import edit_url
from tests.portal.policies.making import approve, draft, policies_page, published, submit
from tests.portal.policies.quiz import QUIZ

pytestmark = pytest.mark.django_db

TODAY = timezone.localdate()
Publish = Callable[..., PolicyPage]


@pytest.fixture
def publish(editor: User, other_editor: User) -> Publish:
    def make(title: str = "Phones", **fields: object) -> PolicyPage:
        return published(
            title,
            author=editor,
            approver=other_editor,
            **({"owner": editor, "review_date": TODAY + timedelta(days=300)} | fields),
        )

    return make


def sentences(page: PolicyPage) -> list[str]:
    return [remark.sentence for remark in remarks_on(page)]


@pytest.mark.parametrize(
    ("days", "matters"),
    [(-1, ["overdue"]), (0, ["due"]), (60, ["due"]), (61, [])],
)
def test_a_review_is_due_sixty_days_before_and_overdue_the_day_after(
    editor: User, ig_lead: User, days: int, matters: list[str]
) -> None:
    page = published(
        "Phones",
        author=editor,
        approver=ig_lead,
        owner=PersonFactory.create(role=Role.STAFF),
        review_date=TODAY + timedelta(days=days),
    )

    assert [remark.matter for remark in remarks_on(page)] == matters


def owned(editor: User, ig_lead: User, **fields: object) -> PolicyPage:
    owner = PersonFactory.create(role=Role.REGISTERED_MANAGER)
    values = {"owner": owner, "review_date": date(2037, 1, 1)} | fields
    return published("Phones", author=editor, approver=ig_lead, **values)


def test_a_sound_policy_is_not_on_the_list(editor: User, ig_lead: User) -> None:
    owned(editor, ig_lead)

    assert policies_to_look_at() == []


def test_an_owner_who_left_is_a_problem(editor: User, ig_lead: User) -> None:
    page = owned(editor, ig_lead)
    User.objects.filter(pk=page.policy_owner_id).update(is_active=False)
    assert sentences(page) == ["The owner does not work here any more. Choose another owner."]

    User.objects.filter(pk=page.policy_owner_id).update(is_active=True)
    Membership.objects.filter(person=page.policy_owner).update(
        starts=TODAY - timedelta(days=9), ends=TODAY - timedelta(days=1)
    )
    assert sentences(page) == ["The owner does not work here any more. Choose another owner."]


def test_an_audience_of_nobody_is_a_problem_until_somebody_comes(
    editor: User, ig_lead: User
) -> None:
    site, elsewhere = SiteFactory.create(), SiteFactory.create()
    page = owned(editor, ig_lead, for_roles=[Role.CONTRIBUTOR], for_sites=[site])
    words = ["Nobody who works here today is in its audience. Change whom it is for."]

    MembershipFactory.create(role=Role.CONTRIBUTOR, site=elsewhere)
    MembershipFactory.create(role=Role.STAFF, site=site)
    assert sentences(page) == words
    MembershipFactory.create(role=Role.CONTRIBUTOR, site=site)

    assert sentences(page) == []


def test_questions_that_nobody_is_asked_are_a_problem(editor: User, ig_lead: User) -> None:
    page = owned(editor, ig_lead, quiz=QUIZ, asks_to_confirm=False)

    assert sentences(page) == [
        "It has questions, but does not ask anybody to confirm, so nobody is asked them."
    ]


def test_a_planned_publication_without_its_approval_is_a_problem(
    editor: User, ig_lead: User
) -> None:
    page = draft(
        author=editor,
        owner=PersonFactory.create(role=Role.STAFF),
        go_live_at=timezone.now() + timedelta(days=2),
    )
    waiting = submit(page, by=editor)
    approve(waiting, by=ig_lead)
    assert sentences(page) == []

    WorkflowState.objects.all().delete()

    assert sentences(page) == [
        "It was to be published on a later day, but its approval is gone. Submit it again."
    ]


def test_a_missing_approval_is_noticed() -> None:
    assert approval_is_missing()
    policies_page()
    assert not approval_is_missing()

    FourEyesTask.objects.update(active=False)
    assert approval_is_missing()
    FourEyesTask.objects.update(active=True)
    WorkflowTask.objects.all().delete()
    assert approval_is_missing()
    policies_page()
    WorkflowPage.objects.all().delete()
    assert approval_is_missing()


def test_editors_see_the_list_and_pick_one_kind(
    client: Client, ig_lead: User, publish: Publish
) -> None:
    publish("Late one", review_date=TODAY - timedelta(days=3))
    publish("Soon one", review_date=TODAY + timedelta(days=3))
    client.force_login(ig_lead)
    url = reverse("policies_to_look_at")

    everything = client.get(url).content.decode()
    overdue = client.get(url, {"show": "overdue"}).content.decode()
    nonsense = client.get(url, {"show": "<b>"})

    assert "Late one" in everything
    assert "Soon one" in everything
    assert "Late one" in overdue
    assert "Soon one" not in overdue
    assert nonsense.status_code == 200


def test_others_do_not_see_the_list(client: Client, publish: Publish) -> None:
    publish("Late one", review_date=TODAY - timedelta(days=3))
    client.force_login(PersonFactory.create(role=Role.PORTAL_ADMIN))

    assert client.get(reverse("policies_to_look_at")).status_code in (302, 403)
    assert "Late one" not in client.get(reverse("wagtailadmin_home")).content.decode()


def test_the_first_page_of_the_admin_and_the_editor_say_so(
    client: Client, ig_lead: User, publish: Publish
) -> None:
    page = publish("Late one", review_date=date(2026, 1, 31))
    client.force_login(ig_lead)

    assert "Late one" in client.get(reverse("wagtailadmin_home")).content.decode()
    editor = client.get(edit_url(page)).content.decode()
    assert "We wanted to look at it again by 31 January 2026." in editor


def test_one_policy_and_five_take_the_same_number_of_questions(
    publish: Publish, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    publish("First", review_date=TODAY - timedelta(days=3))
    with django_assert_num_queries(1):
        assert len(policies_to_look_at()) == 1
    for number in range(4):
        publish(f"Policy {number}", review_date=TODAY - timedelta(days=3))

    with django_assert_num_queries(1):
        assert len(policies_to_look_at()) == 5
