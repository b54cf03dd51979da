"""PINs: which are refused, who may set one, and that nobody but its owner knows it."""

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone
from hypothesis import given, settings
from hypothesis import strategies as st

from portal.people.answers import NotPermitted
from portal.people.models import Site, User
from portal.people.roles import Role
from portal.record.models import Event, EventDetail
from portal.record.verbs import Verb
from portal.shared_devices.actions.choose_pin import BadPin, choose_pin
from portal.shared_devices.actions.hand_out_pin import hand_out_pin
from portal.shared_devices.models import NameLock, Pin
from portal.shared_devices.pins import fits, is_easy_to_guess, is_pin, random_pin
from tests.factories import PersonFactory, SiteFactory
from tests.portal.shared_devices.tablets import PIN, WRONG, Tablet, carer_at

EASY = (
    "000000",
    "123456",
    "654321",
    "890123",
    "321098",
    "121212",
    "123123",
    "112233",
    "131313",
    "147258",
    "310784",
    "010100",
)


@pytest.mark.parametrize("pin", EASY)
def test_a_pin_that_a_colleague_would_try_first_is_refused(db: None, pin: str) -> None:
    person = PersonFactory.create()
    with pytest.raises(BadPin, match="easy to guess"):
        choose_pin(pin, actor=person)
    assert not Pin.objects.exists()


@settings(max_examples=30)
@given(st.text(max_size=12))
def test_only_six_plain_digits_are_a_pin(text: str) -> None:
    expected = len(text) == 6 and all(sign in "0123456789" for sign in text)
    assert is_pin(text) == expected


def test_a_pin_that_is_handed_out_is_never_an_easy_one() -> None:
    assert not any(is_easy_to_guess(random_pin()) for _ in range(200))


def test_most_pins_may_be_chosen() -> None:
    easy = sum(is_easy_to_guess(f"{number:06}") for number in range(0, 10**6, 97))
    assert easy < 0.06 * 10**6 / 97


def test_the_database_holds_no_pin_and_two_people_with_the_same_one_look_different(
    rowan: Site,
) -> None:
    one, other = carer_at(rowan), carer_at(rowan)

    kept = {pin.encoded for pin in Pin.objects.filter(person__in=(one, other))}
    assert len(kept) == 2
    assert not any(PIN in value for value in kept)
    told = [*EventDetail.objects.values_list("text", flat=True)]
    assert not any(PIN in text for text in told)


def test_a_person_chooses_their_pin_on_their_account_page(rowan: Site, tablet: Tablet) -> None:
    person = PersonFactory.create(role=Role.STAFF, site=rowan)
    browser = Client()
    browser.force_login(person)

    assert browser.post("/account/pin/", {"pin": PIN, "again": WRONG}).status_code == 400
    assert browser.post("/account/pin/", {"pin": "123456", "again": "123456"}).status_code == 400
    answer = browser.post("/account/pin/", {"pin": "730 418", "again": PIN})

    assert answer["Location"] == "/account/"
    tablet.open(person)
    event = Event.objects.filter(verb=Verb.PIN_SET).latest("seq")
    assert event.actor_ref == person.actor_ref


def test_a_pin_that_was_handed_out_opens_nothing_but_the_page_for_choosing_ones_own(
    tablet: Tablet, rowan: Site, manager: User
) -> None:
    carer = carer_at(rowan, pin="")
    given_pin = hand_out_pin(carer, rowan, actor=manager)
    tablet.open(carer, given_pin)

    assert tablet.get("/shared/mine/")["Location"] == "/shared/new-pin/"
    assert tablet.get("/shared/policies/any/")["Location"] == "/shared/new-pin/"
    again = tablet.post("/shared/new-pin/", pin=given_pin, again=given_pin)
    assert "Choose another PIN than the one you were given" in again.text
    assert tablet.post("/shared/new-pin/", pin=PIN, again=PIN)["Location"] == "/shared/mine/"

    assert tablet.get("/shared/mine/").status_code == 200
    assert fits(carer, given_pin) is None
    reset = Event.objects.filter(verb=Verb.PIN_RESET).latest("seq")
    assert (reset.actor_ref, reset.object_ref) == (manager.actor_ref, carer.public_id)


def test_the_page_for_choosing_replaces_no_pin_of_ones_own(tablet: Tablet, priya: User) -> None:
    tablet.open(priya)

    answer = tablet.post("/shared/new-pin/", pin="604172", again="604172")

    assert answer["Location"] == "/shared/mine/"
    assert fits(priya, PIN)


def test_a_pin_that_was_handed_out_lapses(rowan: Site, manager: User, tablet: Tablet) -> None:
    carer = carer_at(rowan, pin="")
    pin = hand_out_pin(carer, rowan, actor=manager)
    Pin.objects.update(set_at=timezone.now() - timedelta(days=3, minutes=1))

    assert "That is not the PIN." in tablet.enter(carer, pin).text


def test_a_new_pin_takes_the_tablet_from_whoever_used_the_old_one(
    tablet: Tablet, rowan: Site, manager: User, priya: User
) -> None:
    tablet.open(priya)
    NameLock.objects.update(wrong=5)

    hand_out_pin(priya, rowan, actor=manager)

    assert tablet.get("/shared/mine/")["Location"] == "/shared/?forgot=1"
    assert not NameLock.objects.filter(wrong__gt=0).exists()


def test_only_managers_of_the_site_hand_out_pins_to_its_people(rowan: Site, priya: User) -> None:
    other = SiteFactory.create()
    for role, site in (
        (Role.STAFF, rowan),
        (Role.CONTRIBUTOR, rowan),
        (Role.GROUP_MANAGER, rowan),
        (Role.PORTAL_ADMIN, None),
        (Role.REGISTERED_MANAGER, other),
    ):
        actor = PersonFactory.create(role=role, site=site)
        with pytest.raises(NotPermitted):
            hand_out_pin(priya, rowan, actor=actor)


def test_nobody_hands_themselves_a_pin_or_one_to_somebody_elsewhere(
    rowan: Site, manager: User
) -> None:
    elsewhere = carer_at(SiteFactory.create(), pin="")
    for person in (manager, elsewhere):
        with pytest.raises(NotPermitted):
            hand_out_pin(person, rowan, actor=manager)


def test_the_new_pin_is_shown_once(rowan: Site, manager: User, priya: User) -> None:
    browser = Client()
    browser.force_login(manager)
    path = f"/shared/devices/people/{rowan.public_id}/{priya.public_id}/"
    assert browser.get("/shared/devices/people/")["Location"].endswith(f"{rowan.public_id}/")
    assert str(priya) in browser.get(f"/shared/devices/people/{rowan.public_id}/?q=nair").text

    shown = browser.post(path)

    assert "in person" in shown.text
    assert 'href=""' not in shown.text
    assert "no-store" in shown["Cache-Control"]
    assert "in person" not in browser.get(path).text
