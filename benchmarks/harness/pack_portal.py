"""A portal with so many approved files of its own, and a settled and sealed pack of all of them.

``python -m benchmarks.harness.pack_portal FILES MEGABYTES random|sparse`` fills the portal of
``PORTAL_DATA``, which holds the demo, and says which pack on its last line. The files are forty, of
many sizes, each approved for many pieces of evidence: the store keeps the same bytes once. Sparse
files are holes that are read as zeros and take no room on the disk.
"""

import os
import sys
from collections.abc import Iterator
from pathlib import Path
from tempfile import NamedTemporaryFile

import django

if __name__ == "__main__":
    django.setup()

from django.core.management import call_command

from evidence_review.evidence.gate import GATE_VERSION
from evidence_review.evidence.intake import KeptFile
from evidence_review.evidence.storage import byte_store, sha256_of
from evidence_review.packs.actions.request_pack import request_pack
from evidence_review.packs.making import settle_contents
from evidence_review.packs.models import Pack
from evidence_review.packs.scopes import Choice
from evidence_review.scanning.models import Verdict
from home.demo.crowd import make_crowd
from portal.frameworks.models import Edition
from portal.people.queries import people_with_role
from portal.people.roles import Role

_DIFFERENT_FILES = 40
_MEGABYTE = 1024 * 1024


def settled_pack(files: int, megabytes: int, *, sparse: bool) -> str:
    """Fill the portal; return the public id of a pack of everything in it that waits for its file.

    Of four pieces of a crowd's evidence three are approved.
    """
    kept = list(_kept(megabytes * _MEGABYTE // files, sparse=sparse))
    make_crowd(sites=0, evidence=-(-files * 4 // 3), kept=kept)
    choice = Choice(editions=list(Edition.objects.filter(in_use=True)))
    pack = request_pack(choice, actor=people_with_role([Role.IG_LEAD])[0])
    # The key has to be there before anything is settled.
    call_command("run_sealer", "--once", verbosity=0)
    settle_contents(pack.public_id)
    call_command("run_sealer", "--once", verbosity=0)
    pack = Pack.objects.get(pk=pack.pk)
    if not pack.is_settled:
        raise RuntimeError(f"the pack was not settled: {pack.problem}")
    return pack.public_id


def _kept(average: int, *, sparse: bool) -> Iterator[KeptFile]:
    """Keep files of a fifth of the average size up to nine fifths of it, as clean ones."""
    store = byte_store()
    for number in range(_DIFFERENT_FILES):
        size = average // 5 + average * 8 * number // (5 * (_DIFFERENT_FILES - 1))
        with NamedTemporaryFile(dir=store.incoming(), prefix="bench-") as room:
            if sparse:
                room.truncate(size)
            else:
                room.write(os.urandom(size))
                room.flush()
            sha256 = sha256_of(Path(room.name))
            store.keep(Path(room.name), sha256)
        Verdict.objects.create(
            sha256=sha256,
            verdict=Verdict.Value.CLEAN,
            engine="none",
            signature_version="0",
            gate_version=GATE_VERSION,
            cause=Verdict.Cause.FIRST,
        )
        yield KeptFile(
            sha256=sha256,
            size=size,
            media_type="application/pdf",
            extension="pdf",
            original_name=f"file-{number}.pdf",
        )


def main() -> None:
    """Fill it."""
    files, megabytes, how = sys.argv[1:]
    print(settled_pack(int(files), int(megabytes), sparse=how == "sparse"))


if __name__ == "__main__":
    main()
