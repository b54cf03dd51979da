"""The demo's organisation, sites and people. Every one of them is made up and says so."""

import os
import secrets
from dataclasses import dataclass, field
from pathlib import Path

from django.conf import settings

from portal.people.actions.membership import grant_membership
from portal.people.actions.person import PersonDetails, add_person
from portal.people.actions.place import add_site, set_organisation
from portal.people.models import Organisation, Site, User
from portal.people.roles import Role
from portal.record.actors import SETUP

SIGN_INS = "demo-sign-ins.txt"
_SITES = (
    ("Rowan House (demo)", "VDEM1", "1-000000001", Site.ServiceType.RESIDENTIAL),
    ("Elm Court (demo)", "VDEM2", "1-000000002", Site.ServiceType.NURSING),
    ("Willow Home Care (demo)", "VDEM3", "1-000000003", Site.ServiceType.HOME_CARE),
)


@dataclass(frozen=True)
class DemoPerson:
    """One demo person: the part of the address before the @, a name, a title, roles."""

    key: str
    first_name: str
    last_name: str
    job_title: str
    roles: tuple[Role, ...]
    at_first_site: bool = False


_PEOPLE = (
    DemoPerson("ig_lead", "Grace", "Adeyemi (demo)", "IG lead", (Role.IG_LEAD,)),
    DemoPerson("ig_lead2", "Tom", "Whitlock (demo)", "Nominated individual", (Role.IG_LEAD,)),
    DemoPerson("editor", "Owen", "Hart (demo)", "Quality officer", (Role.EDITOR, Role.STAFF)),
    DemoPerson(
        "contributor", "Priya", "Nair (demo)", "Senior carer",
        (Role.CONTRIBUTOR, Role.STAFF), at_first_site=True,
    ),
    DemoPerson(
        "registered_manager", "Helen", "Brook (demo)", "Registered manager",
        (Role.REGISTERED_MANAGER,), at_first_site=True,
    ),
    DemoPerson("staff", "Marek", "Nowak (demo)", "Care assistant", (Role.STAFF,), True),
    DemoPerson("group_manager", "Amina", "Khan (demo)", "Area manager", (Role.GROUP_MANAGER,)),
    DemoPerson("portal_admin", "Sam", "Reid (demo)", "Office manager", (Role.PORTAL_ADMIN,)),
)  # fmt: skip


@dataclass
class Cast:
    """Everybody and every place of the demo, with the passwords, which are kept nowhere else."""

    organisation: Organisation
    sites: list[Site]
    people: dict[str, User] = field(default_factory=dict)
    passwords: dict[str, str] = field(default_factory=dict)
    pins: dict[str, str] = field(default_factory=dict)

    def __getitem__(self, key: str) -> User:
        return self.people[key]


def make_cast() -> Cast:
    """Make the organisation, its sites and its people, through the same actions as anybody."""
    organisation = set_organisation(
        {"name": "Demo Care Group (demo)", "ods_code": "A0DEM", "ico_number": "Z0000000"},
        actor=SETUP,
    )
    cast = Cast(organisation, [_make_site(organisation, *site) for site in _SITES])
    for person in _PEOPLE:
        _make_person(person, cast)
    # One manager looks after two homes: Rowan House answers for itself, Elm Court is covered.
    grant_membership(
        cast["registered_manager"], Role.REGISTERED_MANAGER, site=cast.sites[1], actor=SETUP
    )
    return cast


def _make_site(organisation: Organisation, name: str, ods: str, cqc: str, service: str) -> Site:
    facts = {"name": name, "ods_code": ods, "cqc_location_id": cqc, "service_type": service}
    return add_site(organisation, facts, actor=SETUP)


def _make_person(wanted: DemoPerson, cast: Cast) -> None:
    password = os.environ.get("PORTAL_DEMO_PASSWORD") or secrets.token_urlsafe(12)
    details = PersonDetails(
        first_name=wanted.first_name,
        last_name=wanted.last_name,
        email=f"{wanted.key}@demo.example",
        job_title=wanted.job_title,
    )
    person = add_person(details, actor=SETUP, password=password)
    site = cast.sites[0] if wanted.at_first_site else None
    for role in wanted.roles:
        grant_membership(person, role, site=site, actor=SETUP)
    cast.people[wanted.key], cast.passwords[wanted.key] = person, password


def write_sign_ins(cast: Cast) -> Path:
    """Write how each demo person signs in, to a file that only the owner may read."""
    path = Path(settings.PORTAL_DATA) / SIGN_INS
    lines = ["The people of the demo care provider sign in with:"]
    for key, password in cast.passwords.items():
        person = cast[key]
        lines.append(f"  {person.email:<34} {password:<18} {person.job_title}")
    lines.append("On a shared tablet they enter the PIN:")
    lines += [f"  {cast[key]!s:<34} {pin}" for key, pin in cast.pins.items()]
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(descriptor, "w") as target:
        target.write("\n".join(lines) + "\n")
    return path
