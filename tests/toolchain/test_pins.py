"""The pinned packages: every one hashed, none naming a host, all within what we declare."""

import re
import tomllib
from pathlib import Path

import pytest
from packaging.requirements import Requirement

ROOT = Path(__file__).resolve().parents[2]
PINNED = re.compile(r"^(?P<name>[a-z0-9._-]+)==(?P<version>\S+)", re.MULTILINE)
DECLARED = tomllib.loads((ROOT / "pyproject.toml").read_text())
TO_SERVE = [Requirement(line) for line in DECLARED["project"]["dependencies"]]
TO_DEVELOP = TO_SERVE + [
    Requirement(line) for group in DECLARED["dependency-groups"].values() for line in group
]


def pins(name: str) -> dict[str, set[str]]:
    """Return the pinned versions by package of one requirements file."""
    found: dict[str, set[str]] = {}
    for match in PINNED.finditer((ROOT / "requirements" / name).read_text()):
        found.setdefault(match["name"], set()).add(match["version"])
    return found


@pytest.mark.parametrize("name", ["portal.txt", "development.txt"])
def test_every_pinned_package_has_a_hash(name: str) -> None:
    text = (ROOT / "requirements" / name).read_text()
    for block in re.split(r"\n(?=[a-z0-9])", text):
        assert "--hash=sha256:" in block, block.splitlines()[0]


@pytest.mark.parametrize("name", ["portal.txt", "development.txt"])
def test_no_requirements_file_names_a_host(name: str) -> None:
    text = (ROOT / "requirements" / name).read_text()
    assert "://" not in text
    assert "index-url" not in text


@pytest.mark.parametrize(
    ("name", "declared"), [("portal.txt", TO_SERVE), ("development.txt", TO_DEVELOP)]
)
def test_the_pins_are_what_is_declared(name: str, declared: list[Requirement]) -> None:
    pinned = pins(name)
    for requirement in declared:
        versions = pinned.get(requirement.name.lower().replace("_", "-"), set())
        assert versions, f"{requirement} is declared and not pinned in {name}"
        for version in versions:
            assert requirement.specifier.contains(version), f"{requirement} is pinned to {version}"


def test_what_is_tested_is_what_is_served() -> None:
    developed = pins("development.txt")
    assert {name: developed.get(name) for name in pins("portal.txt")} == pins("portal.txt")
