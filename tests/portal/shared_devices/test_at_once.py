"""Several at the same moment, each with a connection of its own, on a database that commits."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection

from portal.people.models import Site, User
from portal.people.roles import Role
from portal.record.models import Event
from portal.record.verbs import Verb
from portal.shared_devices.actions.open_with_pin import Opened, PinRefused, open_with_pin
from portal.shared_devices.models import MOST_WRONG, DeviceSession, NameLock, WrongPin
from portal.shared_devices.throttle import LOCKED
from tests.factories import PersonFactory, SiteFactory
from tests.portal.shared_devices.tablets import PIN, WRONG, Tablet, carer_at

pytestmark = pytest.mark.django_db(transaction=True)
AT_ONCE = 9


@pytest.fixture
def rowan(transactional_db: None) -> Site:
    return SiteFactory.create()


@pytest.fixture
def manager(rowan: Site) -> User:
    return PersonFactory.create(role=Role.REGISTERED_MANAGER, site=rowan)


def together(work: Callable[[int], Opened | PinRefused]) -> list[Opened | PinRefused]:
    """Run ``work`` for every number at the same time; return what each said."""

    def run(number: int) -> Opened | PinRefused:
        try:
            return work(number)
        finally:
            connection.close()

    with ThreadPoolExecutor(AT_ONCE) as pool:
        return list(pool.map(run, range(AT_ONCE)))


def test_guesses_at_the_same_moment_get_no_more_than_five_tries(rowan: Site, manager: User) -> None:
    device, carer = Tablet(rowan, manager).device, carer_at(rowan)

    said = together(lambda number: open_with_pin(device, carer, WRONG, actor=device))

    assert all(isinstance(one, PinRefused) for one in said)
    refused = Event.objects.filter(verb=Verb.DEVICE_PIN_REFUSED)
    assert refused.count() == WrongPin.objects.count() == MOST_WRONG
    assert NameLock.objects.get().wrong == MOST_WRONG
    assert Event.objects.filter(verb=Verb.DEVICE_PIN_LOCKED).count() == 1
    late = open_with_pin(device, carer, PIN, actor=device)
    assert isinstance(late, PinRefused)
    assert late.sentence == LOCKED


def test_guesses_for_one_name_on_several_tablets_are_counted_together(
    rowan: Site, manager: User
) -> None:
    devices = [Tablet(rowan, manager, name=f"Room {n}").device for n in range(3)]
    carer = carer_at(rowan)

    def guess(number: int) -> Opened | PinRefused:
        device = devices[number % 3]
        open_with_pin(device, carer, WRONG, actor=device)
        return open_with_pin(device, carer, WRONG, actor=device)

    together(guess)

    assert WrongPin.objects.filter(person=carer).count() == 10


def test_of_two_people_at_the_same_moment_one_is_at_the_tablet(rowan: Site, manager: User) -> None:
    device = Tablet(rowan, manager).device
    carers = [carer_at(rowan) for _ in range(AT_ONCE)]

    said = together(lambda number: open_with_pin(device, carers[number], PIN, actor=device))

    assert all(isinstance(one, Opened) for one in said)
    assert DeviceSession.objects.filter(ended_at=None).count() == 1
    assert not WrongPin.objects.exists()
