"""The types of file the portal accepts, and what their contents look like to libmagic."""

from dataclasses import dataclass

from evidence_review.evidence.gate.reasons import Code

_OFFICE = "application/vnd.openxmlformats-officedocument."
_ODF = "application/vnd.oasis.opendocument."

ZIP_START = b"PK\x03\x04"
COMPOUND_START = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
"""Start of a compound file: older Office, and newer Office with a password."""


@dataclass(frozen=True, slots=True)
class Kind:
    """One accepted type: its media type, its name in a sentence, and the shape of its contents."""

    media_type: str
    label: str
    shape: str
    """``package`` (a ZIP of parts), ``text``, or ``plain`` (known by its first bytes)."""
    sniffed: frozenset[str] = frozenset()
    """For ``plain``: what libmagic may call it."""


def _plain(media_type: str, label: str, *also: str) -> Kind:
    return Kind(media_type, label, "plain", frozenset({media_type, *also}))


KINDS: dict[str, Kind] = {
    "pdf": _plain("application/pdf", "a PDF"),
    "docx": Kind(_OFFICE + "wordprocessingml.document", "a Word document", "package"),
    "xlsx": Kind(_OFFICE + "spreadsheetml.sheet", "an Excel workbook", "package"),
    "pptx": Kind(_OFFICE + "presentationml.presentation", "a PowerPoint presentation", "package"),
    "odt": Kind(_ODF + "text", "an OpenDocument text", "package"),
    "ods": Kind(_ODF + "spreadsheet", "an OpenDocument spreadsheet", "package"),
    "jpg": _plain("image/jpeg", "a JPG picture"),
    "jpeg": _plain("image/jpeg", "a JPG picture"),
    "png": _plain("image/png", "a PNG picture"),
    "heic": _plain("image/heic", "a HEIC picture", "image/heif"),
    "txt": Kind("text/plain", "a text file", "text"),
    "csv": Kind("text/csv", "a CSV file", "text"),
}
"""By extension, in lower case and without the dot."""

REFUSED_FAMILIES: dict[Code, frozenset[str]] = {
    Code.TYPE_OLD_OFFICE: frozenset(
        {"doc", "dot", "xls", "xlt", "xla", "pps", "ppt", "pot", "xlsb", "rtf"}
    ),
    Code.TYPE_MACRO_OFFICE: frozenset(
        {"docm", "dotm", "xlsm", "xltm", "xlam", "pptm", "potm", "ppsm", "ppam", "sldm"}
    ),
    Code.TYPE_ARCHIVE: frozenset(
        {
            "zip",
            "7z",
            "rar",
            "tar",
            "gz",
            "tgz",
            "bz2",
            "xz",
            "cab",
            "iso",
            "img",
            "jar",
            "zst",
        }
    ),
    Code.TYPE_MESSAGE: frozenset({"eml", "msg", "mht", "mhtml", "mbox", "pst"}),
    Code.TYPE_WEB: frozenset({"svg", "svgz", "html", "htm", "xhtml", "xml"}),
}
"""Types people often try, each with advice of its own."""


def extension_of(name: str) -> str:
    """What follows the last dot of a file name, in lower case; "" when there is none."""
    stem, dot, extension = name.rpartition(".")
    return extension.lower() if dot and stem else ""


def refusal_of_extension(extension: str) -> Code | None:
    """Why an extension is not accepted, or None when it is."""
    if extension in KINDS:
        return None
    for code, family in REFUSED_FAMILIES.items():
        if extension in family:
            return code
    return Code.TYPE_NOT_ALLOWED


def media_type_for(extension: str, sniffed: str) -> str:
    """The media type a version is stored and served with.

    It follows from the accepted extension, because libmagic is vague (many good Word files are
    "application/zip" to it). ``sniffed`` is only used for extensions the gate refuses.
    """
    kind = KINDS.get(extension.lower())
    return kind.media_type if kind else sniffed or "application/octet-stream"
