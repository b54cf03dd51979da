"""The data folder made ready: tables, catalogue, static files; each only when something changed."""

import json
import os
import subprocess
from collections.abc import Mapping

from script.launch import environment, fingerprints
from script.launch.options import ROOT, Options

SIGN_INS = "demo-sign-ins.txt"
DEMO_MARKER = "demo-portal"
_STEPS = {
    "prepare_portal": ("-v", "0"),
    "collectstatic": ("--no-input", "-v", "0"),
}
_SHAPED_BY = {
    "prepare_portal": (*fingerprints.SHAPES_SCHEMA, *fingerprints.SHAPES_CONTENT),
}


class PreparationFailed(Exception):
    """A step of the preparation failed; the text says which."""


def manage(environ: Mapping[str, str], *command: str) -> str:
    """Run a management command, return what it printed; raises ``PreparationFailed``."""
    result = subprocess.run(
        [str(environment.PYTHON), str(ROOT / "manage.py"), *command],
        env=dict(environ),
        stdout=subprocess.PIPE,
        text=True,
        check=False,
    )
    if result.returncode != 0:
        raise PreparationFailed(f"manage.py {command[0]} failed: it says why above.")
    return result.stdout


def prepare(chosen: Options, environ: Mapping[str, str]) -> None:
    """Bring tables, catalogue and static files up to date, and load the demo where it is wanted.

    Raises ``PreparationFailed``, also when an empty portal was asked for in a demo's folder.
    """
    stamp = chosen.data / "prepared.json"
    done: dict[str, str] = json.loads(stamp.read_text()) if stamp.exists() else {}
    _decide_on_demo(chosen, first_start=not done)
    for step, arguments in _STEPS.items():
        if done.get(step) != _key(step, chosen):
            print(f"Preparing: {step}", flush=True)
            manage(environ, step, *arguments)
            done[step] = _key(step, chosen)
            stamp.write_text(json.dumps(done))


def _decide_on_demo(chosen: Options, *, first_start: bool) -> None:
    marker = chosen.data / DEMO_MARKER
    if first_start and chosen.demo:
        marker.touch()
    elif marker.exists() and not chosen.demo:
        raise PreparationFailed(
            f"{chosen.data} holds the demo care provider. For an empty portal choose another "
            "folder: PORTAL_DATA=/srv/wellkept script/server --no-demo"
        )


def needs_demo(chosen: Options) -> bool:
    """Say whether this folder is a demo's whose people and evidence are not loaded yet."""
    return (chosen.data / DEMO_MARKER).exists() and not (chosen.data / SIGN_INS).exists()


def _key(step: str, chosen: Options) -> str:
    if step == "collectstatic":
        return fingerprints.of_files(fingerprints.SHAPES_STATIC)
    # A database that was restored or exchanged since has another fingerprint. What is in PostgreSQL
    # cannot be seen from here: there the step is always done.
    tables = fingerprints.of_sqlite(chosen.data / "portal.sqlite3")
    database = os.urandom(8).hex() if chosen.database_url else tables
    return f"{fingerprints.of_files(_SHAPED_BY[step])} {database}"


def how_to_sign_in(chosen: Options, environ: Mapping[str, str]) -> list[str]:
    """Return the lines that tell who can sign in, and with what."""
    sign_ins = chosen.data / SIGN_INS
    if sign_ins.exists():
        return [sign_ins.read_text(), f"These sign-ins are kept in {sign_ins}"]
    link = manage(environ, "first_admin_link").strip()
    return (
        [f"Make the first administrator with this link; it works once:\n  {link}"] if link else []
    )
