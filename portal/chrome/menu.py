"""The portal's own menu: which of its items a person sees, and where they are."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse
from django.utils.module_loading import import_string

from portal.people.models import User
from portal.people.permissions import user_can_enter_admin
from portal.people.queries import roles_anywhere
from portal.people.roles import Role


@dataclass(frozen=True)
class Item:
    """One entry of the menu."""

    label: str
    path: str
    is_here: bool = False


def menu_for(request: HttpRequest) -> list[Item]:
    """Return the menu of the person who asks; empty when nobody is signed in."""
    person = request.user
    if not isinstance(person, User):
        return []
    roles = roles_anywhere(person)
    items = [
        Item(label, path, _is_here(path, request.path))
        for label, path, family in settings.PORTAL_MENU
        if not family or roles & _roles_in(family)
    ]
    if user_can_enter_admin(person):
        items.append(Item("Admin", reverse("wagtailadmin_home")))
    return items


def _roles_in(family: str) -> frozenset[Role]:
    roles: Iterable[Role] = import_string(family)
    return frozenset(roles)


def _is_here(path: str, asked: str) -> bool:
    return asked == path if path == "/" else asked.startswith(path)
