"""The virus scanner and the limits of an upload."""

from config.settings.environment import DATA_DIR, env

MEGABYTE = 1024 * 1024

UPLOAD_MAX_BYTES = env.int("PORTAL_UPLOAD_MAX_MB", default=100) * MEGABYTE
"""The largest file a person may upload. Must stay below clamd's StreamMaxLength."""

CLAMD_SOCKET = env.str("PORTAL_CLAMD_SOCKET", default=str(DATA_DIR / "clamd" / "clamd.sock"))
"""A path of a local socket, or ``host:port``."""
SCANNER = env.str("PORTAL_SCANNER", default="evidence_review.scanning.clamav.ClamAV")
SCAN_DEADLINE_SECONDS = env.int("PORTAL_SCAN_DEADLINE", default=120)
SIGNATURES_WARN_HOURS = 24
SIGNATURES_MAX_HOURS = 48
ALLOW_TEST_SIGNATURES = env.bool("PORTAL_ALLOW_TEST_SIGNATURES", default=False)
"""Accept a scanner that knows only the bundled test signature. Said on every admin page."""
CHECK_TASK = "evidence_review.scanning.tasks.check_version"
"""The job that a kept upload is handed to; named here because evidence may not import scanning."""
BYTES_ARE_CLEAN = "evidence_review.scanning.queries.is_clean"
"""The question asked before bytes are served; named here because evidence may not import scanning."""
