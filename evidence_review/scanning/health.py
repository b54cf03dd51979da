"""How the virus check stands, for the health page."""

from evidence_review.scanning import readiness
from portal.health.findings import Finding, State


def scanner() -> Finding:
    """Whether the scanner may be relied on. When not, uploads wait and nothing is lost."""
    found = readiness.current()
    if not found.ready:
        advice = "Start the virus scanner. Uploads wait; nothing can be approved until it works."
        return Finding("Virus check", State.DEGRADED, found.problem, advice)
    if found.test_only:
        return Finding(
            "Virus check",
            State.DEGRADED,
            "The scanner knows only a test signature.",
            "Let freshclam reach a mirror, then start the portal again.",
        )
    if found.warning:
        return Finding("Virus check", State.DEGRADED, found.warning, "Check that freshclam runs.")
    return Finding("Virus check", State.OK, "The scanner found its test file a minute ago or less")
