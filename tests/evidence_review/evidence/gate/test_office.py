"""Word, Excel and PowerPoint: macros, links, fields and formulas."""

import pytest

from tests.evidence_review.evidence.gate.conftest import Parse
from tests.files import office, packages
from tests.files.compound import compound, office_with_password, old_word
from tests.files.office import field

_MICROSOFT = "http://schemas.microsoft.com/office/2006/relationships/"
_STRICT = "http://purl.oclc.org/ooxml/officeDocument/relationships/"


def word_link(kind: str, target: str, *, outside: bool = True) -> bytes:
    return office.docx(links=[(kind, target, outside)])


@pytest.mark.parametrize(
    ("kind", "target", "facts"),
    [
        ("hyperlink", "https://www.example.org/", {}),
        ("hyperlink", "file://server/share/a.docx", {}),
        ("image", "https://www.example.org/logo.png", {"linked_pictures": 1}),
        ("image", "file:///C:\\Users\\priya\\logo.png", {"linked_pictures": 1}),
        ("video", "https://www.example.org/embed/1", {"linked_pictures": 1}),
        ("attachedTemplate", "file:///C:\\Templates\\Letter.dotx", {}),
        ("attachedTemplate", "Normal.dotm", {}),
    ],
)
def test_links_that_do_no_harm_are_accepted(
    parse: Parse, kind: str, target: str, facts: dict[str, int]
):
    findings = parse(word_link(kind, target), "docx")
    assert findings.codes == []
    assert findings.facts == {"parts": 4, **facts}


@pytest.mark.parametrize(
    ("kind", "target", "code"),
    [
        ("attachedTemplate", "http://www.example.org/t.dotm", "external_template"),
        ("attachedTemplate", "https://www.example.org/t.dotm", "external_template"),
        ("attachedTemplate", "\\\\server\\share\\t.dotm", "external_template"),
        ("attachedTemplate", "file:///\\\\server\\share\\t.dotm", "external_template"),
        ("attachedTemplate", "file://server/share/t.dotm", "external_template"),
        ("attachedTemplate", "file:///%5C%5Cserver%5Cshare%5Ct.dotm", "external_template"),
        ("attachedTemplate", "mhtml:http://www.example.org/t", "external_template"),
        (_STRICT + "attachedTemplate", "http://www.example.org/t.dotm", "external_template"),
        ("image", "\\\\server\\share\\a.png", "external_content"),
        ("image", "file://server/share/a.png", "external_content"),
        ("frame", "https://www.example.org/", "external_content"),
        ("subDocument", "other.docx", "external_content"),
        ("aFChunk", "https://www.example.org/", "external_content"),
        ("oleObject", "file:///C:\\a.xlsx", "embedded_object"),
        ("somethingNew", "https://www.example.org/", "external_content"),
    ],
)
def test_links_that_fetch_are_refused(parse: Parse, kind: str, target: str, code: str):
    assert parse(word_link(kind, target), "docx").codes == [code]


@pytest.mark.parametrize(
    ("kind", "code"),
    [
        (_MICROSOFT + "vbaProject", "macros"),
        (_MICROSOFT + "wordVbaData", "macros"),
        (_MICROSOFT + "activeXControlBinary", "active_control"),
        ("control", "active_control"),
        ("oleObject", "embedded_object"),
        ("package", "embedded_object"),
        ("aFChunk", "embedded_object"),
    ],
)
def test_inner_links_say_what_is_inside(parse: Parse, kind: str, code: str):
    assert parse(word_link(kind, "part.bin", outside=False), "docx").codes == [code]


def test_attributes_may_be_written_in_any_way(parse: Parse):
    links = (
        '<r:Relationships xmlns:r="http://schemas.openxmlformats.org/package/2006/relationships">'
        "<!-- <hidden> --><r:Relationship TargetMode = 'External' Id='a' Target='htt&#112;://x/t'\n"
        f" Type='{_STRICT}attachedTempl&#x00061;te' /></r:Relationships>"
    )
    data = office.docx(more={"word/_rels/settings.xml.rels": links})
    assert parse(data, "docx").codes == ["external_template"]


def test_links_in_utf16_are_read(parse: Parse):
    links = office.relationships([("attachedTemplate", "https://x/t.dotm", True)])
    encoded = links.replace('encoding="UTF-8"', 'encoding="UTF-16"').encode("utf-16")
    data = office.docx(more={"word/_rels/settings.xml.rels": encoded})
    assert parse(data, "docx").codes == ["external_template"]


def test_a_chart_may_remember_the_workbook_it_was_made_from(parse: Parse):
    links = office.relationships([("oleObject", "file:///C:\\figures.xlsx", True)])
    data = office.pptx(more={"ppt/charts/_rels/chart1.xml.rels": links})
    findings = parse(data, "pptx")
    assert findings.codes == []
    assert findings.facts["linked_workbooks"] == 1


@pytest.mark.parametrize(
    ("main_type", "code"),
    [
        ("application/vnd.ms-word.document.macroEnabled.main+xml", "macros"),
        ("application/vnd.ms-word.template.macroEnabledTemplate.main+xml", "macros"),
        (office.WORD_MAIN.replace("document.main", "template.main"), "wrong_content"),
        (office.EXCEL_MAIN, "wrong_content"),
        ("application/xml", "wrong_content"),
    ],
)
def test_the_declared_type_proves_the_kind(parse: Parse, main_type: str, code: str):
    assert parse(office.docx(main_type=main_type), "docx").codes == [code]


@pytest.mark.parametrize(
    ("part", "kind", "code"),
    [
        ("word/a.bin", "application/vnd.ms-office.vbaProject", "macros"),
        ("xl/a.xml", "application/vnd.ms-excel.macrosheet+xml", "macros"),
        ("word/a.xml", "application/vnd.ms-office.activeX+xml", "active_control"),
        (
            "word/a.bin",
            "application/vnd.openxmlformats-officedocument.oleObject",
            "embedded_object",
        ),
    ],
)
def test_parts_are_known_by_their_declared_type(parse: Parse, part: str, kind: str, code: str):
    data = office.docx(types=[(part, kind)], more={part: b"<a/>"})
    assert parse(data, "docx").codes == [code]


@pytest.mark.parametrize(
    ("part", "code"),
    [
        ("word/vbaProject.bin", "macros"),
        ("xl/macrosheets/sheet1.xml", "macros"),
        ("word/activeX/activeX1.xml", "active_control"),
        ("WORD/Embeddings/a.bin", "embedded_object"),
    ],
)
def test_parts_are_known_by_their_place_too(parse: Parse, part: str, code: str):
    assert parse(office.docx(more={part: b"<a/>"}), "docx").codes == [code]


def test_a_compound_file_is_known_whatever_it_is_called(parse: Parse):
    data = office.docx(more={"word/media/image1.png": compound("Ole10Native")})
    assert parse(data, "docx").codes == ["embedded_object"]


def test_a_part_is_read_as_xml_whatever_it_is_called(parse: Parse):
    data = office.docx(more={"word/main.dat": f"<w:d xmlns:w='w'>{field('DDE a b')}</w:d>"})
    assert parse(data, "docx").codes == ["dde"]


def test_office_files_with_a_password_are_told_from_old_ones(parse: Parse):
    assert parse(office_with_password(), "xlsx").codes == ["encrypted"]
    assert parse(old_word(), "xlsx").codes == ["wrong_content"]


@pytest.mark.parametrize(
    "body",
    [
        field('DDEAUTO c:\\\\Windows\\\\System32\\\\cmd.exe "/k calc"'),
        field("DDE Excel Sheet1"),
        field(" dd", "eauto", " cmd"),
        field("DD&#69;AUTO cmd"),
        field("<![CDATA[DDE]]>AUTO cmd"),
        "<w:p><w:fldSimple w:instr=' DDEAUTO cmd \"/k calc\" '/></w:p>",
        '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText>DDE a</w:instrText></w:r>',
        "<w:r><w:instrText>DDEAUTO cmd</w:instrText></w:r>",
        '<w:r><w:fldChar w:fldCharType="begin"/></w:r>' + field("QUOTE 68 68 69 65 85 84 79"),
        '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText>DD</w:instrText></w:r>'
        + field("QUOTE 69"),
    ],
)
def test_dde_fields_are_found_however_they_are_written(parse: Parse, body: str):
    assert parse(office.docx(body), "docx").codes == ["dde"]


@pytest.mark.parametrize(
    "body",
    [
        field(' TOC \\o "1-3" \\h \\z \\u '),
        field(' HYPERLINK "https://www.example.org/" '),
        field(" PAGE \\* MERGEFORMAT ", result=field(" SECTION ")),
        field(' INCLUDEPICTURE "https://www.example.org/a.png" \\* MERGEFORMATINET '),
        field(' INCLUDEPICTURE  \\d "C:\\\\Users\\\\a.png" '),
        '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText> IF </w:instrText></w:r>'
        + field(" MERGEFIELD Name "),
        '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText>=</w:instrText></w:r>'
        + field("PAGE"),
        "<w:p><w:r><w:t>DDEAUTO is an old way to link files</w:t></w:r></w:p>",
    ],
)
def test_fields_that_people_use_are_accepted(parse: Parse, body: str):
    assert parse(office.docx(body), "docx").codes == []


@pytest.mark.parametrize(
    "code",
    [
        ' INCLUDEPICTURE "\\\\\\\\server\\\\share\\\\a.png" ',
        " INCLUDEPICTURE \\\\server\\share\\a.png ",
        ' INCLUDEPICTURE \\d "file://server/a.png" ',
        ' INCLUDETEXT "https://www.example.org/a.docx" ',
        " LINK Excel.Sheet.12 C:\\\\a.xlsx Sheet1!R1C1 \\a ",
    ],
)
def test_fields_that_fetch_are_refused(parse: Parse, code: str):
    assert parse(office.docx(field(code)), "docx").codes == ["external_content"]


@pytest.mark.parametrize(
    "formula",
    [
        "cmd|'/c calc'!A0",
        "+cmd|'/c calc'!A0",
        "SUM(1+1)*cmd|' /C calc'!A0",
        "'cmd'|'/c calc'!A0",
        "MSEXCEL|'\\..\\..\\Windows\\System32\\cmd.exe /c calc'!''",
        'DDE("cmd","/c calc","x")',
        "dde ( A1 )",
        "<![CDATA[cmd|'/c calc'!A0]]>",
        "cmd&#124;'/c calc'!A0",
        "cm<!-- x -->d|'/c calc'!A0",
    ],
)
def test_dde_formulas_are_found_however_they_are_written(parse: Parse, formula: str):
    cells = f'<row r="1"><c r="A1"><f>{formula}</f></c></row>'
    assert parse(office.xlsx(cells=cells), "xlsx").codes == ["dde"]
    names = f'<definedNames><definedName name="x">{formula}</definedName></definedNames>'
    assert parse(office.xlsx(names=names), "xlsx").codes == ["dde"]


@pytest.mark.parametrize(
    "formula",
    [
        "SUM(A1:A9)",
        'A1&amp;"|"&amp;Sheet2!B1',
        "A1&amp;&quot;|&quot;&amp;Sheet2!B1",
        "'Staff | rota'!A1",
        'IF(A1="DDE(","yes","no")',
        "[1]Sheet1!A1",
    ],
)
def test_formulas_that_people_use_are_accepted(parse: Parse, formula: str):
    cells = f'<row r="1"><c r="A1"><f>{formula}</f><v>cmd|x!y</v></c></row>'
    assert parse(office.xlsx(cells=cells), "xlsx").codes == []


@pytest.mark.parametrize(
    ("part", "code"),
    [
        ("<externalLink><ddeLink ddeService='cmd'/></externalLink>", "dde"),
        ("<x:externalLink xmlns:x='x'><x:ddeLink/></x:externalLink>", "dde"),
        ("<externalLink><oleLink/></externalLink>", "embedded_object"),
        ("<connections><connection refreshOnLoad='1'/></connections>", "external_content"),
    ],
)
def test_linked_programs_and_data_in_workbooks(parse: Parse, part: str, code: str):
    assert parse(office.xlsx(more={"xl/a.xml": part}), "xlsx").codes == [code]


def test_a_workbook_may_name_other_workbooks_and_data_it_does_not_load(parse: Parse):
    links = office.relationships([("externalLinkPath", "https://x.example/b.xlsx", True)])
    more = {
        "xl/externalLinks/_rels/externalLink1.xml.rels": links,
        "xl/connections.xml": "<connections><connection id='1'/><connection id='2'/></connections>",
    }
    findings = parse(office.xlsx(more=more), "xlsx")
    assert findings.codes == []
    assert findings.facts == {
        "sheets": 1,
        "parts": 7,
        "linked_workbooks": 1,
        "data_connections": 2,
    }


@pytest.mark.parametrize(
    "action",
    ["ppaction://program", "ppaction://macro?name=x", "PPACTION://PROGRAM", "&#112;paction://ole"],
)
def test_slides_that_start_programs_are_refused(parse: Parse, action: str):
    assert parse(office.pptx(shapes=f'<a action="{action}"/>'), "pptx").codes == ["runs_program"]


def test_slides_may_lead_to_other_slides(parse: Parse):
    data = office.pptx(shapes='<a action="ppaction://hlinkshowjump?jump=nextslide"/>')
    assert parse(data, "pptx").codes == []


@pytest.mark.parametrize(
    ("part", "code"),
    [
        (b"<!DOCTYPE a><a/>", "unsafe_xml"),
        (b"<!DOCTYPE a [<!ENTITY x 'y'>]><a>&x;</a>", "unsafe_xml"),
        (b"<!DOCTYPE a SYSTEM 'http://x/'><a/>", "unsafe_xml"),
        ("<!DOCTYPE a [<!ENTITY x 'y'>]><a/>".encode("utf-16"), "unsafe_xml"),
        (b"<?xml version='1.0' encoding='UTF-7'?><a/>", "unsafe_xml"),
        (b"<?xml version='1.0' encoding='shift_jis'?><a/>", "unsafe_xml"),
        (b"\xff\xfe<\0a", "damaged"),
        (b"<a>", "damaged"),
        (b"not xml", "damaged"),
        (b"<a/>" + b"\0" * 8, "damaged"),
    ],
)
def test_xml_with_definitions_or_damage_is_refused(parse: Parse, part: bytes, code: str):
    assert parse(office.docx(more={"word/a.xml": part}), "docx").codes == [code]


def test_a_drawing_may_name_its_definition(parse: Parse):
    drawing = b'<!DOCTYPE svg PUBLIC "-//W3C//DTD SVG 1.1//EN" "svg11.dtd"><svg/>'
    assert parse(office.docx(more={"word/media/a.svg": drawing}), "docx").codes == []
    bomb = b"<!DOCTYPE svg [<!ENTITY x 'y'>]><svg/>"
    assert parse(office.docx(more={"word/media/a.svg": bomb}), "docx").codes == ["unsafe_xml"]


def test_all_reasons_are_told_together(parse: Parse):
    data = packages.pack(
        office.word_parts(
            field("DDE a b"),
            links=[("attachedTemplate", "https://x/t.dotm", True), ("oleObject", "a.bin", False)],
        )
    )
    assert set(parse(data, "docx").codes) == {"dde", "external_template", "embedded_object"}
