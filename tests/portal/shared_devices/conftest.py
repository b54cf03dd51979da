"""A site with its manager, a carer with a PIN, and a tablet in shared mode."""

import pytest
from django.utils import timezone

from portal.people.models import Site, User
from portal.people.roles import Role
from tests.factories import PersonFactory, SiteFactory
from tests.portal.shared_devices.clock import Clock
from tests.portal.shared_devices.tablets import Tablet, carer_at


@pytest.fixture
def rowan(db: None) -> Site:
    return SiteFactory.create(name="Rowan House (demo)")


@pytest.fixture
def manager(rowan: Site) -> User:
    return PersonFactory.create(role=Role.REGISTERED_MANAGER, site=rowan, first_name="Amina")


@pytest.fixture
def priya(rowan: Site) -> User:
    return carer_at(rowan, first_name="Priya", last_name="Nair (demo)")


@pytest.fixture
def marek(rowan: Site) -> User:
    return carer_at(rowan, first_name="Marek", last_name="Nowak (demo)")


@pytest.fixture
def tablet(rowan: Site, manager: User) -> Tablet:
    return Tablet(rowan, manager)


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    held = Clock(timezone.now())
    monkeypatch.setattr(timezone, "now", held.read)
    return held
