"""What to have at hand before an assessment is started: what the portal knows, and what it cannot.

A fact is ticked when the portal's own data says it is there. The documents are a list to gather:
whether they are good is asked by the questions themselves.
"""

from dataclasses import dataclass
from datetime import date

from django.urls import reverse
from django.utils import timezone

from evidence_review.assessments.duties import NEEDED
from evidence_review.assessments.models import Assessment
from evidence_review.assessments.queries.named_people import duties_held, sites_without_manager
from evidence_review.evidence.models import EvidenceVersion
from evidence_review.evidence.states import Look
from portal.accounts.queries import count_who_can_sign_in_as
from portal.chrome.words import in_words
from portal.health.steps import Step
from portal.people.models import Site
from portal.people.queries import the_organisation
from portal.people.roles import Role
from portal.policies.queries import current_policies

DONE, TO_DO = Look("Done", "done", "tick"), Look("To do", "todo", "todo")
_FOUR_EYES = 2


@dataclass(frozen=True)
class Fact:
    """One thing the portal can tell: what, how it stands in a sentence, and where it is done."""

    code: str
    title: str
    said: str
    is_there: bool
    action: str
    url: str

    @property
    def look(self) -> Look:
        """How it is drawn."""
        return DONE if self.is_there else TO_DO


DOCUMENTS = (
    (
        "Your staff list",
        "Since when each works here, and when they last had data security training.",
    ),
    ("Your contracts with suppliers", "Of care planning, rotas, payroll, e-mail, shredding."),
    ("A list of your computers, tablets and phones", "With who uses each, and whether it updates."),
    ("Your business continuity plan", "And when you last tested it, with what you learned."),
    (
        "Where information about people is kept",
        "On paper and on screen, and who gets it.",
    ),
    ("What went wrong in the last 12 months", "Breaches and near misses, and what you did."),
    ("Your last spot check", "That staff keep to the policies: when, by whom, what was found."),
)
"""What most of the questions ask about, in the words of a home."""


def facts() -> list[Fact]:
    """Return every fact, in the order in which they are best seen to."""
    today = timezone.localdate()
    return [
        _organisation(),
        _sites(),
        _duties(today),
        _managers(today),
        _approvers(),
        _policies(),
        _evidence(),
        _started(),
    ]


def checklist_step() -> Step:
    """Return the step of this room in the list of what a new portal still needs."""
    return Step(
        "Set up your DSPT assessment",
        "Who is responsible, and what to have at hand. It takes about ten minutes.",
        _started().is_there,
        "Set it up",
        reverse("assessments:set_up"),
    )


def _organisation() -> Fact:
    found = the_organisation()
    known = bool(found and found.name and found.ods_code and found.ico_number)
    return Fact(
        "organisation",
        "Your organisation",
        "Its name, its head office ODS code and its ICO number"
        + (" are here." if known else ": not all of them are here yet."),
        known,
        "Look at your organisation",
        reverse("assessments:set_up_organisation"),
    )


def _sites() -> Fact:
    open_sites = Site.objects.filter(is_active=True)
    count = open_sites.count()
    lacking = open_sites.exclude(ods_code__gt="", cqc_location_id__gt="").count()
    said = f"{in_words(count, 'site,sites')}, each with its codes.".capitalize()
    if not count:
        said = "No site is here yet."
    elif lacking:
        said = f"{in_words(lacking, 'site has,sites have')} no ODS code or no CQC location ID."
    return Fact(
        "sites",
        "Your sites and their codes",
        said,
        bool(count) and not lacking,
        "Look at your sites",
        reverse("assessments:set_up_sites"),
    )


def _duties(today: date) -> Fact:
    missing = [duty.label for duty in NEEDED if duty not in duties_held(today)]
    said = f"Not named yet: {', '.join(missing)}." if missing else "All are named."
    return Fact(
        "duties",
        "DSPT lead, senior responsible person, Caldicott Guardian",
        said,
        not missing,
        "Name them",
        reverse("assessments:set_up_people"),
    )


def _managers(today: date) -> Fact:
    lacking = sites_without_manager(today).count()
    has_sites = Site.objects.filter(is_active=True).exists()
    said = "Every site has one." if has_sites else "There is no site yet."
    if lacking:
        said = f"{in_words(lacking, 'site has,sites have')} none yet."
    return Fact(
        "managers",
        "The registered manager of each site",
        said,
        has_sites and not lacking,
        "Name them",
        reverse("assessments:set_up_people"),
    )


def _approvers() -> Fact:
    leads = count_who_can_sign_in_as(Role.IG_LEAD)
    return Fact(
        "approvers",
        "Two people who can approve evidence",
        "Nobody approves what they uploaded, so it takes two IG leads. "
        f"You have {in_words(leads, 'IG lead,IG leads')}.",
        leads >= _FOUR_EYES,
        "",
        "",
    )


def _policies() -> Fact:
    count = current_policies().count()
    return Fact(
        "policies",
        "Your first policies",
        f"{in_words(count, 'policy is,policies are')} published.".capitalize(),
        count > 0,
        "Look at the policies",
        "/policies/",
    )


def _evidence() -> Fact:
    there = EvidenceVersion.objects.exists()
    return Fact(
        "evidence",
        "Your first evidence",
        "There is some already." if there else "Nothing is uploaded yet. You can while you answer.",
        there,
        "Add evidence",
        reverse("evidence:add"),
    )


def _started() -> Fact:
    there = Assessment.objects.filter(edition__in_use=True).exists()
    return Fact(
        "started",
        "Who answers: head office or each site",
        "An assessment is started."
        if there
        else "Head office may answer for sites that train, keep policies, handle breaches and use "
        "IT in the same way. Otherwise each site answers for itself.",
        there,
        "",
        "",
    )
