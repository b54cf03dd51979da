"""The scanner's folder: its settings, its signatures, and who may read them."""

import os
import socket
from pathlib import Path

import pytest

from script.launch.clamd import Clamd
from script.launch.signatures import SignatureUpdates

EICAR = b"X5O!P%@AP[4\\PZX54(P^)7CC)7}$" + b"EICAR-STANDARD-ANTIVIRUS-TEST-FILE!$H+H*"
MARKER = b"WELLKEPT HARMLESS TEST MARKER 5D1C7A"


def settings_of(clamd: Clamd) -> dict[str, str]:
    """Return the settings that were written."""
    pairs = (line.split(None, 1) for line in clamd.config.read_text().splitlines())
    return {line[0]: line[1] for line in pairs}


def megabytes(size: str) -> int:
    """Read a size as clamd does."""
    return int(size.removesuffix("M"))


@pytest.mark.parametrize("upload_max_mb", [1, 100, 2000])
def test_every_limit_of_the_scanner_is_above_the_largest_upload(
    tmp_path: Path, upload_max_mb: int
) -> None:
    clamd = Clamd(tmp_path / "clamd", upload_max_mb=upload_max_mb)
    clamd.prepare()
    written = settings_of(clamd)
    for limit in ("StreamMaxLength", "MaxFileSize", "MaxScanSize"):
        assert megabytes(written[limit]) > upload_max_mb


@pytest.mark.parametrize("alert", ["AlertExceedsMax", "AlertEncrypted", "AlertOLE2Macros"])
def test_what_the_scanner_cannot_see_through_raises_an_alert(tmp_path: Path, alert: str) -> None:
    clamd = Clamd(tmp_path / "clamd", upload_max_mb=100)
    clamd.prepare()
    assert settings_of(clamd)[alert] == "yes"


def test_an_upload_left_by_a_killed_scanner_is_gone_at_the_next_start(tmp_path: Path) -> None:
    clamd = Clamd(tmp_path / "clamd", upload_max_mb=100)
    clamd.prepare()
    (clamd.temporary / "left").write_bytes(b"somebody's file")
    clamd.prepare()
    assert list(clamd.temporary.iterdir()) == []


def test_the_test_signatures_go_when_official_ones_come(tmp_path: Path) -> None:
    clamd = Clamd(tmp_path / "clamd", upload_max_mb=100)
    clamd.prepare()
    assert [path.name for path in clamd.signatures.iterdir()] == ["portal.ndb"]
    assert not clamd.has_official_signatures()
    (clamd.signatures / "main.cvd").touch()
    assert not clamd.has_official_signatures(), "half a set is none"
    (clamd.signatures / "daily.cvd").touch()
    clamd.use_bundled_signatures_if_alone()
    assert clamd.has_official_signatures()
    assert not (clamd.signatures / "portal.ndb").exists()


def test_the_socket_of_a_deep_folder_still_has_a_path_that_fits(tmp_path: Path) -> None:
    clamd = Clamd(tmp_path / ("deep/" * 40) / "clamd", upload_max_mb=100)
    assert len(os.fsencode(clamd.socket)) < 108


def stream(path: Path, content: bytes) -> str:
    """Ask a running clamd what it makes of some bytes."""
    with socket.socket(socket.AF_UNIX) as client:
        client.connect(str(path))
        client.sendall(b"zINSTREAM\0" + len(content).to_bytes(4) + content + bytes(4))
        return client.recv(4096).rstrip(b"\0").decode()


def test_the_bundled_signatures_know_the_standard_test_file(clamd: Path) -> None:
    assert stream(clamd, EICAR) == "stream: Wellkept.Test.EICAR.UNOFFICIAL FOUND"


def test_the_bundled_signatures_know_the_marker_in_the_middle_of_a_file(clamd: Path) -> None:
    content = b"minutes " * 1000 + MARKER + b" of the meeting" * 1000
    assert stream(clamd, content) == "stream: Wellkept.Test.Marker.UNOFFICIAL FOUND"


def test_the_bundled_signatures_leave_other_files_alone(clamd: Path) -> None:
    assert stream(clamd, b"minutes of the meeting") == "stream: OK"


@pytest.fixture
def mirror(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Put a freshclam on the path that copies a folder, and fails when that is empty."""
    source = tmp_path / "mirror"
    source.mkdir()
    programs = tmp_path / "programs"
    programs.mkdir()
    freshclam = programs / "freshclam"
    freshclam.write_text(
        "#!/bin/sh\n"
        'config="${1#--config-file=}"\n'
        'target="$(sed -n "s/^DatabaseDirectory //p" "$config")"\n'
        f'cp "{source}"/* "$target"/\n'
    )
    freshclam.chmod(0o755)
    monkeypatch.setenv("PATH", f"{programs}:{os.environ['PATH']}")
    # The scanner's own account may not pass through pytest's folders.
    monkeypatch.setattr(Clamd, "as_account", lambda self, command: command)
    return source


def update(clamd: Clamd, log: Path) -> None:
    """Let one round of updates end."""
    updates = SignatureUpdates(clamd, mirror="http://mirror.example", log=log)
    updates.run_once()


def test_fresh_signatures_replace_the_test_signatures(
    tmp_path: Path, mirror: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    clamd = Clamd(tmp_path / "clamd", upload_max_mb=100)
    clamd.prepare()
    (mirror / "main.cvd").write_text("main")
    (mirror / "daily.cvd").write_text("daily")
    update(clamd, tmp_path / "log")
    assert sorted(path.name for path in clamd.signatures.iterdir()) == ["daily.cvd", "main.cvd"]
    config = (clamd.folder / "freshclam.conf").read_text()
    assert "PrivateMirror http://mirror.example" in config


def test_a_mirror_that_cannot_be_reached_changes_nothing(tmp_path: Path, mirror: Path) -> None:
    clamd = Clamd(tmp_path / "clamd", upload_max_mb=100)
    clamd.prepare()
    update(clamd, tmp_path / "log")
    assert [path.name for path in clamd.signatures.iterdir()] == ["portal.ndb"]
