"""OpenDocument texts and spreadsheets: clean ones, and one for every thing the gate refuses."""

from tests.files.packages import pack

_HEAD = '<?xml version="1.0" encoding="UTF-8"?>\n'
_ODF = "urn:oasis:names:tc:opendocument:xmlns:"
_NAMES = (
    " ".join(
        f'xmlns:{prefix}="{_ODF}{name}:1.0"'
        for prefix, name in [
            ("office", "office"),
            ("text", "text"),
            ("table", "table"),
            ("draw", "drawing"),
            ("script", "script"),
            ("meta", "meta"),
        ]
    )
    + ' xmlns:xlink="http://www.w3.org/1999/xlink"'
)

TEXT = "application/vnd.oasis.opendocument.text"
SHEET = "application/vnd.oasis.opendocument.spreadsheet"


def manifest(media_type: str, inner: str = "") -> str:
    """The manifest; ``inner`` goes into the entry of the content."""
    return (
        f'{_HEAD}<manifest:manifest xmlns:manifest="{_ODF}manifest:1.0">'
        f'<manifest:file-entry manifest:full-path="/" manifest:media-type="{media_type}"/>'
        '<manifest:file-entry manifest:full-path="content.xml" '
        f'manifest:media-type="text/xml">{inner}</manifest:file-entry></manifest:manifest>'
    )


def odf_parts(
    media_type: str, body: str, more: dict[str, bytes | str] | None = None
) -> dict[str, bytes | str]:
    """The parts of an OpenDocument file; ``more`` adds or replaces parts by name."""
    kind = "text" if media_type == TEXT else "spreadsheet"
    return {
        "mimetype": media_type,
        "content.xml": f'{_HEAD}<office:document-content {_NAMES} office:version="1.3">'
        f"<office:scripts/><office:body><office:{kind}>{body}</office:{kind}></office:body>"
        "</office:document-content>",
        "META-INF/manifest.xml": manifest(media_type),
        **(more or {}),
    }


def _packed(parts: dict[str, bytes | str]) -> bytes:
    return pack(parts, stored=("mimetype",))


def odt(body: str = "<text:p>Policy</text:p>", more: dict[str, bytes | str] | None = None) -> bytes:
    """An OpenDocument text."""
    return _packed(odf_parts(TEXT, body, more))


def ods(
    body: str = '<table:table table:name="Training"/>', more: dict[str, bytes | str] | None = None
) -> bytes:
    """An OpenDocument spreadsheet."""
    return _packed(odf_parts(SHEET, body, more))


def odt_with_password() -> bytes:
    """A text with a password: the manifest says how its parts are encrypted."""
    secret = "<manifest:encryption-data manifest:checksum='x'/>"
    return odt(
        more={
            "META-INF/manifest.xml": manifest(TEXT, secret),
            "content.xml": b"\x8f\x1a\x00\xff" * 64,
        }
    )


def odt_with_macros() -> bytes:
    """A text with a Basic library."""
    module = f'{_HEAD}<script:module xmlns:script="http://openoffice.org/2000/script"/>'
    return odt(more={"Basic/Standard/Module1.xml": module})
