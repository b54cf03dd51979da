"""``index.html``: the report as one file that needs nothing else."""

from django.template.loader import render_to_string

from evidence_review.packs.report import Data


def index_html(report: Data) -> bytes:
    """Return the page."""
    entries = report["entries"]
    chapters = [
        chapter | {"parts": [_with_entries(part, entries) for part in chapter["parts"]]}
        for chapter in report["chapters"]
    ]
    return render_to_string("packs/index.html", report | {"chapters": chapters}).encode()


def _with_entries(part: Data, entries: Data) -> Data:
    claims = [claim | {"evidence": _found(claim, entries)} for claim in part["claims"]]
    return part | {"claims": claims, "evidence": _found(part, entries)}


def _found(holder: Data, entries: Data) -> list[Data]:
    return [entries[ref] for ref in holder["evidence"] if ref in entries]
