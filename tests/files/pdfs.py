"""PDF files: clean ones, and one for every kind of active content."""

import io
import zlib
from collections.abc import Callable

import pikepdf
from pikepdf import Array, Dictionary, Name, Pdf, String

EICAR = rb"X5O!P%@AP[4\PZX54(P^)7CC)7}$" + b"EICAR-STANDARD-ANTIVIRUS-TEST-FILE!$H+H*"
Change = Callable[[Pdf], None]


def pdf(change: Change | None = None, *, pages: int = 1, **saved: object) -> bytes:
    """A PDF of empty pages after ``change`` had its way; ``saved`` goes to pikepdf's save."""
    with pikepdf.new() as made:
        for _ in range(pages):
            made.add_blank_page(page_size=(595, 842))
        if change:
            change(made)
        written = io.BytesIO()
        made.save(written, deterministic_id="encryption" not in saved, **saved)  # type: ignore[arg-type]  # passed on as they are
    return written.getvalue()


def pdf_with_password(user: str = "open", owner: str = "own") -> bytes:
    """A PDF that cannot be opened without a password."""
    return pdf(encryption=pikepdf.Encryption(user=user, owner=owner))


def pdf_with_limits() -> bytes:
    """A PDF that opens without a password but has one that limits what may be done with it."""
    return pdf_with_password(user="", owner="own")


def action(kind: str, **more: bytes | Dictionary) -> Dictionary:
    """An action dictionary of a kind, such as "JavaScript"."""
    made = Dictionary(S=Name("/" + kind))
    for key, value in more.items():
        made["/" + key] = value
    return made


def opens_with(found: Dictionary | Array) -> Change:
    """Run an action, or go to a place, when the file opens."""

    def change(made: Pdf) -> None:
        made.Root.OpenAction = found

    return change


def opens_at_page(made: Pdf) -> None:
    """Go to the first page when the file opens, as most office programs write it."""
    made.Root.OpenAction = Array([made.pages[0].obj, Name.Fit])


def annotated(kind: str, found: Dictionary | None = None) -> Change:
    """Put an annotation of a kind on the first page, with an action if one is given."""

    def change(made: Pdf) -> None:
        annotation = Dictionary(Subtype=Name("/" + kind))
        if found is not None:
            annotation.A = found
        annotation.Type = Name.Annot
        annotation.Rect = Array([0, 0, 9, 9])
        made.pages[0].Annots = Array([made.make_indirect(annotation)])

    return change


def linked(found: Dictionary) -> Change:
    """A link on the first page that does something when it is followed."""
    return annotated("Link", found)


def with_attachment(made: Pdf) -> None:
    """EICAR attached the usual way; ClamAV does not see it there."""
    made.attachments["eicar.com"] = EICAR


def with_xfa(made: Pdf) -> None:
    """An XFA form."""
    made.Root.AcroForm = Dictionary(XFA=made.make_stream(b"<xdp/>"), Fields=Array())


def with_named_script(made: Pdf) -> None:
    """A script in the catalogue's name tree."""
    tree = Dictionary(Names=Array([String("a"), action("JavaScript", JS=b"1")]))
    made.Root.Names = Dictionary(JavaScript=made.make_indirect(tree))


def with_empty_trees(made: Pdf) -> None:
    """Name trees that hold nothing, as some programs leave them."""
    made.Root.Names = Dictionary(
        JavaScript=Dictionary(Names=Array()), EmbeddedFiles=Dictionary(Names=Array())
    )


def page_runs(found: Dictionary) -> Change:
    """Run an action when the first page is shown."""

    def change(made: Pdf) -> None:
        made.pages[0].AA = Dictionary(O=found)

    return change


def chained(*kinds: Dictionary) -> Dictionary:
    """Actions that follow one another."""
    first, *rest = kinds
    if rest:
        first.Next = chained(*rest)
    return first


def external_stream(made: Pdf) -> None:
    """A stream whose data lies in another file."""
    stream = made.make_stream(b"")
    stream.F = String("//elsewhere/data.bin")
    made.Root.Extra = stream


def written_by_hand(catalogue: bytes = b"", *objects: bytes, end: bytes = b"%%EOF\n") -> bytes:
    """A one-page PDF with raw additions to its catalogue and raw objects from number 4 on."""
    pieces = [
        b"<</Type/Catalog/Pages 2 0 R" + catalogue + b">>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 9 9]/Resources<<>>>>",
        *objects,
    ]
    data = b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n"
    places = []
    for number, piece in enumerate(pieces, start=1):
        places.append(len(data))
        data += b"%d 0 obj\n%s\nendobj\n" % (number, piece)
    start = len(data)
    data += b"xref\n0 %d\n0000000000 65535 f \n" % (len(pieces) + 1)
    data += b"".join(b"%010d 00000 n \n" % place for place in places)
    data += b"trailer\n<</Size %d/Root 1 0 R>>\nstartxref\n%d\n" % (len(pieces) + 1, start)
    return data + end


def in_object_stream(change: Change) -> bytes:
    """A PDF whose objects are packed into compressed streams, where no plain search finds them."""
    return pdf(change, object_stream_mode=pikepdf.ObjectStreamMode.generate)


def bomb() -> bytes:
    """Under 4 KB that unpack to 640 MB when a reader follows its object stream."""
    filters = b"[/FlateDecode/FlateDecode/FlateDecode]"
    data = _thrice_packed()
    stream = b"<</Type/ObjStm/N 1/First 4/Filter%s/Length %d>>stream\n%s\nendstream" % (
        filters,
        len(data),
        data,
    )
    return _with_compressed_catalogue(stream)


def _thrice_packed() -> bytes:
    packer = zlib.compressobj(9)
    once = b"".join(packer.compress(b" " * 1_048_576) for _ in range(640)) + packer.flush()
    return zlib.compress(zlib.compress(once, 9), 9)


def _with_compressed_catalogue(stream: bytes) -> bytes:
    """A PDF whose catalogue (object 1) lies in the object stream (object 2)."""
    data = b"%PDF-1.7\n"
    place = len(data)
    data += b"2 0 obj\n" + stream + b"\nendobj\n"
    start = len(data)
    rows = b"".join(
        bytes([kind]) + place_.to_bytes(4, "big") + bytes([index])
        for kind, place_, index in ((0, 0, 0), (2, 2, 0), (1, place, 0), (1, start, 0))
    )
    data += (
        b"3 0 obj\n<</Type/XRef/Size 4/W[1 4 1]/Root 1 0 R/Length %d>>stream\n%s\nendstream\n"
        b"endobj\nstartxref\n%d\n%%%%EOF\n" % (len(rows), rows, start)
    )
    return data
