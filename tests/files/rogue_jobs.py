"""Parsers that misbehave in every way a taken-over parser could; for tests of the parser room."""

import ctypes
import mmap
import os
import signal
import socket
import stat
import sys
import threading
import time

from evidence_review.evidence.gate.parsers.findings import Findings, Parser, Refused, Work
from evidence_review.evidence.gate.reasons import Code


def _fine(work: Work) -> Findings:
    return Findings(facts={"size": len(work.source.read())})


def _refuse(_work: Work) -> Findings:
    raise Refused(Code.MACROS)


def _raise(_work: Work) -> Findings:
    raise LookupError


def _crash(_work: Work) -> Findings:
    ctypes.string_at(0)
    return Findings()


def _spin(_work: Work) -> Findings:
    while True:
        pass


def _sleep(_work: Work) -> Findings:
    time.sleep(60)
    return Findings()


def _eat_memory(_work: Work) -> Findings:
    held = [mmap.mmap(-1, 64 * 1024 * 1024) for _ in range(100)]
    return Findings(facts={"held": len(held)})


def _unknown_code(_work: Work) -> Findings:
    return Findings(codes=["all_is_well"])  # type: ignore[list-item]  # a lie on purpose


def _huge_fact(_work: Work) -> Findings:
    return Findings(facts={"text": "x" * 10_000})


def _exit_well(_work: Work) -> Findings:
    os._exit(0)


def _say_and_exit(_work: Work) -> Findings:
    """Say that all is well on every file there is, and end like a good child."""
    for file in range(3, 64):
        try:
            os.write(file, b'{"codes": [], "facts": {}}\n{"ended": 0}\n')
        except OSError:
            continue
    os._exit(0)


def _tried(what: object) -> Findings:
    """Call something; the fact says whether it was let happen."""
    try:
        what()  # type: ignore[operator]  # always a function
    except OSError as error:
        return Findings(facts={"denied": error.errno or 0})
    return Findings(facts={"denied": 0})


def _open_file(_work: Work) -> Findings:
    return _tried(lambda: os.open("/etc/passwd", os.O_RDONLY))


def _write_file(_work: Work) -> Findings:
    return _tried(lambda: os.open("/tmp/taken-over", os.O_CREAT | os.O_WRONLY))


def _connect(_work: Work) -> Findings:
    return _tried(lambda: socket.create_connection(("127.0.0.1", 9), timeout=1))


def _fork(_work: Work) -> Findings:
    return _tried(os.fork)


def _run(_work: Work) -> Findings:
    return _tried(lambda: os.execv(sys.executable, [sys.executable, "-c", ""]))  # noqa: S606 - to be denied


def _kill_room(_work: Work) -> Findings:
    return _tried(lambda: os.kill(os.getppid(), signal.SIGKILL))


def _start_thread(_work: Work) -> Findings:
    thread = threading.Thread(target=time.monotonic)
    thread.start()
    thread.join()
    return Findings(facts={"threads": 1})


def _look_around(_work: Work) -> Findings:
    """What the child knows and holds: variables, open files (but devices), and Django."""
    open_files = 0
    for file in range(256):
        try:
            open_files += not stat.S_ISCHR(os.fstat(file).st_mode)
        except OSError:
            continue
    return Findings(
        facts={
            "variables": ",".join(sorted(os.environ)),
            "open_files": open_files,
            "django": int("django" in sys.modules),
        }
    )


def _write_much(work: Work) -> Findings:
    output = work.output or work.source
    for _ in range(100):
        os.write(output.fileno(), b"x" * 65_536)
    return Findings()


JOBS: dict[str, Parser] = {
    name.lstrip("_"): function
    for name, function in list(globals().items())
    if name.startswith("_") and not name.startswith("__") and name != "_tried"
}
