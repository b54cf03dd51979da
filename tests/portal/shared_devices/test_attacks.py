"""What somebody with the tablet in their hands, or with its cookies, tries: none of it works."""

from datetime import timedelta

import pytest
from django.conf import settings
from django.db import IntegrityError, transaction
from django.test import Client
from django.utils import timezone

from portal.people.models import Membership, Site, User
from portal.people.roles import Role
from portal.record.models import Event
from portal.record.verbs import Verb
from portal.shared_devices.actions.end_device import end_device
from portal.shared_devices.models import DeviceSession, SharedDevice
from portal.shared_devices.views.page import device_cookie, person_cookie
from tests.factories import PersonFactory, SiteFactory
from tests.portal.shared_devices.clock import Clock
from tests.portal.shared_devices.tablets import PIN, Tablet, a_policy

ELSEWHERE = (
    "/",
    "/account/",
    "/account/pin/",
    "/policies/",
    "/policies/mine/",
    "/evidence/",
    "/assessment/",
    "/readiness/",
    "/search/?q=a",
    "/admin/",
    "/shared/start/",
    "/shared/devices/",
    "/shared/devices/people/",
    "/shared/leave/",
)


@pytest.mark.parametrize("address", ELSEWHERE)
def test_a_person_at_the_tablet_is_a_stranger_everywhere_else(
    tablet: Tablet, priya: User, address: str
) -> None:
    tablet.open(priya)

    answer = tablet.get(address)

    assert answer.status_code == 302
    assert "/login/" in answer["Location"]


def test_the_cookies_go_to_the_shared_pages_alone_and_no_script_or_other_site_sees_them(
    tablet: Tablet, rowan: Site, manager: User, priya: User
) -> None:
    browser = Client()
    browser.force_login(manager)
    said = {"site": rowan.public_id, "name": "Kitchen", "until": "8"}
    browser.post("/shared/start/", said)
    tablet.open(priya)

    for cookie in (browser.cookies[device_cookie()], tablet.browser.cookies[person_cookie()]):
        assert cookie["path"] == "/shared/"
        assert cookie["httponly"]
        assert cookie["samesite"] == "Strict"


def test_over_https_the_cookies_are_secure(settings: object, tablet: Tablet, priya: User) -> None:
    settings.SESSION_COOKIE_SECURE = True  # type: ignore[attr-defined]  # a fixture
    tablet.browser.cookies[device_cookie()] = tablet.key

    tablet.open(priya)

    assert person_cookie() == "__Secure-shared-person"
    assert tablet.browser.cookies[person_cookie()]["secure"]


def test_starting_signs_the_manager_out_of_the_tablet(rowan: Site, manager: User) -> None:
    browser = Client()
    browser.force_login(manager)
    session = browser.cookies[settings.SESSION_COOKIE_NAME].value

    said = {"site": rowan.public_id, "name": "Kitchen", "until": "ended"}
    assert browser.post("/shared/start/", said)["Location"] == "/shared/"

    device = SharedDevice.objects.get()
    assert timedelta(days=89) < device.ends_at - timezone.now() <= timedelta(days=90)
    assert browser.get("/shared/").status_code == 200
    assert "/login/" in browser.get("/evidence/")["Location"]
    with_old_cookie = Client()
    with_old_cookie.cookies[settings.SESSION_COOKIE_NAME] = session
    assert "/login/" in with_old_cookie.get("/evidence/")["Location"]


def test_a_sign_in_left_behind_on_the_tablet_ends_when_somebody_goes_to_the_names(
    tablet: Tablet, manager: User
) -> None:
    tablet.browser.force_login(manager)
    assert tablet.get("/shared/leave/").status_code == 200

    assert tablet.get("/shared/").status_code == 200

    assert "/login/" in tablet.get("/shared/devices/")["Location"]


def test_after_a_minute_without_a_touch_the_tablet_has_forgotten(
    clock: Clock, tablet: Tablet, priya: User
) -> None:
    tablet.open(priya)
    clock.shift(59)
    assert tablet.get("/shared/mine/").status_code == 200
    clock.shift(59)
    assert tablet.get("/shared/mine/").status_code == 200
    clock.shift(61)
    assert tablet.get("/shared/mine/")["Location"] == "/shared/?forgot=1"


def test_a_text_may_be_read_for_five_minutes_without_script_and_for_one_with(
    clock: Clock, tablet: Tablet, priya: User
) -> None:
    page = a_policy()
    tablet.open(priya)
    tablet.get(f"/shared/policies/{page.slug}/")
    clock.shift(299)
    assert tablet.get(f"/shared/policies/{page.slug}/").status_code == 200
    headers = {"X-Background": "1"}
    assert tablet.browser.post("/shared/here/", headers=headers).status_code == 204
    clock.shift(61)
    assert tablet.browser.post("/shared/here/", headers=headers).status_code == 401


def test_touching_the_screen_keeps_nobody_for_longer_than_an_hour(
    clock: Clock, tablet: Tablet, priya: User
) -> None:
    tablet.open(priya)
    for _ in range(70):
        clock.shift(52)
        tablet.post("/shared/here/")
    assert tablet.get("/shared/mine/")["Location"] == "/shared/?forgot=1"


def test_after_finish_nothing_of_the_person_is_left(tablet: Tablet, priya: User) -> None:
    tablet.open(priya)
    stolen = tablet.person_key
    assert tablet.get("/shared/mine/")["Cache-Control"] == "no-store"

    tablet.post("/shared/finish/")

    assert not tablet.person_key
    tablet.browser.cookies[person_cookie()] = stolen
    assert tablet.get("/shared/mine/")["Location"] == "/shared/?forgot=1"


def test_the_page_with_the_names_forgets_whoever_was_there(tablet: Tablet, priya: User) -> None:
    tablet.open(priya)
    stolen = tablet.person_key
    tablet.get("/shared/")
    tablet.browser.cookies[person_cookie()] = stolen

    assert tablet.get("/shared/mine/").status_code == 302


def test_the_next_person_takes_the_tablet_from_the_one_before(
    tablet: Tablet, priya: User, marek: User
) -> None:
    tablet.open(priya)
    stolen = tablet.person_key
    tablet.open(marek)
    assert tablet.person_key != stolen
    tablet.browser.cookies[person_cookie()] = stolen

    assert tablet.get("/shared/mine/").status_code == 302


def test_a_key_planted_beforehand_opens_nothing(tablet: Tablet, priya: User) -> None:
    tablet.browser.cookies[person_cookie()] = "planted"
    tablet.open(priya)

    assert tablet.person_key != "planted"
    tablet.browser.cookies[person_cookie()] = "planted"
    assert tablet.get("/shared/mine/").status_code == 302


def test_a_persons_key_is_worth_nothing_on_another_tablet_or_without_one(
    tablet: Tablet, rowan: Site, manager: User, priya: User
) -> None:
    tablet.open(priya)
    other = Tablet(rowan, manager, name="Kitchen")
    for browser, expected in ((other.browser, 302), (Client(), 404)):
        browser.cookies[person_cookie()] = tablet.person_key
        assert browser.get("/shared/mine/").status_code == expected


@pytest.mark.parametrize("how", ["ended", "past its end", "site closed", "unknown key"])
def test_a_tablet_that_is_not_shared_any_more_shows_a_plain_page(
    clock: Clock, tablet: Tablet, rowan: Site, manager: User, priya: User, how: str
) -> None:
    tablet.open(priya)
    if how == "ended":
        end_device(tablet.device, actor=manager)
    elif how == "site closed":
        Site.objects.filter(pk=rowan.pk).update(is_active=False)
    elif how == "unknown key":
        tablet.browser.cookies[device_cookie()] = "x" * 43
    else:
        clock.shift(12 * 3600)

    key = tablet.browser.cookies[device_cookie()].value
    for address in ("/shared/", "/shared/mine/", f"/shared/names/{priya.public_id}/"):
        tablet.browser.cookies[device_cookie()] = key
        answer = tablet.get(address)
        assert answer.status_code == 404
        assert "Shared mode has ended here" in answer.text
        assert "Priya" not in answer.text


@pytest.mark.parametrize("how", ["switched off", "role ended", "moved"])
def test_somebody_who_left_is_out_at_once(tablet: Tablet, priya: User, how: str) -> None:
    tablet.open(priya)
    held = Membership.objects.filter(person=priya)
    if how == "switched off":
        User.objects.filter(pk=priya.pk).update(is_active=False)
    elif how == "moved":
        held.update(site=SiteFactory.create())
    else:
        held.update(ends=timezone.localdate() - timedelta(days=1))

    assert tablet.get("/shared/mine/").status_code == 302
    assert tablet.enter(priya).status_code == 404
    assert "Priya" not in tablet.get("/shared/").text


@pytest.mark.parametrize(
    "address", ["/shared/names/{person}/", "/shared/finish/", "/shared/here/", "/shared/new-pin/"]
)
def test_a_form_of_another_site_does_nothing(tablet: Tablet, priya: User, address: str) -> None:
    tablet.open(priya)
    strict = Client(enforce_csrf_checks=True)
    strict.cookies = tablet.browser.cookies

    answer = strict.post(address.format(person=priya.public_id), {"pin": PIN})

    assert answer.status_code == 403
    assert DeviceSession.objects.filter(ended_at=None).exists()


def test_a_manager_ends_a_tablet_from_afar_and_nobody_else_does(
    tablet: Tablet, manager: User, priya: User
) -> None:
    tablet.open(priya)
    path = f"/shared/devices/{tablet.device.public_id}/end/"
    elsewhere = PersonFactory.create(role=Role.REGISTERED_MANAGER, site=SiteFactory.create())
    for person, expected in ((elsewhere, 404), (PersonFactory.create(role=Role.STAFF), 403)):
        browser = Client()
        browser.force_login(person)
        assert browser.post(path).status_code == expected
    assert tablet.get("/shared/mine/").status_code == 200

    browser = Client()
    browser.force_login(manager)
    browser.post(path)

    assert tablet.get("/shared/mine/").status_code == 404
    assert Event.objects.filter(verb=Verb.DEVICE_ENDED).get().actor_ref == manager.actor_ref


def test_leaving_on_the_tablet_asks_for_a_managers_sign_in(
    tablet: Tablet, manager: User, priya: User
) -> None:
    assert tablet.post("/shared/leave/")["Location"] == "/account/login/?next=/shared/leave/"
    tablet.browser.force_login(PersonFactory.create(role=Role.STAFF))
    assert tablet.post("/shared/leave/").status_code == 403
    tablet.browser.force_login(manager)

    assert tablet.post("/shared/leave/")["Location"] == "/shared/devices/"

    assert tablet.get("/shared/").status_code == 404


@pytest.mark.parametrize(
    "change",
    [
        {"ends_at": timezone.now() + timedelta(days=400)},
        {"digest": "0" * 64},
        {"site": None},
        {"ended_at": None},
    ],
    ids=["lengthen", "new key", "move", "revive"],
)
def test_the_database_refuses_to_lengthen_move_or_revive_a_tablet(
    tablet: Tablet, manager: User, change: dict[str, object]
) -> None:
    if "site" in change:
        change = {"site": SiteFactory.create()}
    end_device(tablet.device, actor=manager)

    with pytest.raises(IntegrityError, match="refused"), transaction.atomic():
        SharedDevice.objects.filter(pk=tablet.device.pk).update(**change)
    with pytest.raises(IntegrityError, match="refused"), transaction.atomic():
        SharedDevice.objects.filter(pk=tablet.device.pk).delete()


def test_the_database_refuses_to_hand_a_session_to_somebody_else(
    tablet: Tablet, priya: User, marek: User
) -> None:
    tablet.open(priya)
    with pytest.raises(IntegrityError, match="refused"), transaction.atomic():
        DeviceSession.objects.update(person=marek)
    DeviceSession.objects.update(ended_at=timezone.now())
    with pytest.raises(IntegrityError, match="refused"), transaction.atomic():
        DeviceSession.objects.update(ended_at=None)
