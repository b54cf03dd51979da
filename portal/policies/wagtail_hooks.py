"""Policies in the admin: the review screen and the way to it, and withdrawing with a record."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import URLPattern, path, reverse
from wagtail import hooks
from wagtail.admin.action_menu import ActionMenuItem
from wagtail.admin.menu import MenuItem
from wagtail.admin.ui.components import Component
from wagtail.models import Page

from portal.people.requests import PersonRequest
from portal.policies.models import FourEyesTask, PolicyPage
from portal.policies.panels import PoliciesPanel
from portal.policies.permissions import user_can_edit_policies
from portal.policies.problems import Matter, approval_is_missing, remarks_on
from portal.policies.views.look_at import PoliciesToLookAtView
from portal.policies.views.review import ReviewPolicyView


class ReviewItem(ActionMenuItem):
    """The way from the editor, where a waiting policy is frozen, to where it is decided on."""

    name = "action-review-policy"
    label = "Review this policy"
    icon_name = "view"

    def get_url(self, parent_context: dict[str, Any]) -> str:
        """Return the address of the review screen."""
        return reverse("policies_review", args=[self.state_id])

    def __init__(self, state_id: int) -> None:
        super().__init__(order=0)
        self.state_id = state_id


@hooks.register("construct_page_action_menu")
def offer_the_review(
    menu_items: list[ActionMenuItem], request: HttpRequest, context: dict[str, Any]
) -> None:
    """Put the review first in the editor's menu while a policy waits."""
    page = context.get("page")
    if isinstance(page, PolicyPage) and isinstance(page.current_workflow_task, FourEyesTask):
        menu_items.insert(0, ReviewItem(page.current_workflow_task_state.pk))


@hooks.register("before_unpublish_page")
def withdraw_with_a_record(request: PersonRequest, page: Page) -> HttpResponse | None:
    """Withdraw a policy in the one transaction that also records it, in place of Wagtail's way."""
    if not isinstance(page, PolicyPage):
        return None
    page.unpublish(user=request.user)
    messages.success(request, f"“{page.title}” is withdrawn. Staff do not see it any more.")
    return redirect("wagtailadmin_explore", page.get_parent().pk)


@hooks.register("register_admin_urls")
def our_addresses() -> list[URLPattern]:
    """Mount the review screen and the list in the admin."""
    return [
        path("policies/review/<int:state_id>/", ReviewPolicyView.as_view(), name="policies_review"),
        path("policies/to-look-at/", PoliciesToLookAtView.as_view(), name="policies_to_look_at"),
    ]


class WritersItem(MenuItem):
    """A menu item for those who write policies."""

    def is_shown(self, request: PersonRequest) -> bool:
        """Say whether the person writes policies."""
        return bool(user_can_edit_policies(request.user))


@hooks.register("register_reports_menu_item")
def list_item() -> WritersItem:
    """Put the list among the reports."""
    address = reverse("policies_to_look_at")
    return WritersItem("Policies to look at", address, icon_name="doc-full", order=110)


@hooks.register("construct_homepage_panels")
def panel(request: PersonRequest, panels: list[Component]) -> None:
    """Show those who write policies which of them need a look."""
    if user_can_edit_policies(request.user):
        panels.append(PoliciesPanel())


@hooks.register("before_edit_page")
def tell_the_editor(request: PersonRequest, page: Page) -> None:
    """Say above the editor what is wrong with the policy that is in force."""
    if request.method != "GET" or not isinstance(page, PolicyPage):
        return
    for remark in remarks_on(page):
        if remark.matter != Matter.DUE:
            messages.warning(request, remark.sentence)
    if approval_is_missing():
        messages.warning(
            request, "No approval by somebody else is set up: nothing can be published."
        )
