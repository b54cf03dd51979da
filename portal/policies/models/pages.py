"""The policies as Wagtail pages: Wagtail keeps their drafts, we say who may publish."""

from functools import cached_property
from typing import Any, ClassVar

from django.conf import settings
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models, transaction
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from modelcluster.fields import ParentalManyToManyField
from wagtail.fields import StreamField
from wagtail.models import Page, Revision, TaskState, WorkflowState
from wagtail.search import index

from portal.frameworks.models import Requirement
from portal.people.answers import require
from portal.people.models import Site, User
from portal.policies.approvals import hold_to_the_approved, require_approval
from portal.policies.blocks import PolicyBody, Quiz, Section, plain_text_of, sections_of
from portal.policies.changes import Change
from portal.policies.editor import TABS, PolicyForm
from portal.policies.fields import RolesField
from portal.policies.page_rights import IndexRights, PolicyRights
from portal.policies.permissions import user_can_read_policy
from portal.policies.signals import policy_published
from portal.policies.topics import Topic
from portal.record.objects import ObjectRef


class SignedInPage(Page):
    """A page for people who work here: a stranger is asked to sign in first."""

    class Meta:
        """No table of its own."""

        abstract = True

    def serve(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Return the page, or the way to the sign-in for somebody who is not signed in."""
        if not request.user.is_authenticated:
            return redirect_to_login(request.get_full_path())
        response: HttpResponseBase = super().serve(request, *args, **kwargs)
        return response


class PolicyIndexPage(SignedInPage):
    """The policies page: every current policy, by topic. A portal has one, at ``/policies/``."""

    max_count = 1
    parent_page_types: ClassVar[list[str]] = ["wagtailcore.Page"]
    subpage_types: ClassVar[list[str]] = ["policies.PolicyPage"]
    preview_modes: ClassVar[list[tuple[str, str]]] = []

    class Meta:
        """Words for the admin."""

        verbose_name = "policies page"

    def serve(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Lead to the list of policies, which stands at the same place whatever the slug is."""
        return redirect("reading:policies")

    @property
    def record_ref(self) -> ObjectRef:
        """The policies page as the object of an event."""
        return ObjectRef("policies", str(self.pk))

    def permissions_for_user(self, user: User) -> IndexRights:
        """Return what the person may do with this page in the admin."""
        return IndexRights(user, self)


class PolicyPage(SignedInPage):
    """One policy. What is live was approved by somebody who did not write it."""

    topic = models.CharField(max_length=20, choices=Topic)
    summary = models.CharField(
        max_length=250, help_text="One sentence: what this policy is about and for whom."
    )
    policy_owner = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        related_name="policies_owned",
        verbose_name="owner",
        help_text="Who answers for this policy. The owner cannot approve it.",
    )
    review_date = models.DateField(help_text="The day by which we look at this policy again.")
    review_months = models.PositiveSmallIntegerField(
        "look at it again every (months)",
        default=12,
        validators=[MinValueValidator(1), MaxValueValidator(60)],
    )
    body = StreamField(PolicyBody())
    change = models.CharField(
        "this change is",
        max_length=10,
        choices=Change,
        default=Change.MAJOR,
        help_text="Major: everybody is asked to read and confirm again. Minor: earlier "
        "confirmations stand.",
    )
    change_note = models.CharField(
        "what changed", max_length=300, blank=True, help_text="One sentence that readers see."
    )
    for_roles = RolesField(
        "for these roles", default=list, blank=True, help_text="None ticked: for everybody."
    )
    for_sites = ParentalManyToManyField(
        Site, blank=True, verbose_name="at these sites", help_text="None ticked: at every site."
    )
    asks_to_confirm = models.BooleanField("ask readers to confirm that they read it", default=True)
    confirm_days = models.PositiveSmallIntegerField(
        "days to read and confirm",
        default=14,
        validators=[MinValueValidator(1), MaxValueValidator(365)],
    )
    quiz = StreamField(Quiz(), blank=True)
    pass_mark = models.PositiveSmallIntegerField(
        "pass mark (%)", default=80, validators=[MaxValueValidator(100)]
    )
    supports = ParentalManyToManyField(
        Requirement,
        blank=True,
        related_name="policies",
        help_text="The questions and quality statements this policy helps with.",
    )

    parent_page_types: ClassVar[list[str]] = ["policies.PolicyIndexPage"]
    subpage_types: ClassVar[list[str]] = []
    template = "policies/policy_page.html"
    base_form_class = PolicyForm
    edit_handler = TABS
    search_fields: ClassVar[list[Any]] = [
        *Page.search_fields,
        index.SearchField("summary", boost=1.5),
        index.SearchField("body"),
        index.FilterField("topic"),
    ]

    class Meta:
        """Words for the admin."""

        verbose_name = "policy"
        verbose_name_plural = "policies"

    @property
    def record_ref(self) -> ObjectRef:
        """This policy as the object of an event."""
        return ObjectRef("policy", str(self.pk))

    @cached_property
    def sections(self) -> list[Section]:
        """The text, cut at its headings."""
        return sections_of(self.body)

    @property
    def plain_text(self) -> str:
        """What people read, without mark-up: summary and body, for excerpts."""
        return f"{self.summary} {plain_text_of(self.body)}"

    def serve(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Return the page to those the policy is for, should Wagtail ever be asked for it.

        Readers come by ``reading:policy``, which stands before Wagtail's addresses.
        """
        if request.user.is_authenticated:
            require(user_can_read_policy(request.user, self))
        return super().serve(request, *args, **kwargs)

    def permissions_for_user(self, user: User) -> PolicyRights:
        """Return what the person may do with this policy in the admin."""
        return PolicyRights(user, self)

    def save(self, *args: Any, **options: Any) -> None:
        """Keep the page, unless it would show readers what nobody approved.

        Raises:
            NotApproved: then.
        """
        hold_to_the_approved(self, options.get("update_fields"))
        super().save(*args, **options)

    def copy(self, *args: Any, **options: Any) -> "PolicyPage":
        """Return a copy, which is a draft."""
        made: PolicyPage = super().copy(*args, **(options | {"keep_live": False}))
        return made

    def save_revision(
        self, *args: Any, overwrite_revision: Revision | None = None, **options: Any
    ) -> Revision:
        """Keep a draft, unless the policy waits for a decision: then it is frozen.

        A draft that somebody decided on is kept as it was; saving again makes a new one.

        Raises:
            PermissionDenied: while the policy waits for a decision.
        """
        if self.workflow_states.filter(status=WorkflowState.STATUS_IN_PROGRESS).exists():
            raise PermissionDenied("This policy waits for a decision and cannot be changed.")
        if overwrite_revision and TaskState.objects.filter(revision=overwrite_revision).exists():
            overwrite_revision = None
        return super().save_revision(*args, overwrite_revision=overwrite_revision, **options)

    def publish(self, revision: Revision, user: User | None = None, **options: Any) -> None:
        """Make a revision the live one and announce it, in one transaction.

        A revision that is to go live on a later day is announced on that day.

        Raises:
            NotApproved: when nobody else approved that revision, whoever asks.
        """
        with transaction.atomic():
            Page.objects.select_for_update().get(pk=self.pk)
            require_approval(self, revision)
            super().publish(revision, user=user, **options)
            page = PolicyPage.objects.get(pk=self.pk)
            if page.live and page.live_revision_id == revision.pk:
                policy_published.send(PolicyPage, page=page, revision=revision, user=user)

    def unpublish(self, *args: Any, **options: Any) -> None:
        """Take the policy away from its readers, in one transaction with the record of it."""
        with transaction.atomic():
            super().unpublish(*args, **options)
