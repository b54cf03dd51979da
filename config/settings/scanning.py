"""The virus scanner and the limits of an upload."""

from config.settings.environment import DATA_DIR, env

MEGABYTE = 1024 * 1024

UPLOAD_MAX_BYTES = env.int("PORTAL_UPLOAD_MAX_MB", default=100) * MEGABYTE
"""The largest file a person may upload. Must stay below clamd's StreamMaxLength."""

CLAMD_SOCKET = env.str("PORTAL_CLAMD_SOCKET", default=str(DATA_DIR / "clamd" / "clamd.sock"))
"""A path of a local socket, or ``host:port``."""
SCANNER = env.str("PORTAL_SCANNER", default="evidence_review.scanning.clamav.ClamAV")
SCAN_DEADLINE_SECONDS = env.int("PORTAL_SCAN_DEADLINE", default=120)
"""For one file, connecting included."""
SCANNER_ANSWERS_SECONDS = 5
"""For a sign of life or the version."""
SIGNATURES_WARN_HOURS = 24
SIGNATURES_MAX_HOURS = 48
ALLOW_TEST_SIGNATURES = env.bool("PORTAL_ALLOW_TEST_SIGNATURES", default=False)
"""Accept a scanner that knows only the bundled test signature. Said on every admin page."""
CHECK_TASK = "evidence_review.scanning.tasks.check_version"
"""The job that a kept upload is handed to; named here because evidence may not import scanning."""
BYTES_ARE_CLEAN = "evidence_review.scanning.queries.is_clean"
"""The question asked before bytes are served; named here for the same reason."""

CHECK_RETRY_SECONDS = [30, 120, 600, 3600, 14400]
"""How long to wait before each further try of a check that failed; then it is given up."""
CHECK_DEADLINE_SECONDS = 240
"""For everything in one file together; below the job's own timeout in queue.py."""
CHECK_LEASE_SECONDS = 330
"""How long a job keeps others off its version; above the job's timeout, so it is dead by then."""
RESCAN_BATCH = 20
RESCAN_BATCH_SECONDS = 10
"""A batch ends after so many files or seconds; the next one queues behind the uploads."""
RESCAN_YOUNG_DAYS = 30
"""Files younger than this are looked at again every day, all others every so many days."""
LATEST_VERDICTS = "evidence_review.scanning.queries.latest_verdicts"
"""Takes SHA-256s, gives the newest verdict of each that has one; named here for the same reason."""
