"""What strangers type at the doors: the sign-in, a forgotten password, the first link, the code."""

from typing import Any

import pytest
from django.contrib.auth import get_user
from django.core.cache import cache
from django.db import transaction
from django.test import Client

from portal.people.first_administrator import make_key
from portal.people.models import Organisation, User
from portal.shared_devices.models import SharedDevice
from tests.architecture.visitors import House
from tests.bad_input.filling_in import assert_shown_escaped
from tests.bad_input.strings import MORE, NAUGHTY, singly_or_packed

pytestmark = pytest.mark.django_db
TEXTS = [*MORE, *NAUGHTY[::15]]


@pytest.mark.parametrize("field", ["login", "password"])
def test_nonsense_signs_nobody_in(client: Client, field: str) -> None:
    good = {"login": "priya@demo.example", "password": "correct-horse-battery"}
    for text in TEXTS:
        cache.clear()
        answer: Any = client.post("/account/login/", good | {field: text})
        assert answer.status_code == 200
        assert answer.context["form"].errors
        assert_shown_escaped(answer, text)
    assert not get_user(client).is_authenticated


def test_a_forgotten_password_may_be_asked_for_with_any_address(client: Client) -> None:
    for text in TEXTS:
        cache.clear()
        answer = client.post("/account/password/reset/", {"email": text})
        assert answer.status_code in (200, 302), text
        assert_shown_escaped(answer, text)


def test_a_first_administrator_is_kept_as_typed_or_refused(client: Client) -> None:
    address = f"/account/set-up/{make_key()}/"
    fields = ("organisation_name", "first_name", "last_name", "job_title")
    good = dict.fromkeys(fields, "Ada") | {
        "email": "ada@demo.example",
        "password": "correct-horse-battery",
    }
    for text in singly_or_packed(120):
        with transaction.atomic():
            answer: Any = client.post(address, good | dict.fromkeys(fields, text))
            if answer.status_code == 302:
                person = User.objects.get(email="ada@demo.example")
                names = {person.first_name, person.last_name, person.job_title}
                assert names | {Organisation.objects.get().name} == {text.strip()}
            else:
                assert answer.status_code == 400
                assert set(answer.context["form"].errors) <= set(fields)
                assert_shown_escaped(answer, text)
            transaction.set_rollback(True)


def test_no_nonsense_opens_an_inspectors_summary(house: House) -> None:
    browser, address = house.browser("no code"), house.path("/inspection/{link}/code/", "no code")
    for text in [*TEXTS, *(sign * 8 for sign in "1\u0663\uff11")]:
        with transaction.atomic():
            answer = browser.post(address, {"code": text})
            assert answer.status_code == 200
            assert_shown_escaped(answer, text)
            transaction.set_rollback(True)


def test_no_nonsense_opens_a_shared_tablet(house: House) -> None:
    browser, address = house.browser("names"), house.path("/shared/names/{person}/")
    for text in [*TEXTS, *(sign * 6 for sign in "\u0663\uff11")]:
        answer = browser.post(address, {"pin": text})
        assert answer.status_code == 200
        assert_shown_escaped(answer, text)
    assert browser.get("/shared/mine/").status_code == 302


def test_a_tablet_is_called_what_was_typed_or_nothing_starts(house: House) -> None:
    address = "/shared/start/"
    good = {"site": house.things["site"], "until": "8"}
    for text in singly_or_packed(60):
        with transaction.atomic():
            answer: Any = house.browser("ig_lead whole").post(address, good | {"name": text})
            if answer.status_code == 302:
                assert SharedDevice.objects.latest("pk").name == text.strip()
            else:
                assert answer.status_code == 400
                assert set(answer.context["form"].errors) == {"name"}
                assert_shown_escaped(answer, text)
            transaction.set_rollback(True)
