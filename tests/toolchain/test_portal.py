"""One portal to a data folder and a port; said plainly when it cannot start."""

import socket
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from script.launch import options
from script.launch.options import Options
from script.launch.portal import CannotStart, Portal


@pytest.fixture
def chosen(tmp_path: Path) -> Options:
    """Choose a folder of the test's own and a free port."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    return options.read([], {"PORTAL_DATA": str(tmp_path / "data"), "PORTAL_PORT": str(port)})


def test_a_second_start_on_the_same_folder_says_who_runs_there(chosen: Options) -> None:
    with (
        Portal(chosen).only_one(),
        pytest.raises(CannotStart, match=rf"already runs on .*process \d+ at {chosen.address}"),
        Portal(chosen).only_one(),
    ):
        pytest.fail("two portals share one folder")


def test_the_folder_is_free_again_when_the_portal_has_stopped(chosen: Options) -> None:
    for _ in range(2):
        with Portal(chosen).only_one():
            assert (chosen.data / "server.lock").exists()


def test_a_port_in_use_is_named_with_a_way_out(chosen: Options) -> None:
    with socket.socket() as other:
        other.bind(("127.0.0.1", chosen.port))
        other.listen()
        with (
            pytest.raises(CannotStart, match=f"PORTAL_PORT={chosen.port + 1} script/server"),
            Portal(chosen).only_one(),
        ):
            pytest.fail("two programs share one port")


def test_the_folder_lets_the_scanner_pass_and_nobody_read(chosen: Options) -> None:
    with Portal(chosen).only_one():
        assert chosen.data.stat().st_mode & 0o777 == 0o711


@pytest.fixture
def environment_of(chosen: Options) -> Callable[..., dict[str, str]]:
    """Return what the parts of a portal get as their environment."""

    def read(**changes: Any) -> dict[str, str]:
        portal = Portal(replace(chosen, **changes))
        portal.clamd.prepare()
        return portal.environment()

    return read


def test_every_part_gets_the_same_folder_port_and_scanner(
    chosen: Options, environment_of: Callable[..., dict[str, str]]
) -> None:
    environ = environment_of()
    assert environ["PORTAL_DATA"] == str(chosen.data)
    assert environ["PORTAL_BIND"] == "127.0.0.1"
    assert environ["PORTAL_CLAMD_SOCKET"] == str(chosen.data / "clamd" / "clamd.sock")
    assert environ["DJANGO_SETTINGS_MODULE"] == "config.settings.dev"


def test_test_signatures_are_allowed_only_where_there_are_no_others(
    chosen: Options, environment_of: Callable[..., dict[str, str]], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("PORTAL_ALLOW_TEST_SIGNATURES", raising=False)
    assert environment_of()["PORTAL_ALLOW_TEST_SIGNATURES"] == "1"
    signatures = chosen.data / "clamd" / "signatures"
    (signatures / "main.cvd").touch()
    (signatures / "daily.cld").touch()
    assert "PORTAL_ALLOW_TEST_SIGNATURES" not in environment_of()
