"""The strings that break programs, one by one and packed together."""

import json
from pathlib import Path

FILE = Path(__file__).parents[1] / "data" / "naughty_strings.json"
MORE = [
    "\x00",
    "a\x00b",
    "%00",
    "%",
    "%s%d%(name)s{0}",
    "_",
    "a" * 3000,
    "é" * 199,
    "e\u0301" * 60,
    "\u202eelif.exe",
    "a\tb",
    "  spaces at both ends  ",
    "\u00a0",
    "'; DROP TABLE evidence_evidence; --",
    "<script>alert('wellkept')</script>",
    "\"><img src=x onerror=alert('wellkept')>",
    "{{ request.user.password }}{% debug %}",
    '=HYPERLINK("http://elsewhere.example")',
    "../../../../etc/passwd",
    "9" * 30,
    "-1",
    "1e400",
    "2027-02-30",
    "0001-01-01",
    "9999-12-31",
]
NAUGHTY: list[str] = list(dict.fromkeys(json.loads(FILE.read_text(encoding="utf-8")) + MORE))
BETWEEN = " | "


def _is_number(text: str) -> bool:
    try:
        float(text)
    except ValueError:
        return False
    return True


NUMBERS = [text for text in NAUGHTY if _is_number(text)]


def packed(longest: int) -> list[str]:
    """Return texts of at most ``longest`` characters that hold every string that fits in one.

    What one string does to a field it also does in the company of others, and a tenth of the
    requests is enough. Strings that cannot be kept in any company, or mean something by
    themselves alone, are in ``NAUGHTY``.
    """
    texts: list[str] = []
    for text in NAUGHTY:
        if "\x00" in text or len(text) > longest:
            continue
        together = f"{texts[-1]}{BETWEEN}{text}" if texts else text
        if texts and len(together) <= longest:
            texts[-1] = together
        else:
            texts.append(text)
    return texts


def singly_or_packed(longest: int) -> list[str]:
    """Return what to try in a field of ``longest`` characters: the odd ones alone, all in packs."""
    alone = [text for text in NAUGHTY if text in MORE or not text.strip()]
    return [*alone, *packed(longest)]
