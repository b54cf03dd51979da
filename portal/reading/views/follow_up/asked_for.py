"""Whose reading a page shows: the sites the person follows, narrowed as the address asks."""

from dataclasses import dataclass
from functools import cached_property

from django.http import Http404
from django.shortcuts import get_object_or_404

from portal.people.answers import require
from portal.people.models import Site, User
from portal.people.requests import PersonRequest
from portal.people.roles import Role
from portal.policies.models import PolicyPage
from portal.reading.permissions import sites_followed, user_can_follow_up
from portal.reading.queries.follow_up import Sites, person_followed, policies_asking


@dataclass
class Asked:
    """What one person, who may follow up, asks to see. ``values`` holds what the form sent."""

    person: User
    site_ref: str = ""
    role: str = ""
    words: str = ""

    @cached_property
    def followed(self) -> Sites:
        """The ids of the sites whose people they follow; None is everybody."""
        return sites_followed(self.person)

    @cached_property
    def sites(self) -> list[Site]:
        """The open sites they may choose from."""
        open_sites = Site.objects.filter(is_active=True)
        return list(
            open_sites if self.followed is None else open_sites.filter(pk__in=self.followed)
        )

    @cached_property
    def site(self) -> Site | None:
        """The chosen site; None is all of them, also when the one asked for is not theirs."""
        return next((site for site in self.sites if site.public_id == self.site_ref), None)

    @property
    def reach(self) -> Sites:
        """The ids of the sites shown; None is everybody."""
        return self.followed if self.site is None else {self.site.pk}

    @property
    def roles(self) -> list[tuple[str, str]]:
        """The roles they may choose from."""
        return list(Role.choices)

    @property
    def counts_some_twice(self) -> bool:
        """Whether somebody who works at two of the sites shown counts at each."""
        return self.reach is not None and len(self.reach) > 1

    @property
    def is_narrowed(self) -> bool:
        """Whether not everything was asked for."""
        return bool(self.site or self.role or self.words)

    def policy(self, slug: str) -> PolicyPage:
        """Return a policy that asks its readers to confirm.

        Raises:
            Http404: there is none at this address.
        """
        page: PolicyPage = get_object_or_404(policies_asking(), slug=slug)
        return page

    def reader(self, public_id: str) -> User:
        """Return somebody whom the person follows.

        Raises:
            Http404: nobody, or nobody of theirs.
        """
        found = person_followed(public_id, self.followed)
        if found is None:
            raise Http404("Nobody of yours is at this address. They may have left.")
        return found


def asked_for(request: PersonRequest) -> Asked:
    """Return what is asked for.

    Raises:
        NotPermitted: the person does not follow up anything.
    """
    require(user_can_follow_up(request.user))
    sent = request.POST if request.method == "POST" else request.GET
    role = sent.get("role", "")
    return Asked(
        person=request.user,
        site_ref=sent.get("site", ""),
        role=role if role in Role.values else "",
        words=sent.get("q", "").replace("\0", "").strip()[:100],
    )
