"""Who is accountable: the provider, its sites, who answers for them, and what is published."""

from dataclasses import dataclass

from django.db.models import Q
from django.utils import timezone

from evidence_review.assessments.duties import NEEDED
from evidence_review.assessments.models import NamedPerson, Publication
from evidence_review.assessments.queries.named_people import holding_on
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
    named: tuple[NamedPerson, ...]
    published: Publication | None

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
    """Return the provider with the sites of the access. Four queries."""
    sites = list(sites_shown(access))
    managers: dict[int | None, list[User]] = {}
    for membership in managers_shown(access):
        managers.setdefault(membership.site_id, []).append(membership.person)
    everywhere = managers.get(None, [])
    shown = tuple(
        ShownSite(site, tuple(dict.fromkeys([*managers.get(site.pk, []), *everywhere])))
        for site in sites
    )
    return Provider(
        sites[0].organisation if sites else the_organisation(),
        shown,
        tuple(_named()),
        _published(sites),
    )


def _named() -> list[NamedPerson]:
    """Return who answers for information in the whole organisation, in the order of the duties."""
    named = NamedPerson.objects.filter(
        holding_on(timezone.localdate()), duty__in=NEEDED, site__isnull=True
    ).select_related("person")
    order = [duty.value for duty in NEEDED]
    return sorted(named, key=lambda one: (order.index(one.duty), one.starts))


def _published(sites: list[Site]) -> Publication | None:
    """Return the newest publication that speaks for what is shown: its one site's or head office's.

    Head office speaks for the sites its publication names and for no other.
    """
    speaking = Q(assessment__site__isnull=True)
    if len(sites) == 1:
        speaking |= Q(assessment__site=sites[0])
    newest = Publication.objects.filter(speaking).select_related("assessment__edition")[:5]
    shown = {site.public_id for site in sites}
    return next((one for one in newest if one.assessment.site_id or shown <= _site_ids(one)), None)


def _site_ids(publication: Publication) -> set[str]:
    return {str(site["site"]) for site in publication.sites}
