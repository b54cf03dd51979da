"""What the editor's screens send, and where."""

from typing import Any

from django.urls import reverse
from wagtail.models import Page
from wagtail.test.utils.form_data import nested_form_data, rich_text, streamfield

from portal.people.models import User
from tests.portal.policies.making import policies_page


def form_of(owner: User, **changes: Any) -> dict[str, Any]:
    """Return what the editor's form sends for a sound policy, with changes."""
    values: dict[str, Any] = {
        "title": "Using phones",
        "slug": "using-phones",
        "summary": "When and how.",
        "topic": "devices",
        "policy_owner": owner.pk,
        "review_date": "2027-11-02",
        "review_months": "12",
        "body": streamfield([("heading", "Why"), ("paragraph", rich_text("<p>Because.</p>"))]),
        "change": "major",
        "confirm_days": "14",
        "pass_mark": "80",
        "quiz": streamfield([]),
        "comments": {"TOTAL_FORMS": 0, "INITIAL_FORMS": 0, "MIN_NUM_FORMS": 0, "MAX_NUM_FORMS": 0},
    }
    data: dict[str, Any] = nested_form_data(values | changes)
    return data


def add_url() -> str:
    """Return where a new policy is written."""
    return reverse("wagtailadmin_pages:add", args=["policies", "policypage", policies_page().pk])


def edit_url(page: Page) -> str:
    """Return where a policy is changed."""
    return reverse("wagtailadmin_pages:edit", args=[page.pk])
