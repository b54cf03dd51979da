"""OpenDocument texts and spreadsheets."""

import pytest

from tests.evidence_review.evidence.gate.conftest import Parse
from tests.files import opendocument, packages
from tests.files.compound import compound, old_word
from tests.files.opendocument import SHEET, TEXT, manifest, ods, odt


@pytest.mark.parametrize(
    "body",
    [
        '<text:a xlink:href="https://www.example.org/">x</text:a>',
        '<draw:image xlink:href="Pictures/a.png"/>',
        '<draw:image xlink:href="./ObjectReplacements/Object 1"/>',
        '<draw:object xlink:href="./Object 1"/>',
        '<meta:template xlink:href="../../Templates/letter.ott"/>',
        '<text:p>write xlink:href=&quot;https://x&quot; or href="/x" like this</text:p>',
        "<text:p>DDE (an old way to link) and office:script</text:p>",
        "<text:dde-connection-decls/>",
    ],
)
def test_what_does_no_harm_is_accepted(parse: Parse, body: str):
    assert parse(odt(body), "odt").codes == []


def test_pictures_that_lie_elsewhere_are_counted(parse: Parse):
    findings = parse(odt('<draw:image xlink:href="https://www.example.org/a.png"/>'), "odt")
    assert (findings.codes, findings.facts["linked_pictures"]) == ([], 1)


@pytest.mark.parametrize(
    ("body", "code"),
    [
        ('<office:script script:language="Basic"/>', "macros"),
        ('<script:event-listener xlink:href="vnd.sun.star.script:a.py$b"/>', "macros"),
        ('<text:script script:language="JavaScript"/>', "macros"),
        ('<table:table-cell table:formula="of:=DDE(&quot;cmd&quot;)"/>', "dde"),
        ('<table:table-cell table:formula="of:=D&#68;E(1)"/>', "dde"),
        ("<text:dde-connection-decl office:dde-application='cmd'/>", "dde"),
        ("<office:dde-source/>", "dde"),
        ('<draw:object-ole xlink:href="./Object 1"/>', "embedded_object"),
        ("<draw:applet/>", "embedded_object"),
        ("<draw:plugin/>", "embedded_object"),
        ("<draw:floating-frame/>", "external_content"),
        ('<draw:object xlink:href="../../other.ods"/>', "external_content"),
        ('<text:section-source xlink:href="https://x/a.odt"/>', "external_content"),
        ('<table:table-source xlink:href="file:///C:/a.ods"/>', "external_content"),
        ('<draw:image xlink:href="file://server/share/a.png"/>', "external_content"),
        ('<draw:image draw:name="a>b" xlink:href="//server/share/a.png"/>', "external_content"),
        ("<draw:image x:href='smb://server/a.png' xmlns:x='x'/>", "external_content"),
    ],
)
def test_what_acts_or_fetches_is_refused(parse: Parse, body: str, code: str):
    assert parse(odt(body), "odt").codes == [code]


@pytest.mark.parametrize(
    ("name", "accepted"),
    [
        ("Basic/Standard/Module1.xml", False),
        ("Scripts/python/a.py", False),
        ("Object 1/Basic/Standard/Module1.xml", False),
        ("Dialogs/Standard/Dialog1.xml", False),
        ("Basic/script-lc.xml", True),
        ("Basic/Standard/script-lb.xml", True),
    ],
)
def test_an_empty_library_is_no_macro(parse: Parse, name: str, accepted: bool):
    content = '<!DOCTYPE l PUBLIC "-//OpenOffice.org//DTD" "libraries.dtd"><l/>'
    if not name.endswith(("-lc.xml", "-lb.xml")):
        content = "<l/>" if name.endswith(".xml") else "import os"
    assert parse(odt(more={name: content}), "odt").codes == ([] if accepted else ["macros"])


@pytest.mark.parametrize("part", ["encryption-data", "encrypted-key"])
def test_a_password_is_told_from_damage(parse: Parse, part: str):
    data = odt(
        more={
            "META-INF/manifest.xml": manifest(TEXT, f"<manifest:{part}/>"),
            "content.xml": b"\x01\x02\x03",
        }
    )
    assert parse(data, "odt").codes == ["encrypted"]


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (ods(), "wrong_content"),
        (odt(more={"mimetype": TEXT + "-template"}), "wrong_content"),
        (odt(more={"mimetype": TEXT + "\n"}), "wrong_content"),
        (packages.pack({"content.xml": "<a/>", "mimetype": TEXT}), "wrong_content"),
        (packages.pack({"mimetype": TEXT, "content.xml": "<a/>"}), "damaged"),
        (packages.pack({}), "wrong_content"),
        (old_word(), "wrong_content"),
        (odt(more={"Object 1": compound("Ole10Native")}), "embedded_object"),
        (odt(more={"Pictures/a.png": packages.pack({"a": b"a"})}), "nested_archive"),
        (odt(more={"content.xml": "<!DOCTYPE a><a/>"}), "unsafe_xml"),
        (odt(more={"content.xml": "<a>"}), "damaged"),
    ],
)
def test_the_container_must_be_an_opendocument_text(parse: Parse, data: bytes, code: str):
    assert parse(data, "odt").codes == [code]


def test_an_older_manifest_may_name_its_definition(parse: Parse):
    head, _, rest = manifest(SHEET).partition("\n")
    named = f'{head}\n<!DOCTYPE manifest:manifest PUBLIC "-//OpenOffice.org//DTD" "Manifest.dtd">'
    assert parse(ods(more={"META-INF/manifest.xml": named + rest}), "ods").codes == []
    assert opendocument.SHEET == SHEET
