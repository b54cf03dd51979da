"""The container files: they agree with what ``script/server`` does on one machine."""

import re
from pathlib import Path
from typing import Any

import pytest
import yaml

from config.settings.storage import STORAGES
from script.launch.clamd import Clamd

ROOT = Path(__file__).resolve().parents[2]
COMPOSE: dict[str, Any] = yaml.safe_load((ROOT / "compose.yaml").read_text())
ABOUT_PLACES = {"LocalSocket", "TCPSocket", "User", "DatabaseDirectory", "TemporaryDirectory"}


def directives(text: str) -> dict[str, str]:
    """Return the settings of a clamd file that are not about where things are."""
    pairs = (line.split(None, 1) for line in text.splitlines() if line and line[0] != "#")
    return {name: value for name, value in pairs if name not in ABOUT_PLACES}


def test_the_scanner_of_the_containers_has_the_limits_of_the_one_on_a_single_machine(
    tmp_path: Path,
) -> None:
    alone = Clamd(tmp_path / "clamd", upload_max_mb=100)
    alone.prepare()
    expected = directives(alone.config.read_text())
    expected.pop("FixStaleSocket"), expected.pop("LocalSocketMode")
    assert directives((ROOT / "config" / "clamd.conf").read_text()) == expected


def test_only_the_web_server_is_published_and_only_to_this_machine() -> None:
    published = {name: service.get("ports") for name, service in COMPOSE["services"].items()}
    assert {name for name, ports in published.items() if ports} == {"web"}
    assert all(port.startswith("127.0.0.1:") for port in published["web"])


@pytest.mark.parametrize("name", ["web", "worker", "sealer", "prepare"])
def test_the_portal_runs_without_rights_it_does_not_need(name: str) -> None:
    service = COMPOSE["services"][name]
    assert service["read_only"] is True
    assert service["cap_drop"] == ["ALL"]
    assert "no-new-privileges:true" in service["security_opt"]


def test_the_image_does_not_run_as_root() -> None:
    lines = (ROOT / "Dockerfile").read_text().splitlines()
    users = [line.split()[1] for line in lines if line.startswith("USER ")]
    assert users
    assert users[-1] != "0:0"
    assert "root" not in users[-1]


def test_every_variable_that_compose_asks_for_is_in_the_example() -> None:
    asked = set(re.findall(r"\$\{([A-Z_]+):\?", (ROOT / "compose.yaml").read_text()))
    example = (ROOT / "config" / "env.example").read_text()
    assert asked
    assert all(re.search(rf"^{name}=", example, re.MULTILINE) for name in asked)


def test_collected_files_can_be_read_by_the_account_that_serves_them() -> None:
    options = STORAGES["staticfiles"]["OPTIONS"]
    assert options["file_permissions_mode"] & 0o004
    assert options["directory_permissions_mode"] & 0o005 == 0o005
