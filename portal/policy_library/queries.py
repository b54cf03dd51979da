"""Named selections of the policy library."""

from collections.abc import Sequence

from django.db.models import Exists, Max, OuterRef, Q, QuerySet
from django.db.models.functions import Coalesce, Greatest
from django.utils import timezone

from portal.chrome.differences import ChangedPart, differences
from portal.frameworks.models import Requirement
from portal.frameworks.queries import UnknownRequirement, requirements_by_codes
from portal.people.models import Membership, User
from portal.people.queries import active_on
from portal.people.roles import Role
from portal.policies.comparing import paragraphs_of_body
from portal.policies.models import PolicyPage
from portal.policy_library.facts import known_facts
from portal.policy_library.models import Adoption
from portal.policy_library.reading import library
from portal.policy_library.standing import Made, Shelved
from portal.policy_library.starters import Raw, Starter

OWNERS = (Role.IG_LEAD, Role.EDITOR, Role.REGISTERED_MANAGER, Role.GROUP_MANAGER)
"""Who may answer for a policy."""


def adoptions_with_version() -> QuerySet[Adoption]:
    """Return every adoption, each with the starter version its policy stands on."""
    return Adoption.objects.annotate(
        stands_on=Greatest(
            "starter_version", Coalesce(Max("taken_over__starter_version"), "starter_version")
        )
    ).order_by("pk")


def version_stood_on(adoption: Adoption) -> int:
    """Return the version of the starter that was adopted, or taken over since."""
    newest: int | None = adoption.taken_over.aggregate(newest=Max("starter_version"))["newest"]
    return max(adoption.starter_version, newest or 0)


def shelves() -> list[Shelved]:
    """Return every starter with what was made of it, in the library's order, in two queries."""
    starters = library()
    rows = list(adoptions_with_version().defer("text", "facts"))
    wanted = {row.page_id for row in rows}
    pages = PolicyPage.objects.defer("body", "quiz").in_bulk(wanted)
    made: dict[str, list[Made]] = {code: [] for code in starters}
    for row in rows:
        if row.starter in starters and row.page_id in pages:
            newest = starters[row.starter].version
            # The annotation is not known to the model's type.
            stands_on = row.stands_on  # type: ignore[attr-defined]
            made[row.starter].append(Made(row, pages[row.page_id], stands_on, newest))
    return [Shelved(starter, tuple(made[code])) for code, starter in starters.items()]


def shelved(code: str) -> Shelved | None:
    """Return one starter with what was made of it."""
    return next((one for one in shelves() if one.starter.code == code), None)


def pages_of(code: str) -> list[PolicyPage]:
    """Return the policies that were made from a starter and are still there, oldest first."""
    found = PolicyPage.objects.filter(adoptions__starter=code).order_by("pk").distinct()
    return list(found)


def requirements_of(starter: Starter) -> list[Requirement]:
    """Return what a starter supports, without what the catalogue here does not hold."""
    try:
        return requirements_by_codes(starter.supports)
    except UnknownRequirement as unknown:
        return requirements_by_codes(code for code in starter.supports if code not in unknown.codes)


def people_who_may_own() -> QuerySet[User]:
    """Return the active people who may answer for a policy, by name."""
    held = Membership.objects.filter(
        active_on(timezone.localdate()), Q(role__in=OWNERS), person=OuterRef("pk")
    )
    found = User.objects.filter(Exists(held), is_active=True)
    return found.order_by("first_name", "last_name", "pk")


def anything_adopted_or_written() -> bool:
    """Whether there is any policy at all, a draft included."""
    there: bool = PolicyPage.objects.exists()
    return there


def what_is_new(adoption: Adoption, starter: Starter) -> list[ChangedPart]:
    """Return what changed from the adopted starter text to the newest.

    The facts of the adoption are put into both, so that only the text differs; a fact that the
    newer text asks for first is taken from today's.
    """
    facts = known_facts() | adoption.facts
    return differences(_paragraphs(adoption.text), _paragraphs(starter.filled(facts)))


def _paragraphs(text: Sequence[Raw]) -> list[str]:
    return paragraphs_of_body(PolicyPage._meta.get_field("body").stream_block.to_python(text))
