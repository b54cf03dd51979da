"""A private PostgreSQL server for one run: nothing of it survives, so tests sync nothing."""

import os
import pwd
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

_ACCOUNT = "postgres"
_SYNCING = ("fsync", "synchronous_commit", "full_page_writes")
_SETTINGS = {
    "listen_addresses": "''",
    "max_connections": "60",
    "shared_buffers": "128MB",
    "autovacuum": "off",
}


class NoPostgresql(Exception):
    """PostgreSQL is not installed or did not start; the text says which."""


@contextmanager
def private_server(*, synced: bool = False) -> Iterator[str]:
    """Run a server that only a socket in its own folder reaches; yield its ``DATABASE_URL``.

    ``synced`` is for measuring: every commit then reaches the disk, as it does where people work.
    """
    folder = Path(tempfile.mkdtemp(prefix="pg-", dir="/tmp"))
    try:
        _give_to_account(folder)
        data = folder / "data"
        login = f"--username={pwd.getpwuid(os.geteuid()).pw_name}"
        _run("initdb", "--no-sync", "--auth=trust", "--encoding=UTF8", login, "-D", str(data))
        chosen = _SETTINGS | dict.fromkeys(_SYNCING, "on" if synced else "off")
        settings = " ".join(f"-c {name}={value}" for name, value in chosen.items())
        log = str(folder / "server.log")
        options = f"{settings} -c unix_socket_directories={folder}"
        _run("pg_ctl", "start", "--wait", "-D", str(data), "-l", log, "-o", options)
        try:
            yield f"postgres:///{folder}/postgres"
        finally:
            _run("pg_ctl", "stop", "--mode=immediate", "-D", str(data))
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _give_to_account(folder: Path) -> None:
    if os.geteuid() == 0:
        account = pwd.getpwnam(_ACCOUNT)
        os.chown(folder, account.pw_uid, account.pw_gid)


def _run(program: str, *arguments: str) -> None:
    # PostgreSQL refuses to run as root.
    switch = ["setpriv", f"--reuid={_ACCOUNT}", f"--regid={_ACCOUNT}", "--init-groups"]
    command = [*(switch if os.geteuid() == 0 else []), str(_program(program)), *arguments]
    result = subprocess.run(
        command, cwd="/", stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True, check=False
    )
    if result.returncode != 0:
        raise NoPostgresql(f"{program} failed: {result.stderr}")


def _program(name: str) -> Path:
    installed = sorted(
        Path("/usr/lib/postgresql").glob(f"*/bin/{name}"),
        key=lambda path: int(path.parts[-3]) if path.parts[-3].isdecimal() else 0,
    )
    on_path = shutil.which(name)
    if installed:
        return installed[-1]
    if on_path is not None:
        return Path(on_path)
    raise NoPostgresql(f"PostgreSQL's {name} is not installed.")
