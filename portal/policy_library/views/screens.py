"""What the library's screens share."""

from typing import Any

from django.http import Http404
from django.urls import reverse
from django.utils.functional import cached_property

from portal.accounts.views.screens import Screen
from portal.people.answers import Answer
from portal.people.models import User
from portal.policy_library.permissions import user_can_adopt_starters
from portal.policy_library.queries import shelved
from portal.policy_library.standing import Shelved


class LibraryScreen(Screen):
    """A screen about starter policies, for those who write policies."""

    header_icon = "folder-open-inverse"

    def may_enter(self, person: User) -> Answer:
        """Let those in who write policies."""
        return user_can_adopt_starters(person)

    def way_back(self) -> list[tuple[str, str]]:
        """Lead to the list."""
        return [(reverse("policy_library:index"), "Policy library")]


class OneStarter(LibraryScreen):
    """A screen about one starter, found by the code in the address."""

    @cached_property
    def shelved(self) -> Shelved:
        """The starter with what was made of it here."""
        found = shelved(self.kwargs["code"])
        if found is None:
            raise Http404("There is no such starter policy.")
        return found

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add the starter."""
        context: dict[str, Any] = super().get_context_data(**kwargs)
        return context | {"shelved": self.shelved, "starter": self.shelved.starter}
