"""From the wish to the ZIP."""

import hashlib
import json
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from evidence_review.packs.carried import FOLDER
from evidence_review.packs.models import Pack
from evidence_review.packs.states import PackState
from evidence_review.packs.storage import open_file, packs_storage
from tests.evidence_review.packs.conftest import MakePack

pytestmark = pytest.mark.django_db


def members(pack: Pack) -> dict[str, bytes]:
    """Return what is in a pack's file, in order."""
    with open_file(pack.stored_name) as stored, zipfile.ZipFile(stored) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def test_a_pack_holds_what_was_approved_and_its_proofs(make_pack: MakePack, evidence: None) -> None:
    pack = make_pack()

    assert (pack.problem, pack.state) == ("", PackState.READY)
    found = members(pack)
    files = [name for name in found if name.startswith("evidence/")]
    assert files == [
        "evidence/WL5/Data protection policy, version 1.txt",
        "evidence/WL5/Fire drill, version 1.txt",
    ]
    manifest = json.loads(found["manifest.json"])
    listed = manifest["events"]
    assert list(found) == [
        "index.html",
        "report.pdf",
        *files,
        "verify.html",
        "verify.py",
        "manifest.json",
        "record/keys.txt",
        "record/checkpoint.txt",
        "record/pack.json",
        "record/pack.tlog-proof",
        *(f"record/events/{seq}.{end}" for seq in listed for end in ("json", "tlog-proof")),
    ]
    assert json.loads(found["record/pack.json"])["sha256"] == pack.manifest_sha256
    assert hashlib.sha256(found["manifest.json"]).hexdigest() == pack.manifest_sha256


def test_the_verifier_in_a_pack_accepts_it(
    make_pack: MakePack, evidence: None, tmp_path: Path
) -> None:
    pack = make_pack()

    said = subprocess.run(
        [sys.executable, FOLDER / "verify.py", packs_storage().path(pack.stored_name)],
        capture_output=True,
        text=True,
        check=False,
    )

    assert (said.returncode, said.stderr) == (0, ""), said.stdout
