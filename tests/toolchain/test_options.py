"""What the person who starts the portal may choose."""

from pathlib import Path

import pytest

from script.launch import options


def test_nothing_needs_to_be_chosen() -> None:
    chosen = options.read([], {})
    assert chosen.port == 8000
    assert chosen.data == options.ROOT / "var"
    assert chosen.demo
    assert chosen.address == "http://localhost:8000/"


def test_port_and_folder_come_from_the_environment(tmp_path: Path) -> None:
    chosen = options.read(["--no-demo"], {"PORTAL_PORT": "8123", "PORTAL_DATA": str(tmp_path)})
    assert (chosen.port, chosen.data, chosen.demo) == (8123, tmp_path, False)


@pytest.mark.parametrize("port", ["0", "65536", "-1", "web", "80.0"])
def test_a_port_that_is_none_is_refused_by_name(port: str) -> None:
    with pytest.raises(options.WrongOption, match="PORTAL_PORT must be a whole number"):
        options.read([], {"PORTAL_PORT": port})


def test_help_names_every_variable(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        options.read(["--help"], {})
    printed = capsys.readouterr().out
    for name in ("PORTAL_PORT", "PORTAL_DATA", "PORTAL_DEMO_PASSWORD", "--no-demo", "Ctrl-C"):
        assert name in printed
