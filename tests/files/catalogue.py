"""One file for every class of the upload policy, with the answer the gate owes it.

``ACCEPTED`` maps a file name to its maker. ``REFUSED`` lists a file, the code of the first reason,
and whether the request can already tell (``at_once``) or only the parsers in the worker.
"""

import zipfile
from collections.abc import Callable
from dataclasses import dataclass

from tests.files import compound, office, opendocument, packages, pdfs, pictures

Make = Callable[[], bytes]

MEGABYTE = 1024 * 1024
TABLE = "Name,Course,Date\r\nA. Carer (demo),Fire safety,2027-06-30\r\n"

ACCEPTED: dict[str, Make] = {
    "policy.pdf": pdfs.pdf,
    "opens at page one.pdf": lambda: pdfs.pdf(pdfs.opens_at_page),
    "with a web link.pdf": lambda: pdfs.pdf(
        pdfs.linked(pdfs.action("URI", URI=b"https://www.example.org/"))
    ),
    "with empty trees.pdf": lambda: pdfs.pdf(pdfs.with_empty_trees),
    "packed objects.pdf": lambda: pdfs.in_object_stream(pdfs.opens_at_page),
    "letter.docx": office.docx,
    "streamed.docx": lambda: packages.streamed(office.word_parts()),
    "from the firm's template.docx": lambda: office.docx_with_template(
        "file:///C:\\Templates\\Letter.dotx"
    ),
    "with contents.docx": lambda: office.docx(office.field(' TOC \\o "1-3" ')),
    "with a link.docx": lambda: office.docx(
        links=[("hyperlink", "https://www.example.org/", True)]
    ),
    "training.xlsx": office.xlsx,
    "with formulas.xlsx": lambda: office.xlsx(
        cells='<row r="1"><c r="A1"><f>IF(B1="a|b","yes!",Sheet2!A1)</f></c></row>'
    ),
    "away day.pptx": office.pptx,
    "minutes.odt": opendocument.odt,
    "training.ods": opendocument.ods,
    "photo.jpg": pictures.jpg,
    "photo.jpeg": pictures.jpg,
    "PHOTO.JPG": pictures.jpg,
    "screen.png": pictures.png,
    "phone.heic": pictures.heic,
    "notes.txt": "Caf\u00e9 opens at 9\n".encode,
    "old notes.txt": lambda: "Caf\u00e9 costs \u20ac3\n".encode("cp1252"),
    "unicode notes.txt": lambda: "Caf\u00e9\n".encode("utf-16"),
    "training.csv": TABLE.encode,
    "excel.csv": lambda: TABLE.encode("utf-8-sig"),
    "amounts.csv": lambda: b"item,change\r\nrent,-5\r\nphone,+44 20\r\nnote,=A1|B1\r\n",
}


@dataclass(frozen=True)
class Refused:
    """A file the gate refuses: its name, its maker, the first reason, and when it is known."""

    name: str
    make: Make
    code: str
    at_once: bool = False


def _at_once(name: str, make: Make, code: str) -> Refused:
    return Refused(name, make, code, at_once=True)


def _docx(body: str) -> Make:
    return lambda: office.docx(body)


def _pdf(change: pdfs.Change) -> Make:
    return lambda: pdfs.pdf(change)


def _annotation(kind: str) -> Make:
    return _pdf(pdfs.annotated(kind))


_WORD = office.word_parts()

SIMPLE = [
    _at_once("empty.pdf", lambda: b"", "empty"),
    _at_once("macros.docm", office.docx_with_macros, "type_macro_office"),
    _at_once("macros.xlsm", office.xlsx, "type_macro_office"),
    _at_once("old.doc", compound.old_word, "type_old_office"),
    _at_once("old.xls", compound.old_word, "type_old_office"),
    _at_once("old.ppt", compound.old_word, "type_old_office"),
    _at_once("files.zip", lambda: packages.pack({"a.txt": b"a"}), "type_archive"),
    _at_once("files.7z", lambda: b"7z\xbc\xaf\x27\x1c", "type_archive"),
    _at_once("files.rar", lambda: b"Rar!\x1a\x07\x00", "type_archive"),
    _at_once("drawing.svg", lambda: b"<svg xmlns='http://www.w3.org/2000/svg'/>", "type_web"),
    _at_once("page.html", lambda: b"<html></html>", "type_web"),
    _at_once("data.xml", lambda: b"<?xml version='1.0'?><a/>", "type_web"),
    _at_once("mail.eml", lambda: b"From: a@example.org\n\nHello", "type_message"),
    _at_once("mail.msg", compound.old_word, "type_message"),
    _at_once("run.exe", lambda: b"MZ\x90\x00", "type_not_allowed"),
    _at_once("no extension", lambda: b"hello", "type_not_allowed"),
    _at_once("program.pdf", lambda: b"MZ\x90\x00" + b"\0" * 64, "wrong_content"),
    _at_once("page.txt", lambda: b"<!DOCTYPE html><html><body>x</body></html>", "wrong_content"),
    _at_once("picture.jpg", pictures.png, "wrong_content"),
    _at_once("word.xlsx", lambda: b"%PDF-1.7 not a workbook", "wrong_content"),
    _at_once("binary.txt", lambda: b"hello\0world", "not_text"),
    _at_once("binary.csv", lambda: bytes(range(256)), "not_text"),
    _at_once("locked.docx", compound.office_with_password, "encrypted"),
    _at_once("locked.xlsx", compound.office_with_password, "encrypted"),
    _at_once("annual\u202efdp.pdf", pdfs.pdf, "name_direction"),
    _at_once("../../etc/passwd.pdf", pdfs.pdf, "name_path"),
    _at_once("con.pdf", pdfs.pdf, "name_device"),
    _at_once("policy.pdf.", pdfs.pdf, "name_ending"),
    _at_once("pol\x07icy.pdf", pdfs.pdf, "name_control"),
    _at_once("p" * 250 + ".pdf", pdfs.pdf, "name_too_long"),
    _at_once("sheet.odt", opendocument.ods, "wrong_content"),
    Refused("late nul.txt", lambda: b"a" * 9000 + b"\0", "not_text"),
    Refused("calc.csv", lambda: b"a,=cmd|' /C calc'!A0\r\n", "dde"),
    Refused("old.docx", compound.old_word, "wrong_content"),
    Refused(
        "workbook.docx", lambda: packages.pack({"[Content_Types].xml": "<a/>"}), "wrong_content"
    ),
]

PDFS = [
    Refused("password.pdf", pdfs.pdf_with_password, "encrypted"),
    Refused("limits.pdf", pdfs.pdf_with_limits, "restricted"),
    Refused("broken.pdf", lambda: b"%PDF-1.7\nnothing here\n%%EOF\n", "damaged"),
    Refused("cut off.pdf", lambda: pdfs.pdf(pages=20)[:700], "damaged"),
    Refused("script.pdf", _pdf(pdfs.opens_with(pdfs.action("JavaScript", JS=b"1"))), "pdf_script"),
    Refused("named script.pdf", _pdf(pdfs.with_named_script), "pdf_script"),
    Refused("launch.pdf", _pdf(pdfs.linked(pdfs.action("Launch", F=b"a.exe"))), "pdf_launch"),
    Refused("attachment.pdf", _pdf(pdfs.with_attachment), "pdf_attachment"),
    Refused("xfa.pdf", _pdf(pdfs.with_xfa), "pdf_xfa"),
    Refused("video.pdf", _annotation("RichMedia"), "pdf_media"),
    Refused("import.pdf", _pdf(pdfs.linked(pdfs.action("ImportData", F=b"a.fdf"))), "pdf_import"),
    Refused(
        "submit.pdf", _pdf(pdfs.linked(pdfs.action("SubmitForm", F=b"https://x/"))), "pdf_submit"
    ),
    Refused("embedded go to.pdf", _pdf(pdfs.linked(pdfs.action("GoToE"))), "pdf_other_file"),
    Refused(
        "remote go to.pdf", _pdf(pdfs.linked(pdfs.action("GoToR", F=b"b.pdf"))), "pdf_other_file"
    ),
    Refused(
        "opens address.pdf",
        _pdf(pdfs.opens_with(pdfs.action("URI", URI=b"https://x/"))),
        "pdf_opens_address",
    ),
    Refused("and a zip.pdf", lambda: pdfs.pdf() + packages.pack({"a": b"a"}), "extra_data"),
]

OFFICE = [
    Refused("macros.docx", office.docx_with_macros, "macros"),
    Refused("dde.docx", _docx(office.field("DD", "EAUTO c:\\\\cmd.exe", ' "/k calc"')), "dde"),
    Refused(
        "template.docx",
        lambda: office.docx_with_template("https://x.example/t.dotm"),
        "external_template",
    ),
    Refused("object.docx", office.docx_with_object, "embedded_object"),
    Refused("chart.pptx", office.pptx_with_chart, "embedded_object"),
    Refused(
        "program.pptx",
        lambda: office.pptx(shapes='<a action="ppaction://program"/>'),
        "runs_program",
    ),
    Refused(
        "dde.xlsx",
        lambda: office.xlsx(
            more={"xl/externalLinks/externalLink1.xml": "<externalLink><ddeLink/></externalLink>"}
        ),
        "dde",
    ),
    Refused(
        "dde formula.xlsx",
        lambda: office.xlsx(cells="<row><c><f>cmd|'/c calc'!A0</f></c></row>"),
        "dde",
    ),
    Refused(
        "dtd.docx",
        lambda: office.docx(more={"word/x.xml": "<!DOCTYPE a [<!ENTITY b 'c'>]><a/>"}),
        "unsafe_xml",
    ),
    Refused("locked.odt", opendocument.odt_with_password, "encrypted"),
    Refused("macros.odt", opendocument.odt_with_macros, "macros"),
    Refused(
        "dde.ods",
        lambda: opendocument.ods("<table:dde-links><table:dde-link/></table:dde-links>"),
        "dde",
    ),
    Refused(
        "frame.odt",
        lambda: opendocument.odt('<draw:floating-frame xlink:href="https://x/"/>'),
        "external_content",
    ),
]

CONTAINERS = [
    Refused(
        "members.docx",
        lambda: packages.pack({**_WORD, **{f"x/{n}": b"" for n in range(2001)}}),
        "too_many_parts",
    ),
    Refused(
        "ratio.docx",
        lambda: packages.pack({**_WORD, "x.bin": b"\0" * 4 * MEGABYTE}),
        "packed_too_tight",
    ),
    Refused(
        "nested.docx",
        lambda: packages.pack({**_WORD, "x.bin": packages.pack({"a": b"a"})}),
        "nested_archive",
    ),
    Refused("link.docx", lambda: packages.with_symlink(_WORD), "unsafe_parts"),
    Refused(
        "climbs.docx", lambda: packages.with_part_named(_WORD, "../../evil.txt"), "unsafe_parts"
    ),
    Refused(
        "absolute.docx", lambda: packages.with_part_named(_WORD, "/etc/evil.txt"), "unsafe_parts"
    ),
    Refused(
        "twice.docx", lambda: packages.with_duplicate(_WORD, "word/document.xml"), "unsafe_parts"
    ),
    Refused("lzma.docx", lambda: packages.pack(_WORD, method=zipfile.ZIP_LZMA), "unknown_packing"),
    Refused(
        "bzip2.docx", lambda: packages.pack(_WORD, method=zipfile.ZIP_BZIP2), "unknown_packing"
    ),
    Refused("zip64.docx", lambda: packages.as_zip64(_WORD), "unknown_packing"),
    Refused("flagged.docx", lambda: packages.as_encrypted(packages.pack(_WORD)), "encrypted"),
    Refused("behind.docx", lambda: packages.pack(_WORD) + b"behind", "extra_data"),
    Refused(
        "lies.docx", lambda: packages.with_lying_size(packages.pack(_WORD), 10), "unsafe_parts"
    ),
    Refused("overlap.docx", lambda: packages.overlapping(_WORD), "unsafe_parts"),
]

PICTURES = [
    Refused("cut off.jpg", lambda: pictures.jpg()[:-40], "damaged"),
    Refused("cut off.png", lambda: pictures.png()[:-40], "damaged"),
    Refused("cut off.heic", lambda: pictures.heic()[:-40], "damaged"),
    Refused("and a zip.jpg", lambda: pictures.jpg() + packages.pack({"a": b"a"}), "extra_data"),
    Refused("and a page.png", lambda: pictures.png() + b"<script>1</script>", "extra_data"),
    Refused("huge.png", pictures.huge_png, "picture_too_large"),
]

REFUSED = [*SIMPLE, *PDFS, *OFFICE, *CONTAINERS, *PICTURES]
