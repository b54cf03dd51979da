"""The sealer: where its key and memory are, and how it names the record."""

from pathlib import Path
from urllib.parse import urlsplit

from config.settings.environment import DATA_DIR, env

SEALER_DIR = env.str("PORTAL_SEALER_DIR", default=str(DATA_DIR / "sealer"))
"""In production a folder that only the sealer's own system user may read."""
SEALER_BESIDE_DATA = Path(SEALER_DIR).is_relative_to(DATA_DIR)
"""The weaker form: whoever can write the data can read the key. The seal's page says so."""
SEAL_ORIGIN = urlsplit(env.str("PORTAL_BASE_URL", default="http://localhost:8000")).hostname
"""The first part of the name of this record, fixed when the key is made."""
RECORD_STANDING = "portal.sealing.standing.standing_sentence"
"""Dotted function ``() -> str`` that says on the record's page whether it is sealed."""
