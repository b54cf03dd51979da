"""The Python environment: filled once per version of the pinned packages."""

import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from script.launch import environment


@pytest.fixture
def pip(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> list[list[str]]:
    """Give a tree of its own whose pip only notes what it was asked."""
    asked: list[list[str]] = []
    folder = tmp_path / ".venv"

    def create(path: Path, **options: Any) -> None:
        (path / "bin").mkdir(parents=True, exist_ok=True)
        (path / "bin" / "python").touch()

    def run(command: list[str], **options: Any) -> subprocess.CompletedProcess[str]:
        if "install" in command:
            asked.append(command)
        return subprocess.CompletedProcess(command, 0, stdout=f"3 {sys.version_info.minor}\n")

    monkeypatch.setattr(environment, "ROOT", tmp_path)
    monkeypatch.setattr(environment, "FOLDER", folder)
    monkeypatch.setattr(environment, "PYTHON", folder / "bin" / "python")
    for name in ("TO_SERVE", "TO_DEVELOP"):
        file = tmp_path / getattr(environment, name).name
        file.write_text(f"{name}==1\n")
        monkeypatch.setattr(environment, name, file)
    monkeypatch.setattr("script.launch.environment.venv.create", create)
    monkeypatch.setattr("script.launch.environment.subprocess.run", run)
    return asked


def test_packages_are_installed_by_their_hashes(pip: list[list[str]]) -> None:
    environment.ensure(environment.TO_SERVE)
    assert len(pip) == 1
    assert pip[0][-3:] == ["--require-hashes", "-r", str(environment.TO_SERVE)]


def test_a_second_start_asks_pip_nothing(pip: list[list[str]]) -> None:
    environment.ensure(environment.TO_SERVE)
    environment.ensure(environment.TO_SERVE)
    assert len(pip) == 1


def test_a_changed_pin_is_installed(pip: list[list[str]]) -> None:
    environment.ensure(environment.TO_SERVE)
    environment.TO_SERVE.write_text("TO_SERVE==2\n")
    environment.ensure(environment.TO_SERVE)
    assert len(pip) == 2


def test_an_environment_to_develop_in_also_serves(pip: list[list[str]]) -> None:
    environment.ensure(environment.TO_DEVELOP)
    environment.ensure(environment.TO_SERVE)
    assert len(pip) == 1


def test_an_environment_to_serve_does_not_test(pip: list[list[str]]) -> None:
    environment.ensure(environment.TO_SERVE)
    environment.ensure(environment.TO_DEVELOP)
    assert len(pip) == 2


def test_a_failed_installation_leaves_no_stamp(
    pip: list[list[str]], monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(command: list[str], **options: Any) -> subprocess.CompletedProcess[str]:
        return subprocess.CompletedProcess(command, 1, stdout="")

    with monkeypatch.context() as patch:
        patch.setattr("script.launch.environment.subprocess.run", fail)
        with pytest.raises(environment.InstallationFailed, match="could not be installed"):
            environment.ensure(environment.TO_SERVE)
    environment.ensure(environment.TO_SERVE)
    assert len(pip) == 1
