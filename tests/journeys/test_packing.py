"""An IG lead has a pack made, an inspector takes their own, and both can be checked offline."""

import subprocess
import sys
from pathlib import Path

from evidence_review.packs.carried import FOLDER
from tests.journeys.conftest import Start
from tests.journeys.test_inspecting import give_access, go_in


def accepted(pack: bytes, folder: Path) -> str:
    """Let the verifier look at a pack; return what it says."""
    file = folder / "pack.zip"
    file.write_bytes(pack)
    verifier = [sys.executable, str(FOLDER / "verify.py"), str(file)]
    said = subprocess.run(verifier, capture_output=True, text=True, check=False)
    assert said.returncode == 0, said.stdout + said.stderr
    return said.stdout


def test_a_pack_is_made_taken_and_checked(start: Start, width: int, tmp_path: Path) -> None:
    lead = start("ig_lead")
    lead.page.goto("/admin/packs/")
    lead.look()
    lead.follow("Make a pack")
    lead.look()
    lead.press("See what will be in it")
    lead.reads("What will be in the pack", "Data protection policy, version 1")
    lead.look()
    lead.press("Make this pack")
    lead.page.get_by_role("link", name="Download the pack").wait_for()
    lead.look()
    whole = lead.download("Download the pack")

    name, address = f"Lee Ward {width} (demo)", f"lee.ward.{width}@cqc.example"
    give_access(lead, name, address)
    inspector = start()
    go_in(inspector, address)
    inspector.follow("Get your inspection pack")
    inspector.look()
    inspector.press("Make my pack")
    inspector.page.get_by_role("link", name="Download the pack").wait_for()
    inspector.look()
    theirs = inspector.download("Download the pack")

    assert accepted(whole, tmp_path) != accepted(theirs, tmp_path)
