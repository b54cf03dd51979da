"""Reasons beside decisions: kept exactly and shown escaped, or refused with a sentence."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

import pytest
from django.db import transaction
from wagtail.models import TaskState

from evidence_review.review.models import Decision
from portal.record.models import Event
from tests.architecture.visitors import House
from tests.bad_input.filling_in import assert_shown, assert_shown_escaped
from tests.bad_input.strings import MORE, NAUGHTY, singly_or_packed

pytestmark = pytest.mark.django_db
LONGEST = 2000
POLICY = "/admin/policies/review/{waiting_policy}/"


@dataclass(frozen=True, kw_only=True)
class Act:
    """Something that is done with a reason: where, and what else is sent."""

    address: str
    others: Mapping[str, str]
    may_be_empty: bool = False
    visitor: str = "ig_lead whole"
    kept: Callable[[], str]


def _in_the_decision() -> str:
    return Decision.objects.latest("pk").reason


def _in_the_record() -> str:
    return str(Event.objects.latest("seq").detail_data["reason"])


DECIDE = "/admin/evidence/review/{in_review}/"
ACTS = {
    "approve": Act(
        address=DECIDE,
        others={"outcome": "approve", "sha256_seen": "{sha256}"},
        may_be_empty=True,
        kept=_in_the_decision,
    ),
    "return": Act(
        address=DECIDE,
        others={"outcome": "return", "sha256_seen": "{sha256}"},
        kept=_in_the_decision,
    ),
    "refuse": Act(
        address=DECIDE,
        others={"outcome": "refuse", "sha256_seen": "{sha256}"},
        kept=_in_the_decision,
    ),
    "return from the queue": Act(
        address="/admin/evidence/review/",
        others={"version": "{in_review}:{sha256}"},
        kept=_in_the_decision,
    ),
    "withdraw": Act(
        address="/admin/evidence/versions/{in_review}/withdraw/", others={}, kept=_in_the_record
    ),
    "withdraw on the portal": Act(
        address="/evidence/versions/{in_review}/withdraw/", others={}, kept=_in_the_record
    ),
    "recall": Act(
        address="/admin/evidence/versions/{in_review}/recall/", others={}, kept=_in_the_record
    ),
}


@pytest.mark.parametrize("act", ACTS.values(), ids=ACTS.keys())
def test_a_reason_is_kept_and_shown_or_refused(house: House, act: Act) -> None:
    client, address = house.browser(act.visitor), house.path(act.address)
    others = {name: house.path(value) for name, value in act.others.items()}
    for text in singly_or_packed(LONGEST):
        with transaction.atomic():
            answer: Any = client.post(address, others | {"reason": text})
            if answer.status_code == 302:
                kept = act.kept()
                assert kept == text.strip() or (act.may_be_empty and not kept)
                page = client.get(house.path("/evidence/{proposed}/"))
                assert_shown_escaped(page, text)
                assert_shown(page.content.decode(), kept)
            else:
                assert 400 <= answer.status_code < 500
                assert "reason" in answer.content.decode()
                assert_shown_escaped(answer, text)
            transaction.set_rollback(True)


def test_the_reasons_that_send_a_policy_back_are_kept_or_refused(house: House) -> None:
    client, address = house.browser("ig_lead whole"), house.path(POLICY)
    form = client.get(address).context["form"]
    for text in singly_or_packed(LONGEST):
        with transaction.atomic():
            sent = {"outcome": "return", "revision": form["revision"].value(), "reason": text}
            answer: Any = client.post(address, sent, follow=True)
            assert answer.status_code == 200
            assert_shown_escaped(answer, text)
            assert answer.redirect_chain or answer.context["form"].errors["reason"]
            transaction.set_rollback(True)


@pytest.mark.parametrize("field", ["outcome", "revision"])
def test_a_policy_is_not_decided_on_by_nonsense(house: House, field: str) -> None:
    client, address = house.browser("ig_lead whole"), house.path(POLICY)
    form = client.get(address).context["form"]
    good = {"outcome": "return", "revision": form["revision"].value(), "reason": "Say who."}
    for text in [*MORE, *NAUGHTY[::15]]:
        with transaction.atomic():
            answer: Any = client.post(address, good | {field: text})
            assert answer.status_code in (200, 302)
            waiting = TaskState.objects.get(pk=house.things["waiting_policy"])
            assert waiting.status == TaskState.STATUS_IN_PROGRESS, text
            transaction.set_rollback(True)


@pytest.mark.parametrize("field", ["outcome", "sha256_seen"])
def test_nonsense_is_no_decision(house: House, field: str) -> None:
    client = house.browser("ig_lead whole")
    good = {"outcome": "approve", "sha256_seen": house.things["sha256"], "reason": ""}
    for text in [*MORE, *NAUGHTY[::15]]:
        with transaction.atomic():
            answer: Any = client.post(house.path(DECIDE), good | {field: text})
            assert 400 <= answer.status_code < 500, text
            transaction.set_rollback(True)


def test_nonsense_chosen_in_the_queue_is_left_alone(house: House) -> None:
    client = house.browser("ig_lead whole")
    for text in [*MORE, *NAUGHTY[::15]]:
        with transaction.atomic():
            before = Decision.objects.count()
            client.post("/admin/evidence/review/", {"version": text, "reason": "Too old."})
            assert Decision.objects.count() == before
            transaction.set_rollback(True)
