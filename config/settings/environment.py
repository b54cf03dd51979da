"""The one place that reads the process environment.

Every setting a provider may change comes through ``env``; a ``.env`` file beside ``manage.py`` is
read when there is one, and never overrides a variable that is already set.
"""

from pathlib import Path

import environ

BASE_DIR = Path(__file__).resolve().parents[2]
env = environ.Env()
environ.Env.read_env(BASE_DIR / ".env")

DATA_DIR = Path(env.str("PORTAL_DATA", default=str(BASE_DIR / "var"))).resolve()
"""Everything the portal keeps on disk: database, bytes, quarantine, signatures, keys, logs."""
