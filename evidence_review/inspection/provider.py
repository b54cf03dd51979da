"""Who is accountable: the provider, its sites, and who is registered to manage them."""

from dataclasses import dataclass

from evidence_review.inspection.models import InspectorAccess
from evidence_review.inspection.scope import managers_shown, sites_shown
from portal.people.models import Organisation, Site, User
from portal.people.queries import the_organisation


@dataclass(frozen=True)
class ShownSite:
    """One site with today's registered managers; those of every site count at each."""

    site: Site
    managers: tuple[User, ...]


@dataclass(frozen=True)
class Provider:
    """The provider as the summary's strip shows it."""

    organisation: Organisation | None
    sites: tuple[ShownSite, ...]

    @property
    def only_site(self) -> ShownSite | None:
        """The site, when the summary is about one."""
        return self.sites[0] if len(self.sites) == 1 else None

    @property
    def name(self) -> str:
        """What the summary is called after: the one site, or the organisation."""
        if self.only_site:
            return self.only_site.site.name
        return self.organisation.name if self.organisation else ""


def provider_shown(access: InspectorAccess) -> Provider:
    """Return the provider with the sites of the access. Two queries."""
    sites = list(sites_shown(access))
    managers: dict[int | None, list[User]] = {}
    for membership in managers_shown(access):
        managers.setdefault(membership.site_id, []).append(membership.person)
    everywhere = managers.get(None, [])
    shown = tuple(
        ShownSite(site, tuple(dict.fromkeys([*managers.get(site.pk, []), *everywhere])))
        for site in sites
    )
    return Provider(sites[0].organisation if sites else the_organisation(), shown)
