"""The library's line in the list of what a new portal needs."""

from django.urls import reverse

from portal.health.steps import Step
from portal.policy_library.queries import anything_adopted_or_written


def checklist_step() -> Step:
    """Return the step: done as soon as there is any policy, a draft included."""
    return Step(
        "Adopt your first policies",
        "The library holds starter policies for adult social care. Adopting one makes a draft.",
        anything_adopted_or_written(),
        "Open the policy library",
        reverse("policy_library:index"),
    )
