"""The text of PowerPoint presentations, slide by slide, and the speaker's notes."""

from evidence_review.evidence.gate.parsers.findings import Findings, Work
from evidence_review.extraction.parsers.word import Paragraphs
from evidence_review.extraction.parsers.writing import TextSink
from evidence_review.extraction.parsers.xml import Attributes, Package, opened, walk

_MAIN = "application/vnd.openxmlformats-officedocument.presentationml.presentation.main+xml"
_NOTES = "/notesSlides/"


def text_of_slides(work: Work) -> Findings:
    """Write the text of each slide, its notes behind it, in the order they are shown."""
    with TextSink(work) as sink, opened(work, _MAIN) as (package, main):
        for slide in _slides(package, main):
            notes = [part for part in package.targets(slide).values() if _NOTES in f"/{part}"]
            for part in [slide, *notes]:
                _write(package.read(part), sink)
            sink.end_page()
    return sink.findings()


def _slides(package: Package, main: str) -> list[str]:
    targets = package.targets(main)
    slides: list[str] = []

    def start(name: str, given: Attributes) -> None:
        if name == "sldId" and given.get("r:id", "") in targets:
            slides.append(targets[given["r:id"]])

    walk(package.read(main), start=start)
    return slides


def _write(part: bytes, sink: TextSink) -> None:
    lines = Paragraphs(sink)
    if part:
        walk(part, start=lines.start, end=lines.end, text=lines.text)
