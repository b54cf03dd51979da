"""What a starter text leaves open, and what the portal knows to fill in.

Named people live in rooms above this one: ``POLICY_FACTS`` names functions that know them.
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from django.conf import settings
from django.utils.module_loading import import_string

from portal.people.models import Site
from portal.people.queries import people_with_role, the_organisation
from portal.people.roles import Role

PLACEHOLDER = re.compile(r"\{([a-z_]+)\}")
_MOST_SITES_NAMED = 5


@dataclass(frozen=True)
class Fact:
    """One thing a text may ask for: how it stands in the text unknown, and where it is kept."""

    code: str
    words: str
    where: str

    @property
    def unknown(self) -> str:
        """What stands in the text as long as nobody has said it."""
        return f"[{self.words}]"


FACTS: dict[str, Fact] = {
    fact.code: fact
    for fact in (
        Fact("organisation", "name of your organisation", "Sites, Organisation"),
        Fact("ods_code", "ODS code of your head office", "Sites, Organisation"),
        Fact("ico_number", "your ICO registration number", "Sites, Organisation"),
        Fact("sites", "names of your sites", "Sites"),
        Fact("ig_lead", "name of your IG lead", "People, a person with the role IG lead"),
        Fact("caldicott_guardian", "name of your Caldicott Guardian", "Assessment, Named people"),
        Fact("senior_responsible", "name of your senior responsible person",
             "Assessment, Named people"),
        Fact("help_contact", "whom to ring for help with IT", "PORTAL_HELP_CONTACT on the server"),
        Fact("it_support", "who runs your IT", "Assessment, Named people, IT administrator"),
    )
}  # fmt: skip
"""Everything a starter text may ask for. The loader refuses any other name."""


def known_facts() -> dict[str, str]:
    """Return what the portal knows today, by the code of the fact; what it does not know is absent.

    What the rooms above say goes before what is found here.
    """
    found = _of_the_ground()
    for name in settings.POLICY_FACTS:
        found |= import_string(name)()
    return {code: text.strip() for code, text in found.items() if code in FACTS and text.strip()}


def asked_for(text: str) -> list[str]:
    """Return the codes of the facts a text asks for, in order, each once."""
    return list(dict.fromkeys(PLACEHOLDER.findall(text)))


def fill(text: str, facts: Mapping[str, str], quote: Callable[[str], str] = str) -> str:
    """Return the text with its facts; ``quote`` makes them fit where they stand, as in HTML."""
    return PLACEHOLDER.sub(
        lambda found: quote(facts.get(found[1]) or FACTS[found[1]].unknown), text
    )


def _of_the_ground() -> dict[str, str]:
    organisation = the_organisation()
    lead = people_with_role([Role.IG_LEAD]).order_by("last_name", "first_name", "pk").first()
    return {
        "organisation": organisation.name if organisation else "",
        "ods_code": organisation.ods_code if organisation else "",
        "ico_number": organisation.ico_number if organisation else "",
        "sites": _sites(),
        "ig_lead": lead.actor_label if lead else "",
        "help_contact": settings.PORTAL_HELP_CONTACT,
    }


def _sites() -> str:
    names = list(Site.objects.filter(is_active=True).values_list("name", flat=True))
    if len(names) > _MOST_SITES_NAMED:
        return f"all {len(names)} of our sites"
    return " and ".join([", ".join(names[:-1]), names[-1]]) if len(names) > 1 else "".join(names)
