"""Files that other programs made: the gate accepts the good ones and knows the others.

The wider sets are measured when a folder of them lies beside the repository.
"""

from pathlib import Path

import pytest

from evidence_review.evidence.gate import GateResult, extension_of, inspect, media_type_for

SAMPLES = Path(__file__).parents[3] / "data" / "samples"
WIDER_SETS = Path(__file__).parents[5] / "shared" / "data"
PDFS = WIDER_SETS / "benign" / "pdf"
OFFICE = WIDER_SETS / "office_mixed"

MOST_FALSE_ALARMS = 0.037

REFUSED = {
    "006e67a6.pdf": "restricted",
    "03867dd1.pdf": "pdf_attachment",
    "03f349ce.pdf": "pdf_xfa",
    "protect.xlsx": "encrypted",
    "testAltChunkHTML.docx": "embedded_object",
    "testAttachedTemplate.docx": "external_template",
    "testMSChart-govdocs-428996.xlsx": "embedded_object",
    "testPDFEmbeddingAndEmbedded.docx": "embedded_object",
    "testWORD_protected_passtika.docx": "encrypted",
    "test_embedded_zip.pptx": "embedded_object",
    "test_recursive_embedded.docx": "embedded_object",
    "test_recursive_embedded_npe.docx": "embedded_object",
}
"""Every file of the sets that the upload policy does not allow; all others must be accepted."""

FACTS = {
    "017097.docx": {"linked_pictures": 68},
    "testDataConnections.xlsx": {"data_connections": 3, "sheets": 1},
    "testEXCEL.xlsx": {"sheets": 3},
    "testPPT_charts.pptx": {"linked_workbooks": 1, "slides": 1},
    "00d680e6.pdf": {"pages": 1},
}


def look(path: Path) -> GateResult:
    return inspect(path, name=path.name, media_type=media_type_for(extension_of(path.name), ""))


def first_reason(result: GateResult) -> str | None:
    assert result.outcome in ("accepted", "refused")
    return result.reasons[0].code if result.reasons else None


@pytest.mark.parametrize(
    "path", sorted(SAMPLES.glob("*/*")), ids=lambda path: f"{path.parent.name}/{path.name}"
)
def test_a_sample_gets_the_answer_the_policy_gives(path: Path):
    result = look(path)
    assert first_reason(result) == REFUSED.get(path.name)
    assert FACTS.get(path.name, {}).items() <= dict(result.facts).items()


@pytest.mark.skipif(not OFFICE.is_dir(), reason="the wider set of Office files is not here")
def test_the_wider_set_of_office_files_gets_the_answers_the_policy_gives():
    answers = {path.name: first_reason(look(path)) for path in OFFICE.iterdir()}
    assert len(answers) == 33
    assert answers == {name: REFUSED.get(name) for name in answers}


@pytest.mark.skipif(not PDFS.is_dir(), reason="the wider set of valid PDFs is not here")
def test_few_valid_pdfs_are_refused_and_each_for_a_reason_of_the_policy():
    refused = {}
    paths = sorted(PDFS.glob("*.pdf"))
    for path in paths:
        reason = first_reason(look(path))
        if reason:
            refused[path.name] = reason
    assert refused == {name: code for name, code in REFUSED.items() if name.endswith(".pdf")}
    assert len(refused) / len(paths) <= MOST_FALSE_ALARMS
