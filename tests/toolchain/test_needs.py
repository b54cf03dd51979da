"""System packages: installed where that is allowed, otherwise named exactly."""

import subprocess
from typing import Any

import pytest

from script.launch import needs
from script.launch.needs import MissingNeeds, Need

HERE = Need("already-here", lambda: True, "is here")


class FakeApt:
    """Notes what would have been run; what it was asked to install is there afterwards."""

    def __init__(self, *, works: bool = True) -> None:
        self.commands: list[list[str]] = []
        self.works = works
        self.need = Need("libexample1", self.installed, "shows an example")

    def installed(self) -> bool:
        """Say whether it was installed."""
        return self.works and any("libexample1" in command for command in self.commands)

    def run(self, command: list[str], **options: Any) -> subprocess.CompletedProcess[str]:
        """Stand in for ``subprocess.run``."""
        self.commands.append(command)
        return subprocess.CompletedProcess(command, 0 if self.works else 100)


@pytest.fixture
def apt(monkeypatch: pytest.MonkeyPatch) -> FakeApt:
    """Put a package manager in place that installs nothing on this machine."""
    fake = FakeApt()
    monkeypatch.setattr("script.launch.needs.subprocess.run", fake.run)
    monkeypatch.setattr(
        "script.launch.needs.shutil.which", lambda name, path=None: f"/usr/bin/{name}"
    )
    monkeypatch.setattr("script.launch.needs.os.geteuid", lambda: 0)
    return fake


def test_nothing_is_run_when_everything_is_there(apt: FakeApt) -> None:
    needs.ensure([HERE])
    assert apt.commands == []


def test_an_administrator_installs_only_what_is_missing(apt: FakeApt) -> None:
    needs.ensure([HERE, apt.need])
    update, install = apt.commands
    assert update[-1] == "update"
    assert install[-3:] == ["--yes", "--no-install-recommends", "libexample1"]


def test_sudo_is_used_when_it_asks_for_no_password(
    apt: FakeApt, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("script.launch.needs.os.geteuid", lambda: 1000)
    needs.ensure([apt.need])
    assert apt.commands[0] == ["sudo", "-n", "true"]
    assert apt.commands[-1][:2] == ["sudo", "-n"]


def test_without_the_right_to_install_each_package_is_named(
    apt: FakeApt, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("script.launch.needs.os.geteuid", lambda: 1000)
    monkeypatch.setattr("script.launch.needs.shutil.which", lambda name, path=None: None)
    with pytest.raises(MissingNeeds) as refused:
        needs.ensure([HERE, apt.need])
    assert "libexample1          shows an example" in str(refused.value)
    assert "sudo apt-get install libexample1" in str(refused.value)
    assert "already-here" not in str(refused.value)
    assert apt.commands == []


def test_a_failed_installation_names_what_is_still_missing(apt: FakeApt) -> None:
    apt.works = False
    with pytest.raises(MissingNeeds, match="libexample1"):
        needs.ensure([apt.need])


@pytest.mark.parametrize("need", needs.TO_TEST, ids=lambda need: need.package)
def test_what_is_installed_here_is_seen(need: Need) -> None:
    assert need.present()
