"""Codes that look unusual. A sentence is shown beside them; they are never refused for it.

Codes change hands and formats change: what surprises us may still be right.
"""

import re

from portal.people.models import Organisation, Site

_CQC_LOCATION = re.compile(r"1-[0-9]{6,12}")
_ICO_NUMBER = re.compile(r"(Z[0-9]{7}|Z[AB][0-9]{6})")


def odd_head_office_code(code: str) -> str:
    """Say what surprises about a head office ODS code; nothing when nothing does."""
    if not code or code.startswith("A"):
        return ""
    return f"Head office ODS codes usually start with A, like AG0Y. Check {code}."


def odd_site_code(code: str) -> str:
    """Say what surprises about a site ODS code; nothing when nothing does."""
    if not code or code.startswith("V"):
        return ""
    return f"Site ODS codes usually start with V, like VM195. Check {code}."


def odd_location_id(code: str) -> str:
    """Say what surprises about a CQC location ID; nothing when nothing does."""
    if not code or _CQC_LOCATION.fullmatch(code):
        return ""
    return f"CQC location IDs usually look like 1-123456789. Check {code}."


def odd_ico_number(number: str) -> str:
    """Say what surprises about an ICO registration number; nothing when nothing does."""
    if not number or _ICO_NUMBER.fullmatch(number):
        return ""
    return f"ICO numbers are usually Z, ZA or ZB and digits, like ZA123456. Check {number}."


def what_surprises_about(place: Organisation | Site) -> list[str]:
    """Return every sentence about the codes of the organisation, or of one site."""
    if isinstance(place, Organisation):
        found = [odd_head_office_code(place.ods_code), odd_ico_number(place.ico_number)]
    else:
        found = [odd_site_code(place.ods_code), odd_location_id(place.cqc_location_id)]
    return [sentence for sentence in found if sentence]
