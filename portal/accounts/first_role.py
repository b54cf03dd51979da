"""The role somebody starts with."""

from dataclasses import dataclass

from portal.people.models import Site
from portal.people.roles import Role


@dataclass(frozen=True)
class FirstRole:
    """The role somebody starts with, today; at every site when ``site`` is ``None``."""

    role: Role
    site: Site | None
