"""Small real files for the demo: a PDF of text, a table, a note."""

import io
import textwrap
from collections.abc import Sequence

import pikepdf

_LINE, _TOP, _LEFT, _WIDTH = 18, 780, 60, 78


def pdf(title: str, paragraphs: Sequence[str], *, password: str = "") -> bytes:
    """Return a one-page A4 PDF; with a password nobody can open it without it."""
    document = pikepdf.new()
    lines = [title, "Demo Care Group (demo)", ""]
    for paragraph in paragraphs:
        lines += [*textwrap.wrap(paragraph, _WIDTH), ""]
    font = pikepdf.Dictionary(
        Type=pikepdf.Name.Font, Subtype=pikepdf.Name.Type1, BaseFont=pikepdf.Name.Helvetica
    )
    page = document.add_blank_page(page_size=(595, 842))
    page.Resources = pikepdf.Dictionary(Font=pikepdf.Dictionary(F1=font))
    page.Contents = document.make_stream(_text(lines))
    target = io.BytesIO()
    if password:
        document.save(target, encryption=pikepdf.Encryption(user=password, owner=password))
    else:
        # The same text gives the same bytes, so a second seeding finds what the first one kept.
        document.save(target, deterministic_id=True)
    return target.getvalue()


def _text(lines: Sequence[str]) -> bytes:
    drawn = [f"BT /F1 12 Tf {_LINE} TL {_LEFT} {_TOP} Td"]
    for line in lines:
        safe = line.replace("\\", r"\\").replace("(", r"\(").replace(")", r"\)")
        drawn.append(f"({safe}) Tj T*")
    return " ".join([*drawn, "ET"]).encode("latin-1", "replace")


def table(rows: Sequence[Sequence[str]]) -> bytes:
    """Return a CSV file."""
    return "\n".join(",".join(row) for row in rows).encode() + b"\n"
