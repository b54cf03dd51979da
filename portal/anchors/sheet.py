"""The seal on one sheet of paper, for an inspector or anybody else outside."""

from io import BytesIO
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import segno
from django.conf import settings
from django.utils.safestring import SafeString

from portal.anchors.places.mail import check_address
from portal.chrome.words import moment
from portal.paper import pdf
from portal.people.queries import organisation_name
from portal.sealing.models import Seal

_TEMPLATE = Path(__file__).with_name("sheet.typ")
_FOUR = 4
_SCAN = (
    "Scan the square with a phone, or open {check} and type the number of events and the root. "
    "The page says whether the record still has this seal."
)
_COMPARE = (
    "When you are given an inspection pack, compare the fingerprint that its verifier shows with "
    "the one above. They must be the same."
)


def sheet_facts(seal: Seal) -> dict[str, Any]:
    """Return what stands on the sheet of a seal, as words and groups of four digits."""
    provider = organisation_name() or settings.PORTAL_NAME
    check = check_address()
    return {
        "title": "The seal of the record",
        "provider": provider,
        "moment": moment(seal.sealed_at),
        "count": f"{seal.size:,}",
        "root": in_fours(seal.root),
        "fingerprint": in_fours(seal.key.fingerprint),
        "check": check,
        "steps": [
            "Keep this sheet. It is your own copy, and nobody at the provider can change it.",
            _SCAN.format(check=check),
            _COMPARE,
        ],
        "code_means": "A square code with the address of the page that checks this sheet",
    }


def in_fours(digits: str) -> list[str]:
    """Return digits in groups of four, which a person can compare by eye."""
    return [digits[at : at + _FOUR] for at in range(0, len(digits), _FOUR)]


def scanned_address(seal: Seal) -> str:
    """Return the address in the sheet's code: the page that checks it, with its numbers."""
    return f"{check_address()}?{urlencode({'events': seal.size, 'root': seal.root})}"


def sheet_code(seal: Seal) -> SafeString:
    """Return the sheet's QR code as SVG for a page, without styles."""
    drawn = segno.make(scanned_address(seal), error="m", micro=False).svg_inline(
        border=2, omitsize=True, svgclass="wk-seal-sheet__code", lineclass=None, dark="#000"
    )
    # The library draws squares; the address is in their places, not in the text.
    return SafeString(drawn)


def sheet_pdf(seal: Seal) -> bytes:
    """Return the sheet of a seal as a tagged PDF (PDF/UA-1); the same seal gives the same bytes."""
    drawn = BytesIO()
    segno.make(scanned_address(seal), error="m", micro=False).save(drawn, kind="svg", border=2)
    facts, drawing = sheet_facts(seal), drawn.getvalue().decode()
    return pdf(_TEMPLATE, facts, at=seal.sealed_at, drawing=drawing)
