"""``report.pdf``: the report as a tagged PDF."""

from datetime import datetime
from pathlib import Path

from evidence_review.packs.report import Data
from portal.paper import pdf

_TEMPLATE = Path(__file__).with_name("report.typ")
MOST_ENTRIES = 2000
"""Above that the PDF says how much there is under each heading, and leaves the rest to the page:
each entry costs about 100 KB of memory while it is set, and nobody prints 500 pages."""


def report_pdf(report: Data, at: datetime) -> bytes:
    """Return the PDF of a report, dated ``at``; of a very long one its summary."""
    report = report | {"is_brief": len(report["entries"]) > MOST_ENTRIES}
    if report["is_brief"]:
        report |= {"entries": {}}
    return pdf(_TEMPLATE, report, at=at)
