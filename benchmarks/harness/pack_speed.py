"""How fast a pack is written beside ``zip`` of the same files, and how much memory it takes.

``python -m benchmarks.harness.pack_speed beside-zip PACK ROUNDS`` and ``... memory PACK`` measure a
settled pack of the portal of ``PORTAL_DATA``; the last line is one JSON object.
"""

import json
import os
import shutil
import subprocess
import sys
import time
import zipfile
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, BinaryIO, cast

import django

if __name__ == "__main__":
    django.setup()

from benchmarks.harness.bench import Bench, Figure, in_turns, ratio, spread
from benchmarks.harness.portals import DATABASE, copy_database
from benchmarks.harness.servers import SAME_FOR_ALL, peak_mb
from evidence_review.packs.models import Pack
from evidence_review.packs.proofs import first_seal_over
from evidence_review.packs.writing import write_pack
from script.launch.options import ROOT

_MEGABYTE = 1024 * 1024


def pack_figures(bench: Bench) -> dict[str, Figure]:
    """Return the speed of a pack of random files and the memory of one of many sparse files."""
    files, megabytes = (200, 50) if bench.quick else (2_000, 1_000)
    bench.say(f"A pack of {files} files, {megabytes} MB, beside zip")
    folder = _portal(bench, "pack-beside-zip")
    pack = _told(folder, "pack_portal", files, megabytes, "random")
    rounds = bench.rounds(full=5, quick=3)
    figures: dict[str, Figure] = json.loads(_told(folder, "pack_speed", "beside-zip", pack, rounds))
    shutil.rmtree(folder)
    many, megabytes = (1_000, 1_000) if bench.quick else (10_000, 20 * 1024)
    bench.say(f"The memory of a pack of {many} sparse files, {megabytes} MB")
    folder = _portal(bench, "pack-memory")
    pack = _told(folder, "pack_portal", many, megabytes, "sparse")
    figures |= json.loads(_told(folder, "pack_speed", "memory", pack))
    return figures


def _portal(bench: Bench, name: str) -> Path:
    """Return a data folder with a copy of the run's own portal."""
    folder = bench.data / name
    folder.mkdir()
    shutil.copytree(bench.data / "bytes", folder / "bytes")
    copy_database(bench.data / DATABASE, folder / DATABASE)
    return folder


def _told(folder: Path, module: str, *words: str | int) -> str:
    """Run a module of the harness on the portal of a folder; return its last line."""
    command = [sys.executable, "-m", f"benchmarks.harness.{module}", *map(str, words)]
    environ = os.environ | SAME_FOR_ALL | {"PORTAL_DATA": str(folder)}
    done = subprocess.run(
        command, cwd=ROOT, env=environ, check=True, stdout=subprocess.PIPE, text=True
    )
    return done.stdout.splitlines()[-1]


def _settled(public_id: str) -> Pack:
    pack = Pack.objects.get(public_id=public_id)
    if pack.event_seq is None:
        raise ValueError(f"pack {public_id} was never settled")
    pack.seal = first_seal_over(pack.event_seq)
    return pack


def beside_zip(public_id: str, rounds: int) -> dict[str, Figure]:
    """Write the pack and let ``zip`` pack the same members, in turns.

    The pack is written from nothing but its row: contents, report, manifest, proofs and files.
    """
    with TemporaryDirectory(dir=os.environ["PORTAL_DATA"]) as room:
        ours, members = Path(room) / "pack.zip", Path(room) / "members"
        _pack_seconds(public_id, ours)
        with zipfile.ZipFile(ours) as archive:
            archive.extractall(members)
            infos = archive.infolist()
        megabytes = sum(info.file_size for info in infos) / _MEGABYTE
        results = in_turns(
            rounds,
            {
                "pack": lambda: _pack_seconds(public_id, ours),
                "zip": lambda: _zip_seconds(members, "-6"),
                "zip_stored": lambda: _zip_seconds(members, "-0"),
            },
        )
    return {
        "pack_over_zip": ratio(results, "zip", "pack"),
        "pack_over_zip_quartiles": spread(results, "zip", "pack"),
        "pack_over_zip_stored": ratio(results, "zip_stored", "pack"),
        "pack_mb_per_s": megabytes / min(results["pack"]),
        "zip_mb_per_s": megabytes / min(results["zip"]),
        "zip_stored_mb_per_s": megabytes / min(results["zip_stored"]),
        "pack_members": len(infos),
        "pack_mb": megabytes,
    }


def _pack_seconds(public_id: str, target: Path) -> float:
    target.unlink(missing_ok=True)
    started = time.perf_counter()
    with target.open("wb") as out:
        write_pack(_settled(public_id), out)
    return time.perf_counter() - started


def _zip_seconds(members: Path, how: str) -> float:
    """Let ``zip`` pack a folder; ``-6`` is what it does when nothing is said."""
    target = members.with_suffix(".zip")
    target.unlink(missing_ok=True)
    started = time.perf_counter()
    subprocess.run(["zip", "-q", "-r", how, str(target), "."], cwd=members, check=True)
    return time.perf_counter() - started


class Sink:
    """A file that keeps nothing but how long it is."""

    def __init__(self) -> None:
        self.length = self._at = 0

    def write(self, piece: bytes) -> int:
        """Take some bytes."""
        self._at += len(piece)
        self.length = max(self.length, self._at)
        return len(piece)

    def tell(self) -> int:
        """Return where the next bytes go."""
        return self._at

    def seek(self, offset: int, whence: int = os.SEEK_SET) -> int:
        """Go somewhere else."""
        self._at = (
            offset + {os.SEEK_SET: 0, os.SEEK_CUR: self._at, os.SEEK_END: self.length}[whence]
        )
        return self._at

    def seekable(self) -> bool:
        """Say that one can go back."""
        return True

    def flush(self) -> None:
        """Keep nothing, which is done at once."""


def memory(public_id: str) -> dict[str, Figure]:
    """Write the pack to nowhere; return the most memory that this process ever had."""
    before = peak_mb(os.getpid())
    sink: Any = Sink()
    started = time.perf_counter()
    write_pack(_settled(public_id), cast(BinaryIO, sink))
    pack = Pack.objects.get(public_id=public_id)
    return {
        "pack_peak_mb": peak_mb(os.getpid()),
        "pack_peak_before_mb": before,
        "pack_peak_files": pack.pieces or 0,
        "pack_peak_gb": sink.length / _MEGABYTE / 1024,
        "pack_peak_seconds": time.perf_counter() - started,
    }


def main() -> None:
    """Measure one pack."""
    what, public_id, *rest = sys.argv[1:]
    found = memory(public_id) if what == "memory" else beside_zip(public_id, int(rest[0]))
    print(json.dumps(found))


if __name__ == "__main__":
    main()
