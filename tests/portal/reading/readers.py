"""People who are asked to read, and policies that ask them."""

from typing import Any

from portal.people.models import Site, User
from portal.people.roles import Role
from portal.policies.models import PolicyPage, PolicyVersion
from portal.reading.actions.acknowledge import acknowledge
from portal.reading.actions.count_readers import recount
from portal.reading.models import How, ReadingCount
from tests.factories import PersonFactory
from tests.portal.policies.making import approve, published, save_draft, submit


def two_editors() -> tuple[User, User]:
    """Return who writes, and who approves."""
    return PersonFactory.create(role=Role.EDITOR), PersonFactory.create(role=Role.EDITOR)


def asking(title: str = "Keeping information safe", **fields: Any) -> PolicyPage:
    """Return a counted policy in force that asks its readers to confirm."""
    editor, approver = (
        PersonFactory.create(role=Role.EDITOR),
        PersonFactory.create(role=Role.EDITOR),
    )
    page = published(title, author=editor, approver=approver, owner=editor, **fields)
    recount(page.pk)
    return page


def changed(page: PolicyPage, **fields: Any) -> PolicyPage:
    """Return the policy after the next publication."""
    for name, value in fields.items():
        setattr(page, name, value)
    editor, approver = (
        PersonFactory.create(role=Role.EDITOR),
        PersonFactory.create(role=Role.EDITOR),
    )
    save_draft(page, author=editor)
    approve(submit(page, by=editor), by=approver)
    return PolicyPage.objects.get(pk=page.pk)


def in_force(page: PolicyPage) -> PolicyVersion:
    """Return the version that holds."""
    version: PolicyVersion = PolicyPage.objects.get(pk=page.pk).in_force.version
    return version


def confirms(person: User, page: PolicyPage) -> None:
    """Let somebody confirm the version in force."""
    acknowledge(in_force(page), actor=person, how=How.OWN)


def carer(site: Site | None, role: Role = Role.STAFF, **fields: Any) -> User:
    """Return somebody who works at a site."""
    return PersonFactory.create(role=role, site=site, **fields)


def kept(page: PolicyPage, site: Site | None = None, role: str = "") -> tuple[int, int] | None:
    """Return (asked, confirmed) as it is kept; None where nothing is."""
    row = ReadingCount.objects.filter(page=page, site=site, role=role).first()
    return (row.asked, row.confirmed) if row else None
