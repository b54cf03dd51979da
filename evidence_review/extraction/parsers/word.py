"""The text of Word documents, as a reader sees it: without deleted words and field codes."""

import re

from evidence_review.evidence.gate.parsers.findings import Findings, Work
from evidence_review.extraction.parsers.writing import TextSink
from evidence_review.extraction.parsers.xml import Attributes, opened, walk

_MAIN = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
_AROUND = re.compile(r"^word/(?:header|footer|footnotes|endnotes)\d*\.xml$")
_BREAKS = {"br": "\n", "cr": "\n", "tab": "\t", "noBreakHyphen": "-"}


class Paragraphs:
    """Turns the elements of a text in Office's own XML into lines; a table's row is one line."""

    def __init__(self, sink: TextSink) -> None:
        self._sink = sink
        self._in_text = False
        self._cells = 0
        self._hidden = 0

    def start(self, name: str, _given: Attributes) -> None:
        """Begin an element; what stands in a fallback is there a second time."""
        if name == "Fallback":
            self._hidden += 1
        elif name == "tc":
            self._cells += 1
        elif name == "t":
            self._in_text = True
        elif name in _BREAKS and not self._hidden:
            self._sink.write(" " if self._cells else _BREAKS[name])

    def end(self, name: str) -> None:
        """End an element."""
        if name == "Fallback":
            self._hidden -= 1
        elif name == "t":
            self._in_text = False
        elif self._hidden:
            return
        elif name == "p":
            self._sink.write(" " if self._cells else "\n")
        elif name == "tc":
            self._cells -= 1
            self._sink.write("\t")
        elif name == "tr":
            self._sink.write("\n")

    def text(self, text: str) -> None:
        """Take the text of a run."""
        if self._in_text and not self._hidden:
            self._sink.write(text)


def text_of_word(work: Work) -> Findings:
    """Write the text of the document, then of its notes, headers and footers."""
    with TextSink(work) as sink, opened(work, _MAIN) as (package, main):
        for part in [main, *sorted(filter(_AROUND.match, package.names()))]:
            lines = Paragraphs(sink)
            walk(package.read(part), start=lines.start, end=lines.end, text=lines.text)
    return sink.findings()
