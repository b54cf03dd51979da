"""The form in which editors write a policy: its tabs, and what it asks before a submission."""

from calendar import monthrange
from datetime import date
from typing import Any

from django import forms
from django.utils import timezone
from wagtail.admin.forms.pages import WagtailAdminPageForm
from wagtail.admin.panels import (
    CommentPanel,
    FieldPanel,
    FieldRowPanel,
    HelpPanel,
    MultiFieldPanel,
    ObjectList,
    PublishingPanel,
    TabbedInterface,
    TitleFieldPanel,
)

from portal.chrome.words import day
from portal.people.models import Site
from portal.policies.choosing import OwnerField, RequirementsField

RESERVED_SLUGS = frozenset(
    {"mine", "follow-up", "meetings", "library", "shared", "downloads", "by-site", "people"}
)
"""Addresses under ``/policies/`` that are other pages of the portal."""
MONTHS = 12

TABS = TabbedInterface(
    [
        ObjectList(
            [
                TitleFieldPanel("title"),
                FieldPanel("summary"),
                FieldPanel("topic"),
                FieldPanel("body"),
                MultiFieldPanel(
                    [FieldPanel("change_note"), FieldPanel("change")], heading="What is new in it"
                ),
            ],
            heading="Text",
        ),
        ObjectList(
            [
                MultiFieldPanel(
                    [FieldPanel("for_roles"), FieldPanel("for_sites")], heading="Who it is for"
                ),
                MultiFieldPanel(
                    [FieldPanel("asks_to_confirm"), FieldPanel("confirm_days")],
                    heading="Read and confirm",
                ),
            ],
            heading="Who and when",
        ),
        ObjectList(
            [
                HelpPanel(
                    "<p>A short quiz follows the text, if you add questions. Readers confirm after "
                    "they have passed it; they may try again as often as they like.</p>"
                ),
                FieldPanel("quiz"),
                FieldPanel("pass_mark"),
            ],
            heading="Questions",
        ),
        ObjectList(
            [
                FieldPanel("policy_owner"),
                FieldRowPanel([FieldPanel("review_date"), FieldPanel("review_months")]),
                FieldPanel("slug"),
                PublishingPanel(),
                CommentPanel(),
            ],
            heading="Review",
        ),
        ObjectList([FieldPanel("supports")], heading="What it supports"),
    ]
)


class PolicyForm(WagtailAdminPageForm):
    """The form of a policy. A draft may be unfinished; what is submitted may not."""

    policy_owner = OwnerField(
        label="Owner",
        help_text="Who answers for this policy. The owner cannot approve it.",
    )
    supports = RequirementsField(
        label="What it supports",
        required=False,
        help_text="Tick the questions and quality statements this policy helps with. It then shows "
        "beside them.",
    )

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["for_sites"] = forms.ModelMultipleChoiceField(
            Site.objects.filter(is_active=True),
            required=False,
            widget=forms.CheckboxSelectMultiple,
            label="At these sites",
            help_text="Tick none for every site.",
        )
        if self.instance.pk is None:
            self.initial["review_date"] = next_review(MONTHS)
        elif self.instance.live and not self.instance.has_unpublished_changes:
            self.initial["change_note"] = ""

    def clean_slug(self) -> str:
        """Keep free the addresses of other pages."""
        slug: str = self.cleaned_data["slug"]
        if slug in RESERVED_SLUGS:
            raise forms.ValidationError(
                f"“{slug}” is the address of another page. Choose another one for this policy."
            )
        return slug

    def clean(self) -> dict[str, Any]:
        """Ask for what readers and reviewers need, when the policy is submitted."""
        values: dict[str, Any] = super().clean()
        if not self.is_deferred_validation:
            self._ask_for_a_review_to_come(values)
            self._ask_what_changed(values)
        return values

    def _ask_for_a_review_to_come(self, values: dict[str, Any]) -> None:
        review = values.get("review_date")
        if review is not None and review <= timezone.localdate():
            following = day(next_review(values.get("review_months") or MONTHS))
            self.add_error(
                "review_date",
                "This day has passed. You are looking at the policy now, so say when you will look "
                f"at it again, for example on {following}.",
            )

    def _ask_what_changed(self, values: dict[str, Any]) -> None:
        last = self.instance.versions.first() if self.instance.pk else None
        note = (values.get("change_note") or "").strip()
        if last is not None and note in ("", last.change_note):
            self.add_error(
                "change_note", "Say in one sentence what changed since the version people read now."
            )


def next_review(months: int, today: date | None = None) -> date:
    """Return the same day that many months from today, or the last day of a shorter month."""
    today = today or timezone.localdate()
    years, month = divmod(today.month - 1 + months, 12)
    year, month = today.year + years, month + 1
    return date(year, month, min(today.day, monthrange(year, month)[1]))
