"""What the screens about people and places share: the door, the way back, the answer."""

from typing import Any

from django import forms
from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.functional import cached_property

from portal.chrome.screens import AdminScreen
from portal.people.answers import Answer
from portal.people.models import Site, User
from portal.people.permissions import user_can_manage_people, user_can_manage_sites
from portal.refused import Refused


class Screen(AdminScreen):
    """One screen of the admin about people or places."""

    def show_refused(self, form: forms.Form, refused: Refused, field: str | None) -> HttpResponse:
        """Return the screen with what an action refused, beside a field where it belongs to one."""
        form.add_error(field, refused.reason)
        return self.show(status=refused.status, form=form)


class PeopleScreen(Screen):
    """A screen about people."""

    header_icon = "group"

    def may_enter(self, person: User) -> Answer:
        """Let those in who manage people."""
        return user_can_manage_people(person)

    def way_back(self) -> list[tuple[str, str]]:
        """Lead to the list."""
        return [(reverse("people:index"), "People")]


class OnePerson(PeopleScreen):
    """A screen about one person, found by the public id in the address."""

    @cached_property
    def person(self) -> User:
        """The person."""
        return get_object_or_404(User, public_id=self.kwargs["public_id"])

    def way_back(self) -> list[tuple[str, str]]:
        """Lead to the person."""
        return [*super().way_back(), (self.person_url(), str(self.person))]

    def person_url(self) -> str:
        """Return the address of the person's page."""
        return reverse("people:person", args=[self.person.public_id])

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add the person."""
        context: dict[str, Any] = super().get_context_data(**kwargs)
        return context | {"person": self.person}


class PlacesScreen(Screen):
    """A screen about the organisation and its sites."""

    header_icon = "site"

    def may_enter(self, person: User) -> Answer:
        """Let those in who manage sites."""
        return user_can_manage_sites(person)

    def way_back(self) -> list[tuple[str, str]]:
        """Lead to the list."""
        return [(reverse("places:index"), "Sites")]


class OneSite(PlacesScreen):
    """A screen about one site, found by the public id in the address."""

    @cached_property
    def site(self) -> Site:
        """The site."""
        return get_object_or_404(Site, public_id=self.kwargs["public_id"])

    def way_back(self) -> list[tuple[str, str]]:
        """Lead to the site."""
        return [*super().way_back(), (self.site_url(), str(self.site))]

    def site_url(self) -> str:
        """Return the address of the site's page."""
        return reverse("places:site", args=[self.site.public_id])

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add the site."""
        context: dict[str, Any] = super().get_context_data(**kwargs)
        return context | {"site": self.site}
