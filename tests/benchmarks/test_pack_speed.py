"""The file that keeps nothing takes what a real one takes."""

import io
import os
import zipfile
from typing import Any

from benchmarks.harness.pack_speed import Sink


def test_a_zip_is_as_long_in_the_sink_as_in_a_file() -> None:
    file, sink = io.BytesIO(), Sink()
    targets: list[Any] = [file, sink]
    for target in targets:
        with zipfile.ZipFile(target, "w") as archive, archive.open("a.bin", "w") as member:
            for _ in range(5):
                member.write(bytes(1000))

    assert sink.length == len(file.getvalue()) > 5000


def test_one_can_go_anywhere_in_it() -> None:
    sink = Sink()
    sink.write(b"12345")

    assert sink.seek(1) == 1
    assert sink.seek(2, os.SEEK_CUR) == 3
    assert sink.seek(-1, os.SEEK_END) == 4
    sink.write(b"56")
    assert (sink.tell(), sink.length) == (6, 6)
