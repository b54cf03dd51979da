"""Text and CSV files: their text is what they are."""

import codecs

from evidence_review.evidence.gate.limits import FIRST_BYTES, MEGABYTE
from evidence_review.evidence.gate.parsers.findings import Findings, Refused, Work
from evidence_review.evidence.gate.plain_text import encodings_for
from evidence_review.evidence.gate.reasons import Code
from evidence_review.extraction.caps import MOST_CHARACTERS
from evidence_review.extraction.parsers.writing import TextSink

_BYTES_A_CHARACTER = 4


def text_of_plain(work: Work) -> Findings:
    """Write the text, decoded as Notepad, Word and Excel encode it."""
    most = _BYTES_A_CHARACTER * MOST_CHARACTERS
    raw = work.source.read(most)
    is_whole = not work.source.read(1)
    for encoding in encodings_for(raw[:FIRST_BYTES]):
        decoder = codecs.getincrementaldecoder(encoding)()
        try:
            text = decoder.decode(raw, final=is_whole)
        except UnicodeDecodeError:
            continue
        with TextSink(work) as sink:
            for position in range(0, len(text), MEGABYTE):
                sink.write(text[position : position + MEGABYTE])
        return sink.findings()
    raise Refused(Code.NOT_TEXT)
