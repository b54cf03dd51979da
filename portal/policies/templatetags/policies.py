"""What the templates of the policies ask for: ``{% load policies %}``."""

from django import template

from portal.people.models import User
from portal.policies import queries
from portal.policies.models import PolicyPage, PolicyVersion

register = template.Library()


@register.simple_tag
def policies_by_topic(person: User) -> list[tuple[str, list[PolicyPage]]]:
    """Return the policies a person may read, topic by topic."""
    return queries.policies_by_topic(queries.policies_for(person).defer("body", "quiz"))


@register.simple_tag
def version_in_force(page: PolicyPage) -> PolicyVersion | None:
    """Return the version that people read today; None for a policy that was never published."""
    return queries.versions_of(page).first()
