"""The portal's Python environment: made once, filled from a file of pinned and hashed packages."""

import fcntl
import hashlib
import subprocess
import sys
import venv
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
FOLDER = ROOT / ".venv"
PYTHON = FOLDER / "bin" / "python"
TO_SERVE = ROOT / "requirements" / "portal.txt"
TO_DEVELOP = ROOT / "requirements" / "development.txt"


class InstallationFailed(Exception):
    """The packages could not be installed; the text says why."""


def ensure(requirements: Path) -> Path:
    """Make the environment hold every package of ``requirements``; return its Python.

    A stamp with the file's hash says that this was done, so that a later start asks nothing of the
    network. The development packages include the portal's, so their stamp answers for both.
    """
    if _is_ready(requirements):
        return PYTHON
    lock_file = ROOT / ".cache" / "environment.lock"
    lock_file.parent.mkdir(exist_ok=True)
    with lock_file.open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not _is_ready(requirements):
            _install(requirements)
    return PYTHON


def _install(requirements: Path) -> None:
    if not _works():
        print("Making the Python environment in .venv", flush=True)
        venv.create(FOLDER, clear=True, with_pip=True)
    print(f"Installing the packages of {requirements.relative_to(ROOT)}", flush=True)
    # Every hash is checked, so a package that was swapped at its source is refused.
    pip = [str(PYTHON), "-m", "pip", "install", "--quiet", "--disable-pip-version-check"]
    result = subprocess.run([*pip, "--require-hashes", "-r", str(requirements)], check=False)
    if result.returncode != 0:
        raise InstallationFailed(
            "The Python packages could not be installed; pip says why above. "
            "Nothing is half done: start again when the cause is mended."
        )
    # Nothing of ours needs it, and one package loads it whenever it is there: ten megabytes.
    remove = [str(PYTHON), "-m", "pip", "uninstall", "--quiet", "--yes", "setuptools"]
    subprocess.run(remove, capture_output=True, check=False)
    _stamp(requirements).write_text(_key(requirements))


def _is_ready(requirements: Path) -> bool:
    stamped = any(
        _stamp(file).exists() and _stamp(file).read_text() == _key(file)
        for file in {requirements, TO_DEVELOP}
    )
    return stamped and PYTHON.exists()


def _works() -> bool:
    if not PYTHON.exists():
        return False
    show = [str(PYTHON), "-c", "import pip, sys; print(*sys.version_info[:2])"]
    answer = subprocess.run(show, capture_output=True, text=True, check=False)
    return answer.stdout.split() == [str(part) for part in sys.version_info[:2]]


def _stamp(requirements: Path) -> Path:
    return FOLDER / f".{requirements.stem}-installed"


def _key(requirements: Path) -> str:
    digest = hashlib.sha256(requirements.read_bytes()).hexdigest()
    return f"{digest} for Python {sys.version_info.major}.{sys.version_info.minor}"
