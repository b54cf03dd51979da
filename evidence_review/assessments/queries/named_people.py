"""Who holds which duty, filtered in SQL by what the person may see."""

from datetime import date

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import timezone

from evidence_review.assessments.models import NamedPerson
from evidence_review.assessments.permissions import RUNNERS
from evidence_review.assessments.states import Duty
from evidence_review.evidence.models import Evidence
from evidence_review.evidence.queries import visible_evidence
from portal.people.models import Membership, Site, User
from portal.people.permissions import user_can_manage_sites
from portal.people.queries import active_on, holds_everywhere, site_ids_for
from portal.people.roles import ADMIN_ROLES, EVIDENCE_READERS

OFFERED = 200
"""How many people, and how many pieces of evidence, a form offers to choose from."""


def holding_on(day: date) -> Q:
    """Return the condition for duties that are held on ``day``."""
    return Q(starts__lte=day) & not_over_on(day)


def not_over_on(day: date) -> Q:
    """Return the condition for duties that are held on ``day`` or later."""
    return Q(ends__isnull=True) | Q(ends__gte=day)


def visible_named_people(person: User) -> QuerySet[NamedPerson]:
    """Return who holds or held a duty: the whole organisation's, and the person's own sites'."""
    found = NamedPerson.objects.select_related("person", "site", "evidence")
    if user_can_manage_sites(person):
        return found
    sites = site_ids_for(person, RUNNERS)
    return found if sites is None else found.filter(Q(site__isnull=True) | Q(site__in=sites))


def duties_held(day: date) -> set[str]:
    """Return the duties that somebody holds for the whole organisation, or at any site."""
    return set(NamedPerson.objects.filter(holding_on(day)).values_list("duty", flat=True))


def sites_without_manager(day: date) -> QuerySet[Site]:
    """Return the open sites whose registered manager nobody has named."""
    managers = NamedPerson.objects.filter(
        holding_on(day), duty=Duty.REGISTERED_MANAGER, site=OuterRef("pk")
    )
    return Site.objects.filter(~Exists(managers), is_active=True)


def sites_to_name_for(person: User) -> QuerySet[Site]:
    """Return the open sites for which the person may name people."""
    sites = Site.objects.filter(is_active=True)
    if user_can_manage_sites(person):
        return sites
    ids = site_ids_for(person, RUNNERS)
    return sites if ids is None else sites.filter(pk__in=ids)


def may_name_for_all(person: User) -> bool:
    """Whether the person may name people for the whole organisation."""
    return bool(user_can_manage_sites(person)) or holds_everywhere(person, RUNNERS)


def people_to_name(held: NamedPerson | None = None) -> QuerySet[User]:
    """Return who is offered for a duty: those who do more here than read, and who holds it now."""
    works = Membership.objects.filter(
        active_on(timezone.localdate()),
        person=OuterRef("pk"),
        role__in=EVIDENCE_READERS | ADMIN_ROLES,
    ).order_by()
    offered = Q(Exists(works), is_active=True)
    if held and held.person_id:
        offered |= Q(pk=held.person_id)
    return User.objects.filter(offered)


def evidence_to_offer(person: User, held: NamedPerson | None = None) -> list[Evidence]:
    """Return the newest evidence the person may see, with the one that is chosen on top."""
    chosen = [held.evidence] if held and held.evidence else []
    newest = visible_evidence(person).order_by("-created_at", "-pk")[:OFFERED]
    return chosen + [one for one in newest if one not in chosen]
