"""People hear that the record is not sealed: once by mail, and on the admin's first page."""

from datetime import datetime, timedelta

import pytest
from django.core import mail
from django.test import Client
from django.utils import timezone
from pytest_django import Settings

from portal.people.roles import Role
from portal.record.installation import remove_refusals
from portal.record.models import Event
from portal.sealing.actions.keep_seal import keep_problem
from portal.sealing.actions.tell_of_problems import tell_of_problems
from portal.sealing.models import SealProblem
from portal.sealing.panels import SealPanel
from portal.sealing.reading import RecordBroken
from portal.sealing.sealer import Sealer
from portal.sealing.standing import SealState, seal_standing
from portal.sealing.tasks import watch_seal
from tests.factories import PersonFactory
from tests.portal.sealing.conftest import happen

pytestmark = pytest.mark.django_db
SENTENCE = "the bytes of event 5 are no event"


@pytest.fixture
def lead(db: None) -> str:
    """Return the address of the IG lead; beside them stand others who are not told."""
    for role in (Role.EDITOR, Role.CONTRIBUTOR):
        PersonFactory.create(role=role)
    return str(PersonFactory.create(role=Role.IG_LEAD).email)


def break_it(sealer: Sealer) -> None:
    """Let the sealer find a changed event."""
    sealer.work(timezone.now())
    remove_refusals()
    Event.objects.filter(pk=5).update(body=b"{}")
    with pytest.raises(RecordBroken):
        Sealer(sealer.key, sealer.folder).work(timezone.now())


def test_a_broken_seal_is_mailed_once_however_often_it_is_looked_at(
    sealer: Sealer, lead: str
) -> None:
    admin = PersonFactory.create(role=Role.PORTAL_ADMIN)
    break_it(sealer)

    for _ in range(3):
        watch_seal()

    assert [message.to for message in mail.outbox] == [[lead], [admin.email]]
    assert "the seal of the record is broken" in mail.outbox[0].subject
    assert SENTENCE in mail.outbox[0].body
    assert "Stop the portal" in mail.outbox[0].body


def test_a_record_that_nobody_seals_is_mailed_once_and_again_only_after_it_was_sealed(
    sealer: Sealer, lead: str
) -> None:
    sealer.work(timezone.now())
    happened = happen()
    late = happened.at + timedelta(minutes=11)

    assert [tell_of_problems(now=late + timedelta(minutes=n)) for n in range(3)] == [1, 0, 0]
    assert "nothing after event 5 is sealed" in mail.outbox[0].body
    assert seal_standing(late).state is SealState.LATE

    assert sealer.work(late) is not None
    assert seal_standing(late).state is SealState.SEALED
    assert tell_of_problems(now=late) == 0


def test_a_problem_that_comes_and_goes_is_mailed_once_a_day(lead: str) -> None:
    now = timezone.now()

    def comes_and_goes(at: datetime) -> int:
        keep_problem(1, "The disk is full.", now=at, kind=SealProblem.Kind.SEALER)
        sent = tell_of_problems(now=at)
        SealProblem.objects.update(ended_at=at)
        return sent

    assert [comes_and_goes(now + timedelta(hours=hours)) for hours in (0, 1, 20, 25)] == [
        1,
        0,
        0,
        1,
    ]


def test_what_the_mail_server_did_not_take_is_sent_the_next_time(
    lead: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refused(_problem: SealProblem) -> int:
        raise ConnectionRefusedError

    keep_problem(1, SENTENCE, now=timezone.now())
    with monkeypatch.context() as during:
        during.setattr("portal.sealing.actions.tell_of_problems.send", refused)
        with pytest.raises(ConnectionRefusedError):
            watch_seal()

    watch_seal()

    assert [message.to for message in mail.outbox] == [[lead]]


def test_the_first_page_of_the_admin_says_it_before_anything_else(
    sealer: Sealer, client: Client
) -> None:
    client.force_login(PersonFactory.create(role=Role.IG_LEAD))
    sealer.work(timezone.now())
    assert "seal-alarm" not in client.get("/admin/").content.decode()

    keep_problem(5, SENTENCE, now=timezone.now())
    response = client.get("/admin/")
    page = response.content.decode()

    assert "The seal of the record is broken" in page
    assert "Stop the portal" in page
    assert isinstance(response.context["panels"][0], SealPanel)


def test_those_who_may_not_read_the_record_see_no_alarm(client: Client) -> None:
    keep_problem(5, SENTENCE, now=timezone.now())
    client.force_login(PersonFactory.create(role=Role.EDITOR))

    assert "seal-alarm" not in client.get("/admin/").content.decode()


def test_a_sealer_that_cannot_work_says_so_on_the_page_of_the_seal(client: Client) -> None:
    keep_problem(
        5,
        "The disk is full.",
        now=timezone.now(),
        kind=SealProblem.Kind.SEALER,
        advice="Make room.",
    )
    client.force_login(PersonFactory.create(role=Role.PORTAL_ADMIN))

    page = client.get("/admin/record/seal/").content.decode()

    assert "The disk is full." in page
    assert "Make room." in page


@pytest.mark.parametrize("beside", [True, False])
def test_the_page_says_whether_the_key_lies_beside_the_data(
    client: Client, settings: Settings, beside: bool
) -> None:
    settings.SEALER_BESIDE_DATA = beside
    client.force_login(PersonFactory.create(role=Role.IG_LEAD))

    page = client.get("/admin/record/seal/").content.decode()

    assert ("weaker form of the seal" in page) is beside
