"""Make the policies page and the approval that leads to it, if they are not there yet."""

from django.contrib.auth.models import Group, Permission
from django.db import transaction
from wagtail.models import (
    GroupPagePermission,
    Page,
    Site,
    Workflow,
    WorkflowPage,
    WorkflowTask,
)

from portal.people.answers import require
from portal.policies.models import FourEyesTask, PolicyIndexPage
from portal.policies.permissions import POLICY_WRITERS, user_can_set_up_policies
from portal.record.actors import Actor
from portal.record.record import record
from portal.record.verbs import Verb

TITLE, SLUG = "Policies", "policies"
WORKFLOW, TASK = "Approval by somebody else", "Somebody else approves"


@transaction.atomic
def set_up_policies(*, actor: Actor) -> PolicyIndexPage:
    """Return the policies page, at ``/policies/``, with its rights and its approval in place.

    Doing it again puts back what was taken away and changes nothing else.

    Raises:
        NotPermitted: when the actor may not.
    """
    root = _root_page()
    require(user_can_set_up_policies(actor))
    page: PolicyIndexPage | None = PolicyIndexPage.objects.first()
    is_new = page is None
    if page is None:
        page = root.add_child(instance=PolicyIndexPage(title=TITLE, slug=SLUG))
    _let_writers_in(page)
    _put_approval_in_place(page)
    if is_new:
        record(Verb.POLICIES_PREPARED, page.record_ref, actor=actor, after="prepared")
    return page


def _root_page() -> Page:
    """Return the page under which everything stands, locked; Wagtail's first migration makes it."""
    site = Site.objects.filter(is_default_site=True).first()
    if site is None:
        top = Page.get_first_root_node()
        home = top.get_children().first() or top.add_child(
            instance=Page(title="Portal", slug="portal")
        )
        site = Site.objects.create(hostname="localhost", root_page=home, is_default_site=True)
    root: Page = Page.objects.select_for_update().get(pk=site.root_page_id)
    return root


def _let_writers_in(page: PolicyIndexPage) -> None:
    """Let the groups of those who write add and change policies. Nobody may publish directly."""
    rights = Permission.objects.filter(
        content_type__app_label="wagtailcore", codename__in=("add_page", "change_page")
    )
    for role in sorted(POLICY_WRITERS):
        group, _ = Group.objects.get_or_create(name=role.value)
        for right in rights:
            GroupPagePermission.objects.get_or_create(group=group, page=page, permission=right)


def _put_approval_in_place(page: PolicyIndexPage) -> None:
    """Tie the policies page to a workflow of one step, which somebody else takes."""
    task, _ = FourEyesTask.objects.get_or_create(name=TASK)
    task.groups.set(Group.objects.filter(name__in=[role.value for role in POLICY_WRITERS]))
    workflow, _ = Workflow.objects.get_or_create(name=WORKFLOW)
    WorkflowTask.objects.get_or_create(workflow=workflow, task=task)
    WorkflowPage.objects.update_or_create(page=page, defaults={"workflow": workflow})
