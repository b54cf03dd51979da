"""Who may review, decide, set routes and name stand-ins.

Rights come from memberships and from standing in, never from being a superuser; the role of portal
administrator gives none of them.
"""

from dataclasses import dataclass
from datetime import date

from django.db.models import Q, QuerySet
from django.utils import timezone

from evidence_review.evidence.models import Evidence, EvidenceVersion
from evidence_review.evidence.permissions import (
    user_can_list_evidence,
    user_can_see_evidence,
    version_can_be_served,
)
from evidence_review.evidence.states import VersionState
from evidence_review.review.desk import desk_of
from evidence_review.review.hands import Hands, hands_on
from evidence_review.review.models import StandIn
from evidence_review.review.standing_in import absent_for
from evidence_review.review.steps import DECIDING_ROLES, Step, all_routes, approvals_among, standing
from portal.people.answers import Allowed, Answer, Denied
from portal.people.models import Membership, Site, User
from portal.people.queries import (
    active_on,
    holds_everywhere,
    people_with_role,
    roles_anywhere,
    roles_at,
)
from portal.people.roles import ADMIN_ROLES, Role

_NAMED_AT_MOST = 3


@dataclass(frozen=True)
class Mandate:
    """The right by which somebody decides: at which step, and in whose place if not their own."""

    step: Step
    on_behalf_of: User | None = None


def _decides_at(person: User, role: Role, site_id: int | None) -> bool:
    return role in DECIDING_ROLES and role in roles_at(person, site_id)


def user_can_review_at(person: User, site: Site | int | None) -> Answer:
    """Whether the person, or one they stand in for, decides on evidence of this site at all."""
    site_id = site.pk if isinstance(site, Site) else site
    desk = desk_of(person)
    if any(desk.roles & roles_at(holder, site_id) for holder in desk.holders):
        return Allowed()
    return Denied("You do not review evidence of this site.")


def user_can_review(person: User) -> Answer:
    """Whether the person reviews evidence at all, and so has a queue."""
    if desk_of(person).is_in_use:
        return Allowed()
    return Denied("Evidence is reviewed by IG leads and those who stand in for them.")


def user_can_look_at(person: User, evidence: Evidence) -> Answer:
    """Whether the person may see this evidence in the admin: as a reader, or as a reviewer."""
    return user_can_see_evidence(person, evidence) or user_can_review_at(person, evidence.site_id)


def user_can_open_in_review(person: User, version: EvidenceVersion) -> Answer:
    """Whether the person may open the file to review it: theirs to look at, and clean today."""
    answer = user_can_look_at(person, version.evidence)
    return answer and version_can_be_served(version)


def user_can_decide(person: User, version: EvidenceVersion, *, today: date | None = None) -> Answer:
    """Whether the person may decide on this version, by role, place and four eyes.

    It says nothing of the version's state: what may follow what is the transition table's question.
    The reason of a no names who can.
    """
    found = mandate(person, version, today=today)
    return found if isinstance(found, Denied) else Allowed()


def mandate(
    person: User, version: EvidenceVersion, *, today: date | None = None
) -> Mandate | Denied:
    """Return the right by which the person decides on this version, or why there is none."""
    decisions = list(version.decisions.all())
    steps = all_routes().steps_for(version.evidence.type_id)
    step = standing(steps, approvals_among(decisions)).step
    hands = hands_on(version, decisions)
    if not person.is_active:
        return Denied("Your account is switched off.")
    if why := hands.tie(person):
        return Denied(f"You {why}. {_who_can(version, step, hands, person)}")
    site_id = version.evidence.site_id
    if _decides_at(person, step.role, site_id):
        return Mandate(step)
    tied = ""
    for absent in absent_for(person, today):
        if not _decides_at(absent, step.role, site_id):
            continue
        if not (why := hands.tie(absent)):
            return Mandate(step, absent)
        tied = f"You stand in for {absent.actor_label}, who {why}. "
    if tied:
        return Denied(tied + _who_can(version, step, hands, person))
    where = f"at {version.evidence.site}" if version.evidence.site else "for the whole organisation"
    asked = "an IG lead" if step.role == Role.IG_LEAD else f"an {step.role.label.lower()}"
    return Denied(f"This needs {asked} {where}. {_who_can(version, step, hands, person)}")


def who_can_decide(version: EvidenceVersion) -> list[User]:
    """Return the people who may decide on this version now, stand-ins included."""
    decisions = list(version.decisions.all())
    steps = all_routes().steps_for(version.evidence.type_id)
    step = standing(steps, approvals_among(decisions)).step
    return _deciders(version, step, hands_on(version, decisions))


def _deciders(version: EvidenceVersion, step: Step, hands: Hands) -> list[User]:
    if step.role not in DECIDING_ROLES:
        return []
    today = timezone.localdate()
    holders = [
        holder
        for holder in people_with_role({step.role}, version.evidence.site).order_by("pk")
        if not hands.tie(holder)
    ]
    standing_in = StandIn.objects.filter(
        person__in=holders,
        stand_in__is_active=True,
        starts__lte=today,
        ends__gte=today,
        ended_at__isnull=True,
    )
    others = [row.stand_in for row in standing_in.select_related("stand_in").order_by("pk")]
    free = {found.pk: found for found in [*holders, *others] if not hands.tie(found)}
    return list(free.values())


def _who_can(version: EvidenceVersion, step: Step, hands: Hands, person: User) -> str:
    names = [
        found.actor_label for found in _deciders(version, step, hands) if found.pk != person.pk
    ]
    if not names:
        return (
            "Nobody else can at the moment. Ask a portal administrator to make somebody else "
            f"{'an' if step.role.label[0] in 'AEIO' else 'a'} {step.role.label}."
        )
    if len(names) > _NAMED_AT_MOST:
        names[_NAMED_AT_MOST - 1 :] = ["others"]
    listed = " or ".join([", ".join(names[:-1]), names[-1]] if len(names) > 1 else names)
    return f"Someone else must look at it: {listed} can."


def user_can_configure_routes(person: User) -> Answer:
    """Whether the person may set who looks at which type of evidence."""
    if holds_everywhere(person, {Role.IG_LEAD}):
        return Allowed()
    return Denied("Only an IG lead for every site may change who reviews what.")


def user_can_name_stand_in(person: User, absent: User) -> Answer:
    """Whether the person may name somebody to decide in place of ``absent``.

    Reviewers name their own; an IG lead for every site names them for others. Standing in for
    somebody does not give the right to pass it on.
    """
    if not roles_anywhere(absent) & DECIDING_ROLES:
        return Denied(f"{absent} does not review evidence, so nobody can stand in for them.")
    if person.pk == absent.pk or holds_everywhere(person, {Role.IG_LEAD}):
        return Allowed()
    return Denied("Only the reviewer themselves or an IG lead for every site may name a stand-in.")


def user_can_end_stand_in(person: User, arrangement: StandIn) -> Answer:
    """Whether the person may end this: those two it is about, or an IG lead for every site."""
    if person.pk in (arrangement.person_id, arrangement.stand_in_id):
        return Allowed()
    if holds_everywhere(person, {Role.IG_LEAD}):
        return Allowed()
    return Denied("Only the two people it is about or an IG lead for every site may end this.")


def user_can_stand_in(stand_in: User) -> Answer:
    """Whether somebody can take on the work: active, and let into the admin where it is done."""
    if stand_in.is_active and roles_anywhere(stand_in) & ADMIN_ROLES:
        return Allowed()
    return Denied(
        f"{stand_in} cannot open the admin, where evidence is reviewed. "
        "Choose an IG lead, an editor or a portal administrator."
    )


def people_with_a_right_to_pass_on(person: User) -> QuerySet[User]:
    """Return those for whom the person may name a stand-in."""
    today = timezone.localdate()
    deciders = Membership.objects.filter(active_on(today), role__in=DECIDING_ROLES)
    found = User.objects.filter(pk__in=deciders.values("person"), is_active=True)
    return found if holds_everywhere(person, {Role.IG_LEAD}) else found.filter(pk=person.pk)


def people_who_can_stand_in() -> QuerySet[User]:
    """Return those who may be named as a stand-in."""
    today = timezone.localdate()
    admitted = Membership.objects.filter(active_on(today), role__in=ADMIN_ROLES)
    return User.objects.filter(pk__in=admitted.values("person"), is_active=True)


def stand_ins_seen_by(person: User) -> QuerySet[StandIn]:
    """Return the arrangements the person may see: their own, or all for a lead of every site."""
    found = StandIn.objects.select_related("person", "stand_in")
    if holds_everywhere(person, {Role.IG_LEAD}):
        return found
    return found.filter(Q(person=person) | Q(stand_in=person))


def user_can_withdraw(person: User, version: EvidenceVersion) -> Answer:
    """Whether the person may withdraw this version.

    What is not approved, its uploader may take back. What is approved, and what others uploaded,
    an IG lead of the site withdraws.
    """
    if Role.IG_LEAD in roles_at(person, version.evidence.site_id):
        return Allowed()
    if version.uploaded_by_id != person.pk:
        return Denied("Only the person who uploaded this version or an IG lead may withdraw it.")
    if version.state == VersionState.APPROVED:
        return Denied("This version is approved. Ask your IG lead to withdraw it.")
    return user_can_see_evidence(person, version.evidence)


def possible_reviewers(today: date) -> list[User]:
    """Return everybody who may decide on anything today, stand-ins included."""
    roles = {step.role for step in all_routes().all_steps()} & DECIDING_ROLES
    held = Membership.objects.filter(active_on(today), role__in=roles).values("person")
    standing_in = StandIn.objects.filter(
        person__in=held, starts__lte=today, ends__gte=today, ended_at__isnull=True
    )
    found = User.objects.filter(Q(pk__in=held) | Q(pk__in=standing_in.values("stand_in")))
    return list(found.filter(is_active=True).order_by("pk"))


def user_can_look_somewhere(person: User) -> Answer:
    """Whether the person works with evidence in the admin at all: reads it, or reviews it."""
    return user_can_list_evidence(person) or user_can_review(person)
