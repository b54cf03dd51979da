"""Who may answer, confirm, run, publish and see assessments."""

from evidence_review.assessments.models import Assessment, ImprovementAction, StatementClaim
from portal.people.answers import Allowed, Answer, Denied
from portal.people.models import Site, User
from portal.people.permissions import user_can_manage_sites
from portal.people.queries import roles_anywhere, roles_at
from portal.people.roles import EVIDENCE_READERS, EVIDENCE_WRITERS, Role

RUNNERS = frozenset({Role.IG_LEAD, Role.REGISTERED_MANAGER})
"""Start assessments, give out questions, choose sites."""


def user_can_list_assessments(person: User) -> Answer:
    """Whether the person works with assessments at all."""
    if roles_anywhere(person) & EVIDENCE_READERS:
        return Allowed()
    return Denied("The assessment is for managers, contributors and IG leads.")


def user_can_see_assessment(person: User, assessment: Assessment) -> Answer:
    """Whether the person may read the answers; head office's are for every reader."""
    roles = roles_anywhere(person) if assessment.site_id is None else ()
    if EVIDENCE_READERS & (set(roles) | roles_at(person, assessment.site_id)):
        return Allowed()
    return Denied("This assessment belongs to a site you do not work with.")


def user_can_answer(person: User, assessment: Assessment) -> Answer:
    """Whether the person may answer questions, link evidence and plan actions."""
    if roles_at(person, assessment.site_id) & EVIDENCE_WRITERS:
        return Allowed()
    return Denied(f"You may not answer for {assessment.owner_name}. Ask your IG lead.")


def user_can_start_assessment(person: User, site: Site | None) -> Answer:
    """Whether the person may start an assessment, of head office for ``None``."""
    if roles_at(person, site) & RUNNERS:
        return Allowed()
    return Denied("Only an IG lead or the registered manager starts an assessment.")


def user_can_start_somewhere(person: User) -> Answer:
    """Whether the person may start an assessment of anything at all."""
    if roles_anywhere(person) & RUNNERS:
        return Allowed()
    return Denied("Only an IG lead or a registered manager starts an assessment.")


def user_can_run_assessment(person: User, assessment: Assessment) -> Answer:
    """Whether the person may choose its sites, give out questions and roll it over."""
    return user_can_start_assessment(person, assessment.site)


def user_can_publish(person: User, assessment: Assessment) -> Answer:
    """Whether the person may publish the answers and keep what the national toolkit says."""
    if Role.IG_LEAD in roles_at(person, assessment.site_id):
        return Allowed()
    return Denied("Only an IG lead publishes an assessment.")


def user_can_keep_certificate(person: User, site: Site | None) -> Answer:
    """Whether the person may keep certificates of a site; ``None`` is the organisation."""
    if Role.IG_LEAD in roles_at(person, site):
        return Allowed()
    return Denied(f"Only an IG lead keeps certificates of {site or 'the whole organisation'}.")


def user_can_carry_out(person: User, action: ImprovementAction) -> Answer:
    """Whether the person may start and finish an action: its owner, and whoever may plan it."""
    if action.owner_id == person.pk:
        return user_can_see_assessment(person, action.assessment)
    return user_can_answer(person, action.assessment)


def user_can_speak_for_site(person: User, site: Site) -> Answer:
    """Whether the person may say that head office's answers hold at a site, or do not."""
    if Role.REGISTERED_MANAGER in roles_at(person, site):
        return Allowed()
    return Denied(f"Only the registered manager of {site} can say what holds there.")


def user_can_make_claim(person: User, site: Site | None) -> Answer:
    """Whether the person may claim something of a site; ``None`` is the whole organisation."""
    if roles_at(person, site) & EVIDENCE_WRITERS:
        return Allowed()
    where = f"for {site}" if site else "for the whole organisation"
    return Denied(f"You may not make claims {where}. Ask your IG lead.")


def user_can_make_claim_somewhere(person: User) -> Answer:
    """Whether the person may claim something of any site at all."""
    if roles_anywhere(person) & EVIDENCE_WRITERS:
        return Allowed()
    return Denied("You may not make claims. Ask your manager or IG lead.")


def user_can_change_claim(person: User, claim: StatementClaim) -> Answer:
    """Whether the person may change or withdraw a claim; what is withdrawn stays so."""
    if claim.withdrawn_at is not None:
        return Denied("This claim is withdrawn. Make a new one.")
    return user_can_make_claim(person, claim.site)


def user_can_set_up(person: User) -> Answer:
    """Whether the person sees what an assessment needs before it starts, and who holds a duty."""
    if roles_anywhere(person) & RUNNERS or user_can_manage_sites(person):
        return Allowed()
    return Denied("Setting up is for IG leads, registered managers and portal administrators.")


def user_can_name_people(person: User, site: Site | None) -> Answer:
    """Whether the person may say who holds a duty at a site; ``None`` is the organisation."""
    if roles_at(person, site) & RUNNERS or user_can_manage_sites(person):
        return Allowed()
    return Denied(f"You may not name people for {site or 'the whole organisation'}.")
