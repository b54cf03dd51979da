"""What the templates of the policies ask for: ``{% load policies %}``."""

from django import template

from portal.policies import queries
from portal.policies.models import PolicyPage, PolicyVersion

register = template.Library()


@register.simple_tag
def version_in_force(page: PolicyPage) -> PolicyVersion | None:
    """Return the version that people read today; None for a policy that was never published."""
    return queries.versions_of(page).first()
