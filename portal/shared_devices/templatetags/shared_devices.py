"""What pages of other rooms ask about shared tablets."""

from django import template

from portal.people.models import User
from portal.shared_devices.permissions import user_can_manage_devices

register = template.Library()


@register.simple_tag
def may_manage_tablets(person: User) -> bool:
    """Tell whether to lead this person to the shared tablets of their sites."""
    return isinstance(person, User) and bool(user_can_manage_devices(person))
