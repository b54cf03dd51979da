"""Guessing PINs: by name, from name to name, from tablet to tablet, and by what the page says."""

from collections.abc import Callable
from typing import Any

import pytest
from django.contrib.auth.hashers import check_password, make_password
from django.test import Client

from portal.people.models import Site, User
from portal.record.models import Event
from portal.record.verbs import Verb
from portal.shared_devices import pins
from portal.shared_devices.actions.unlock_name import unlock_name
from portal.shared_devices.models import NameLock, WrongPin
from portal.shared_devices.throttle import DEVICE_RESTS, LOCKED, NOT_TODAY
from tests.portal.shared_devices.clock import Clock
from tests.portal.shared_devices.tablets import WRONG, Tablet, carer_at


def test_the_fifth_wrong_pin_locks_the_name_on_this_tablet_alone(
    tablet: Tablet, rowan: Site, manager: User, priya: User, marek: User
) -> None:
    for left in ("4 more times", "3 more times", "2 more times", "once more"):
        assert left in tablet.enter(priya, WRONG).text
    assert LOCKED in tablet.enter(priya, WRONG).text
    shut = tablet.enter(priya).text
    assert LOCKED in shut
    assert 'href=""' not in shut

    tablet.open(marek)
    Tablet(rowan, manager, name="Kitchen").open(priya)
    events = Event.objects.filter(object_ref=tablet.device.public_id)
    assert events.filter(verb=Verb.DEVICE_PIN_REFUSED).count() == 5
    assert events.filter(verb=Verb.DEVICE_PIN_LOCKED).count() == 1


def test_a_manager_unlocks_a_name_and_the_record_says_so(
    tablet: Tablet, manager: User, priya: User
) -> None:
    for _ in range(5):
        tablet.enter(priya, WRONG)
    browser = Client()
    browser.force_login(manager)
    assert f"{priya} is locked" in browser.get("/shared/devices/").text

    ref = tablet.device.public_id
    browser.post(f"/shared/devices/{ref}/unlock/{priya.public_id}/")

    tablet.open(priya)
    event = Event.objects.filter(verb=Verb.DEVICE_PIN_UNLOCKED).get()
    assert event.actor_ref == manager.actor_ref
    assert unlock_name(tablet.device, priya, actor=manager) is False


def test_a_right_pin_starts_the_count_anew(tablet: Tablet, priya: User) -> None:
    for _ in range(2):
        for _ in range(4):
            tablet.enter(priya, WRONG)
        tablet.open(priya)
    assert NameLock.objects.get().wrong == 0


def test_ten_wrong_pins_in_a_day_shut_a_name_on_every_tablet(
    clock: Clock, tablet: Tablet, rowan: Site, manager: User, priya: User
) -> None:
    second, third = (Tablet(rowan, manager, name=name) for name in ("Kitchen", "Hall"))
    for one in (tablet, second):
        for _ in range(5):
            one.enter(priya, WRONG)

    assert NOT_TODAY in third.enter(priya).text
    clock.shift(23 * 3600)
    late = Tablet(rowan, manager, name="Office")
    assert NOT_TODAY in late.enter(priya).text
    clock.shift(3601)
    late.open(priya)


def test_thirty_wrong_pins_in_an_hour_stop_guessing_from_name_to_name(
    clock: Clock, tablet: Tablet, rowan: Site, priya: User
) -> None:
    for _ in range(6):
        victim = carer_at(rowan, pin="")
        WrongPin.objects.bulk_create(
            WrongPin(device=tablet.device, person=victim) for _ in range(5)
        )

    assert DEVICE_RESTS in tablet.enter(priya).text
    clock.shift(3601)
    tablet.open(priya)


def test_the_answer_for_somebody_without_a_pin_is_that_for_a_wrong_one(
    tablet: Tablet, rowan: Site, priya: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    without = carer_at(rowan, pin="", first_name="Priya", last_name="Nair (demo)")
    hashed: list[str] = []

    def counted(work: Callable[..., Any]) -> Callable[..., Any]:
        def run(*args: Any) -> Any:
            hashed.append("once")
            return work(*args)

        return run

    monkeypatch.setattr(pins, "make_password", counted(make_password))
    monkeypatch.setattr(pins, "check_password", counted(check_password))

    def page(person: User) -> tuple[str, list[str]]:
        hashed.clear()
        answer = tablet.enter(person, WRONG)
        token = answer.context["csrf_token"]
        return answer.text.replace(str(token), ""), list(hashed)

    assert page(priya) == page(without)
    for person in (priya, without):
        assert tablet.get(f"/shared/names/{person.public_id}/").status_code == 200
    for _ in range(4):
        tablet.enter(without, WRONG)
    assert LOCKED in tablet.enter(without, WRONG).text


@pytest.mark.parametrize(
    "typed",
    ["", "12345", "1234567", "73041a", "\uff17\uff13\uff10\uff14\uff11\uff18", "\x00", "9" * 5000],
)
def test_what_cannot_be_a_pin_costs_no_try(tablet: Tablet, priya: User, typed: str) -> None:
    answer = tablet.enter(priya, typed)

    assert answer.status_code == 200
    assert not NameLock.objects.exists()
