"""The ground every other test stands on."""

import socket
from pathlib import Path

import pytest
from django.conf import settings
from django.db import connection
from django_q.models import OrmQ

from portal.jobs import enqueue
from script.launch.clamd import Clamd
from tests.fixtures.jobs import RunJobs
from tests.fixtures.network import OutsideConnection, is_loopback


def test_a_connection_to_another_machine_is_refused() -> None:
    with socket.socket() as client, pytest.raises(OutsideConnection):
        client.connect(("192.0.2.1", 80))


@pytest.mark.parametrize("address", ["/tmp/x.sock", ("127.0.0.1", 1), ("::1", 1, 0, 0)])
def test_a_local_address_is_loopback(address: object) -> None:
    assert is_loopback(address)


@pytest.mark.parametrize("address", [("example.org", 1), ("10.0.0.1", 1)])
def test_any_other_address_is_not_loopback(address: object) -> None:
    assert not is_loopback(address)


def test_bytes_of_a_test_stay_in_its_own_folder(bytes_dir: Path, tmp_path: Path) -> None:
    assert bytes_dir == settings.BYTES_DIR
    assert bytes_dir.is_relative_to(tmp_path)


@pytest.mark.django_db
def test_the_queue_runs_in_the_order_it_was_filled(run_jobs: RunJobs) -> None:
    enqueue("tests.toolchain.test_fixtures.note", 1)
    enqueue("tests.toolchain.test_fixtures.note", 2)
    NOTED.clear()
    assert run_jobs() == ["tests.toolchain.test_fixtures.note"] * 2
    assert NOTED == [1, 2]
    assert not OrmQ.objects.exists()


NOTED: list[int] = []


def note(number: int) -> None:
    """Stand in for a job."""
    NOTED.append(number)


def test_a_real_clamd_answers(clamd: Path) -> None:
    assert str(clamd) == settings.CLAMD_SOCKET
    daemon = Clamd(clamd.parent, upload_max_mb=100)
    assert daemon.ask("PING") == "PONG"


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("turn", [1, 2])
def test_what_one_test_committed_is_gone_in_the_next(turn: int) -> None:
    assert not OrmQ.objects.exists()
    with connection.cursor() as cursor:
        cursor.execute("CREATE TABLE left_behind (turn integer)")
    OrmQ.objects.create(key="left behind")


def test_a_test_that_asks_a_database_is_known(request: pytest.FixtureRequest, db: None) -> None:
    assert request.node.get_closest_marker("database")


def test_a_test_that_asks_none_is_known_too(request: pytest.FixtureRequest) -> None:
    assert not request.node.get_closest_marker("database")
