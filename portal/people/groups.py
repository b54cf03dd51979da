"""Wagtail's groups follow from memberships: one group a role, never edited by hand."""

from django.conf import settings
from django.contrib.auth.models import Group, Permission

from portal.people.models import User
from portal.people.queries import roles_anywhere
from portal.people.roles import ADMIN_ROLES


def set_up_role_groups() -> None:
    """Make the group of every role that may enter the admin, with just the rights it is due.

    The rights are named in ``ROLE_PERMISSIONS`` as ``app_label.codename``; what is not named there
    is taken away, so that a right given by hand does not outlive the next start.
    """
    for role in ADMIN_ROLES:
        group, _ = Group.objects.get_or_create(name=role.value)
        wanted = set(settings.ROLE_PERMISSIONS.get(role.value, ()))
        labels = {name.partition(".")[0] for name in wanted}
        known = Permission.objects.filter(content_type__app_label__in=labels)
        group.permissions.set(
            permission
            for permission in known.select_related("content_type")
            if f"{permission.content_type.app_label}.{permission.codename}" in wanted
        )


def follow_memberships(person: User) -> None:
    """Put the person into the groups of the roles held today, and out of all others."""
    names = [role.value for role in roles_anywhere(person) & ADMIN_ROLES]
    person.groups.set(Group.objects.filter(name__in=names))
