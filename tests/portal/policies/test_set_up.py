"""The policies page and its approval are there after set-up, however often it runs."""

import pytest
from django.core.management import call_command
from wagtail.models import GroupPagePermission, Page, Site, Workflow, WorkflowPage

from portal.people.answers import NotPermitted
from portal.people.models import User
from portal.people.roles import Role
from portal.policies.actions.set_up_policies import set_up_policies
from portal.policies.models import FourEyesTask, PolicyIndexPage
from portal.record.actors import SETUP
from portal.record.queries import events_about
from tests.factories import PersonFactory

pytestmark = pytest.mark.django_db


def counts() -> tuple[int, ...]:
    models = (PolicyIndexPage, FourEyesTask, Workflow, WorkflowPage, GroupPagePermission)
    return tuple(model._default_manager.count() for model in models)


def test_the_policies_page_stands_at_its_address() -> None:
    page = set_up_policies(actor=SETUP)

    assert page.url == "/policies/"
    assert page.live


def test_setting_up_again_changes_nothing_and_records_nothing() -> None:
    page = set_up_policies(actor=SETUP)
    before = counts()

    call_command("set_up_policies", verbosity=0)

    assert counts() == before
    assert events_about("policies", str(page.pk)).count() == 1


def test_setting_up_again_puts_the_approval_back() -> None:
    page = set_up_policies(actor=SETUP)
    WorkflowPage.objects.filter(page=page).delete()

    set_up_policies(actor=SETUP)

    assert page.get_workflow().tasks.get().specific == FourEyesTask.objects.get()


def test_writers_may_add_and_change_but_nobody_may_publish() -> None:
    page = set_up_policies(actor=SETUP)

    rights = GroupPagePermission.objects.filter(page=page)
    assert {(right.group.name, right.permission.codename) for right in rights} == {
        (role, codename)
        for role in ("editor", "ig_lead")
        for codename in ("add_page", "change_page")
    }


def test_it_works_on_a_portal_whose_site_was_deleted() -> None:
    Site.objects.all().delete()

    page = set_up_policies(actor=SETUP)

    assert Site.objects.get(is_default_site=True).root_page == page.get_parent()


def test_there_is_one_policies_page_and_it_holds_policies_alone() -> None:
    page = set_up_policies(actor=SETUP)

    assert not PolicyIndexPage.can_create_at(Page.objects.get(pk=page.get_parent().pk))
    assert [model.__name__ for model in PolicyIndexPage.allowed_subpage_models()] == ["PolicyPage"]


@pytest.mark.parametrize("role", [Role.EDITOR, Role.STAFF, Role.IG_LEAD])
def test_people_without_the_right_cannot_set_up(role: Role) -> None:
    person: User = PersonFactory.create(role=role)

    with pytest.raises(NotPermitted):
        set_up_policies(actor=person)
