"""Every sentence the gate can say, in one table that screens, API and messages share.

Sentences follow the GOV.UK style for file errors: what is wrong, in words people use, without a
trailing full stop. The advice says what to do next.
"""

from dataclasses import asdict, dataclass
from enum import StrEnum


class Code(StrEnum):
    """A stable name for each reason; stored with the version and never renamed."""

    EMPTY = "empty"
    TOO_BIG = "too_big"
    NAME_MISSING = "name_missing"
    NAME_TOO_LONG = "name_too_long"
    NAME_CONTROL = "name_control"
    NAME_PATH = "name_path"
    NAME_DIRECTION = "name_direction"
    NAME_DEVICE = "name_device"
    NAME_ENDING = "name_ending"
    TYPE_NOT_ALLOWED = "type_not_allowed"
    TYPE_OLD_OFFICE = "type_old_office"
    TYPE_MACRO_OFFICE = "type_macro_office"
    TYPE_ARCHIVE = "type_archive"
    TYPE_MESSAGE = "type_message"
    TYPE_WEB = "type_web"
    WRONG_CONTENT = "wrong_content"
    ENCRYPTED = "encrypted"
    RESTRICTED = "restricted"
    DAMAGED = "damaged"
    NOT_TEXT = "not_text"
    MACROS = "macros"
    DDE = "dde"
    EXTERNAL_TEMPLATE = "external_template"
    EXTERNAL_CONTENT = "external_content"
    EMBEDDED_OBJECT = "embedded_object"
    ACTIVE_CONTROL = "active_control"
    RUNS_PROGRAM = "runs_program"
    PDF_SCRIPT = "pdf_script"
    PDF_LAUNCH = "pdf_launch"
    PDF_ATTACHMENT = "pdf_attachment"
    PDF_XFA = "pdf_xfa"
    PDF_MEDIA = "pdf_media"
    PDF_IMPORT = "pdf_import"
    PDF_SUBMIT = "pdf_submit"
    PDF_OTHER_FILE = "pdf_other_file"
    PDF_OPENS_ADDRESS = "pdf_opens_address"
    TOO_MANY_PARTS = "too_many_parts"
    UNPACKS_TOO_BIG = "unpacks_too_big"
    PACKED_TOO_TIGHT = "packed_too_tight"
    NESTED_ARCHIVE = "nested_archive"
    UNSAFE_PARTS = "unsafe_parts"
    UNKNOWN_PACKING = "unknown_packing"
    EXTRA_DATA = "extra_data"
    UNSAFE_XML = "unsafe_xml"
    TOO_COMPLEX = "too_complex"
    PICTURE_TOO_LARGE = "picture_too_large"
    COULD_NOT_CHECK = "could_not_check"


@dataclass(frozen=True, slots=True)
class Reason:
    """One reason, ready for a screen: ``code`` for machines, the rest for people."""

    code: str
    sentence: str
    advice: str

    def as_dict(self) -> dict[str, str]:
        """The reason as stored in a gate report and sent by the API."""
        return asdict(self)


_RENAME = "Rename the file and upload it again"
_AS_PDF = "Save or print it as a new PDF and upload that"
_SAVE_AGAIN = "Open it in the program that made it, save a new copy and upload that"
_ALLOWED = (
    "The selected file must be a PDF, Word, Excel, PowerPoint, OpenDocument, JPG, PNG, TXT or CSV"
)
_UNSAFE = "The selected file is built in a way that cannot be checked safely"

TABLE: dict[Code, tuple[str, str]] = {
    Code.EMPTY: (
        "The selected file is empty",
        "Check that it is the right file and that it opens, then upload it again",
    ),
    Code.TOO_BIG: (
        "The selected file must be smaller than {max_mb} MB",
        "Use smaller pictures in it, or split it into parts and upload each part",
    ),
    Code.NAME_MISSING: ("The selected file has no name", _RENAME),
    Code.NAME_TOO_LONG: (
        "The name of the selected file must be {name_length} characters or fewer",
        _RENAME,
    ),
    Code.NAME_CONTROL: (
        "The name of the selected file contains characters that cannot be shown",
        _RENAME,
    ),
    Code.NAME_PATH: (
        "The name of the selected file must not contain a slash, a backslash or only dots",
        _RENAME,
    ),
    Code.NAME_DIRECTION: (
        "The name of the selected file contains hidden characters that turn its text around",
        _RENAME,
    ),
    Code.NAME_DEVICE: (
        "The name of the selected file is one that Windows keeps for itself",
        _RENAME,
    ),
    Code.NAME_ENDING: (
        "The name of the selected file must not end with a dot or a space",
        _RENAME,
    ),
    Code.TYPE_NOT_ALLOWED: (_ALLOWED, "Save or export it as one of these types and upload that"),
    Code.TYPE_OLD_OFFICE: (
        _ALLOWED,
        (
            "This is an older Office file. Open it, choose Save As, pick the type that ends in "
            ".docx, .xlsx or .pptx, and upload the new copy"
        ),
    ),
    Code.TYPE_MACRO_OFFICE: (
        _ALLOWED,
        (
            "This type of file can hold macros. Open it, choose Save As, pick the type without "
            "macros (.docx, .xlsx or .pptx), and upload the new copy"
        ),
    ),
    Code.TYPE_ARCHIVE: (_ALLOWED, "Unpack it and upload the files inside one by one"),
    Code.TYPE_MESSAGE: (_ALLOWED, "Print the message as a PDF and upload that"),
    Code.TYPE_WEB: (_ALLOWED, "Print the page as a PDF and upload that"),
    Code.WRONG_CONTENT: (
        "The selected file is not {label}, although its name ends in .{extension}",
        "Open it in the program that made it, save it as {label} and upload the new copy",
    ),
    Code.ENCRYPTED: (
        "The selected file is password protected. Remove the password and upload it again",
        "If you do not know the password, ask the person who made the file for a copy without one",
    ),
    Code.RESTRICTED: (
        "The selected file is password protected. Remove the password and upload it again",
        (
            "It opens without a password, but a password limits printing or changing it. "
            "Ask the person who made it for a copy without limits, or print it as a new PDF"
        ),
    ),
    Code.DAMAGED: ("The selected file is damaged", _SAVE_AGAIN),
    Code.NOT_TEXT: (
        "The selected file must contain only plain text",
        "Open it in the program that made it, save it as text (UTF-8) and upload the new copy",
    ),
    Code.MACROS: (
        "The selected file contains macros",
        "Save a copy without macros, or save it as a PDF, and upload that",
    ),
    Code.DDE: (
        "The selected file contains a link that can start other programs (DDE)",
        "Remove the link, or save it as a PDF, and upload that",
    ),
    Code.EXTERNAL_TEMPLATE: (
        "The selected file is tied to a template that is kept somewhere else",
        (
            "In Word, choose the template called Normal for it, save it and upload the new copy, "
            "or save it as a PDF and upload that"
        ),
    ),
    Code.EXTERNAL_CONTENT: (
        "The selected file loads some of its contents from somewhere else",
        "Put those contents into the file itself, or save it as a PDF, and upload that",
    ),
    Code.EMBEDDED_OBJECT: (
        "The selected file has another file inside it",
        (
            "Paste charts and objects as pictures, or save it as a PDF, and upload that. "
            "Upload the file inside on its own if it is needed"
        ),
    ),
    Code.ACTIVE_CONTROL: (
        "The selected file contains ActiveX controls",
        "Remove the controls, or save it as a PDF, and upload that",
    ),
    Code.RUNS_PROGRAM: (
        "The selected file contains a button or link that starts a program",
        "Remove the action, or save it as a PDF, and upload that",
    ),
    Code.PDF_SCRIPT: ("The selected file contains a script (JavaScript)", _AS_PDF),
    Code.PDF_LAUNCH: ("The selected file contains an action that starts a program", _AS_PDF),
    Code.PDF_ATTACHMENT: (
        "The selected file has other files attached to it",
        "Upload the attached files one by one, and print this one as a new PDF",
    ),
    Code.PDF_XFA: ("The selected file is an interactive form (XFA)", _AS_PDF),
    Code.PDF_MEDIA: ("The selected file contains video, sound or 3D content", _AS_PDF),
    Code.PDF_IMPORT: ("The selected file contains an action that reads other files", _AS_PDF),
    Code.PDF_SUBMIT: (
        "The selected file contains a form that sends its answers somewhere",
        _AS_PDF,
    ),
    Code.PDF_OTHER_FILE: ("The selected file contains links that open other files", _AS_PDF),
    Code.PDF_OPENS_ADDRESS: ("The selected file opens a web address by itself", _AS_PDF),
    Code.TOO_MANY_PARTS: (_UNSAFE, "It has too many parts. Save it as a PDF and upload that"),
    Code.UNPACKS_TOO_BIG: (_UNSAFE, "It unpacks to too much data. " + _AS_PDF),
    Code.PACKED_TOO_TIGHT: (_UNSAFE, "It is packed too tightly. " + _AS_PDF),
    Code.NESTED_ARCHIVE: (
        "The selected file has an archive (such as a ZIP file) inside it",
        "Remove the archive, or save it as a PDF, and upload that",
    ),
    Code.UNSAFE_PARTS: (_UNSAFE, _SAVE_AGAIN),
    Code.UNKNOWN_PACKING: (_UNSAFE, "It uses an unusual kind of packing. " + _SAVE_AGAIN),
    Code.EXTRA_DATA: (
        "The selected file has extra data before or after its contents",
        _SAVE_AGAIN,
    ),
    Code.UNSAFE_XML: (_UNSAFE, _SAVE_AGAIN),
    Code.TOO_COMPLEX: (_UNSAFE, "It has too many parts. " + _AS_PDF),
    Code.PICTURE_TOO_LARGE: (
        "The selected picture must have fewer than {megapixels} million pixels",
        "Save it at a smaller size and upload the new copy",
    ),
    Code.COULD_NOT_CHECK: (
        "The selected file could not be checked. Try again",
        "If it happens again, save it as a PDF and upload that",
    ),
}


def reason(code: Code | str, **values: str | int) -> Reason:
    """The reason for ``code`` with its blanks filled from ``values``; ValueError if unknown."""
    sentence, advice = TABLE[Code(code)]
    return Reason(str(code), sentence.format(**values), advice.format(**values))
