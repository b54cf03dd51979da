"""Shared tablets for tests: started by the action, used by a browser with its cookie."""

from datetime import timedelta
from typing import Any

from django.test import Client
from django.utils import timezone

from portal.people.models import Site, User
from portal.people.roles import Role
from portal.policies.models import PolicyPage
from portal.shared_devices.actions.choose_pin import choose_pin
from portal.shared_devices.actions.start_device import start_device
from portal.shared_devices.models import SharedDevice
from portal.shared_devices.views.page import device_cookie, person_cookie
from tests.factories import PersonFactory
from tests.portal.policies.making import published

PIN = "730418"
WRONG = "915027"


class Tablet:
    """One browser in shared mode."""

    def __init__(self, site: Site, manager: User, *, name: str = "Staff room") -> None:
        until = timezone.now() + timedelta(hours=12)
        started = start_device(site, name, until=until, actor=manager)
        self.device: SharedDevice = started.device
        self.key = started.key
        self.browser = Client()
        self.browser.cookies[device_cookie()] = started.key

    def enter(self, person: User, pin: str = PIN) -> Any:
        """Type a PIN for a name."""
        return self.browser.post(f"/shared/names/{person.public_id}/", {"pin": pin})

    def open(self, person: User, pin: str = PIN) -> None:
        """Enter the right PIN, and see that it opened the tablet."""
        answer = self.enter(person, pin)
        assert answer.status_code == 302
        assert answer["Location"] == "/shared/mine/"

    def get(self, path: str) -> Any:
        """Open a page of the tablet."""
        return self.browser.get(path)

    def post(self, path: str, **said: Any) -> Any:
        """Send a form of the tablet."""
        return self.browser.post(path, said)

    @property
    def person_key(self) -> str:
        """What stands in the cookie of whoever is at the tablet."""
        return self.browser.cookies[person_cookie()].value


def carer_at(site: Site, pin: str = PIN, **fields: Any) -> User:
    """Return a carer without an account of their own, who has a PIN."""
    person = PersonFactory.create(role=Role.STAFF, site=site, email=None, password=None, **fields)
    if pin:
        choose_pin(pin, actor=person)
    return person


def a_policy(title: str = "Keeping information safe", **fields: Any) -> PolicyPage:
    """Return a policy that everybody is asked to read and confirm."""
    author = PersonFactory.create(role=Role.EDITOR)
    lead = PersonFactory.create(role=Role.IG_LEAD)
    return published(title, author=author, approver=lead, **fields)
