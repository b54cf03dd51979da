"""Which dictionaries of a PDF act, and how: each action is judged by its type.

Merely having an action is harmless: most office programs write one that opens the first page.
"""

import re
from collections.abc import Iterator
from itertools import islice

import pikepdf

from evidence_review.evidence.gate.parsers.findings import Findings, Refused
from evidence_review.evidence.gate.reasons import Code

ACTING_NAMES = re.compile(
    rb"/(?:JS|JavaScript|Launch|EF|EmbeddedFiles?|XFA|RichMedia\w*|ImportData|SubmitForm|GoToE"
    rb"|GoToR|FileAttachment|Rendition|Movie|Sound|Screen|3DD?|U3D|PRC|AA|OpenAction|Collection|Ref)(?![\w.-])"
)
"""Names without which a dictionary need not be looked at."""

_ACTIONS: dict[str, Code] = {
    "/JavaScript": Code.PDF_SCRIPT,
    "/Launch": Code.PDF_LAUNCH,
    "/ImportData": Code.PDF_IMPORT,
    "/SubmitForm": Code.PDF_SUBMIT,
    "/GoToE": Code.PDF_OTHER_FILE,
    "/GoToR": Code.PDF_OTHER_FILE,
    "/Rendition": Code.PDF_MEDIA,
    "/Movie": Code.PDF_MEDIA,
    "/Sound": Code.PDF_MEDIA,
    "/RichMediaExecute": Code.PDF_MEDIA,
}
_KEYS: dict[str, Code] = {
    "/JS": Code.PDF_SCRIPT,
    "/JavaScript": Code.PDF_SCRIPT,
    "/EF": Code.PDF_ATTACHMENT,
    "/EmbeddedFiles": Code.PDF_ATTACHMENT,
    "/Collection": Code.PDF_ATTACHMENT,
    "/XFA": Code.PDF_XFA,
    "/RichMediaContent": Code.PDF_MEDIA,
    "/3DD": Code.PDF_MEDIA,
}
_TYPES: dict[str, Code] = {"/EmbeddedFile": Code.PDF_ATTACHMENT}
_ANNOTATIONS: dict[str, Code] = {
    "/RichMedia": Code.PDF_MEDIA,
    "/3D": Code.PDF_MEDIA,
    "/U3D": Code.PDF_MEDIA,
    "/PRC": Code.PDF_MEDIA,
    "/Movie": Code.PDF_MEDIA,
    "/Sound": Code.PDF_MEDIA,
    "/Screen": Code.PDF_MEDIA,
    "/FileAttachment": Code.PDF_ATTACHMENT,
}
_MAX_INNER = 20_000
"""Dictionaries looked at inside one object, and steps along one chain of actions."""


def judge_dictionary(held: pikepdf.Object, findings: Findings) -> None:
    """Judge one object of the file with everything written directly inside it."""
    for seen, inner in enumerate(_dictionaries(held)):
        if seen >= _MAX_INNER:
            raise Refused(Code.TOO_COMPLEX)
        _judge_one(inner, findings)


def _dictionaries(held: pikepdf.Object) -> Iterator[pikepdf.Object]:
    """The dictionaries inside an object, itself included; indirect ones come in their own turn."""
    waiting = [held]
    while waiting:
        item = waiting.pop()
        if isinstance(item, pikepdf.Array):
            waiting.extend(part for part in item if _is_inside(part))
        elif isinstance(item, pikepdf.Dictionary):
            yield item
            waiting.extend(part for _, part in item.items() if _is_inside(part))


def _is_inside(part: object) -> bool:
    return isinstance(part, pikepdf.Dictionary | pikepdf.Array) and not part.is_indirect


def _judge_one(held: pikepdf.Object, findings: Findings) -> None:
    keys = set(held.keys())
    for key, code in _KEYS.items():
        if key in keys and _is_filled(held[key]):
            findings.refuse(code)
    for key, codes in (("/S", _ACTIONS), ("/Type", _TYPES), ("/Subtype", _ANNOTATIONS)):
        code_of_value = codes.get(_name(held.get(key)))
        if code_of_value and not (key == "/S" and _name(held.get("/Type")) == "/StructElem"):
            findings.refuse(code_of_value)
    if "/Ref" in keys and _name(held.get("/Subtype")) == "/Form":
        findings.refuse(Code.EXTERNAL_CONTENT)
    _judge_unasked(held, keys, findings)


def _judge_unasked(held: pikepdf.Object, keys: set[str], findings: Findings) -> None:
    """Actions that run by themselves may not open an address; in a link that is fine."""
    if "/OpenAction" in keys:
        _judge_chain(held["/OpenAction"], findings)
    if "/AA" in keys and isinstance(held["/AA"], pikepdf.Dictionary):
        for action in held["/AA"].as_dict().values():
            _judge_chain(action, findings)


def _judge_chain(first: object, findings: Findings) -> None:
    waiting = [first]
    for _ in range(_MAX_INNER):
        if not waiting:
            return
        action = waiting.pop()
        if not isinstance(action, pikepdf.Dictionary):
            continue
        if _name(action.get("/S")) == "/URI":
            findings.refuse(Code.PDF_OPENS_ADDRESS)
            return
        following = action.get("/Next")
        if isinstance(following, pikepdf.Array):
            waiting.extend(islice(following, _MAX_INNER))
        elif following is not None:
            waiting.append(following)
    raise Refused(Code.TOO_COMPLEX)


def _is_filled(value: object) -> bool:
    """A name tree or array that is empty holds nothing."""
    if isinstance(value, pikepdf.Array):
        return len(value) > 0
    if isinstance(value, pikepdf.Dictionary) and not isinstance(value, pikepdf.Stream):
        kids = [value.get(key) for key in ("/Names", "/Kids", "/Nums")]
        return any(isinstance(kid, pikepdf.Array) and len(kid) > 0 for kid in kids) or (
            all(kid is None for kid in kids) and len(value.keys()) > 0
        )
    return value is not None


def _name(value: object) -> str:
    """A name as it is written in a file; one that is not UTF-8 cannot be turned into text."""
    return value.unparse().decode("latin-1") if isinstance(value, pikepdf.Name) else ""
