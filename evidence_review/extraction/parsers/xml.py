"""Walking through an XML part of an office file, without entities and without building a tree."""

import mmap
import posixpath
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from xml.parsers import expat

from evidence_review.evidence.gate.limits import Limits
from evidence_review.evidence.gate.parsers.container import Member, read_members
from evidence_review.evidence.gate.parsers.findings import Refused, Work
from evidence_review.evidence.gate.parsers.members import read_whole
from evidence_review.evidence.gate.reasons import Code

Attributes = Mapping[str, str]


def walk(
    data: bytes,
    *,
    start: Callable[[str, Attributes], None],
    end: Callable[[str], None] = lambda _name: None,
    text: Callable[[str], None] = lambda _text: None,
) -> None:
    """Call back for every element by its local name, and for text; attributes by local name too.

    An attribute that names a relationship (``r:id``) keeps its ``r:``. Raises ``Refused`` for XML
    that is broken or declares a type or entity of its own.
    """

    def refuse(*_declaration: object) -> None:
        raise Refused(Code.UNSAFE_XML)

    parser = expat.ParserCreate(namespace_separator=" ")
    parser.buffer_text = True
    parser.StartDoctypeDeclHandler = refuse
    parser.EntityDeclHandler = refuse
    parser.StartElementHandler = lambda name, given: start(
        _local(name), {_attribute(key): value for key, value in given.items()}
    )
    parser.EndElementHandler = lambda name: end(_local(name))
    parser.CharacterDataHandler = text
    try:
        parser.Parse(data, True)
    except expat.ExpatError:
        raise Refused(Code.DAMAGED) from None


def _local(name: str) -> str:
    return name.rpartition(" ")[2]


def _attribute(name: str) -> str:
    space, _, local = name.rpartition(" ")
    return f"r:{local}" if space.endswith("/relationships") else local


class Package:
    """The parts of an office file, by name; read strictly, as the gate does."""

    def __init__(self, data: mmap.mmap, limits: Limits) -> None:
        self._data, self._limits = data, limits
        self._members: dict[str, Member] = {m.name: m for m in read_members(data, limits)}

    def names(self) -> list[str]:
        """Return the names of all parts."""
        return list(self._members)

    def read(self, name: str) -> bytes:
        """Return a part unpacked; nothing when there is none of this name."""
        member = self._members.get(name)
        return read_whole(self._data, member, self._limits) if member else b""

    def main_part(self, content_type: str) -> str:
        """Return the name of the part that declares this content type; "" when none does."""
        found: list[str] = []

        def start(name: str, given: Attributes) -> None:
            if name == "Override" and given.get("ContentType", "").lower() == content_type:
                found.append(given.get("PartName", "").lstrip("/"))

        walk(self.read("[Content_Types].xml") or b"<none/>", start=start)
        return found[0] if found else ""

    def targets(self, part: str) -> dict[str, str]:
        """Return the parts that a part refers to, by the id it uses for them."""
        folder, name = posixpath.split(part)
        found: dict[str, str] = {}

        def start(tag: str, given: Attributes) -> None:
            if tag == "Relationship" and given.get("TargetMode", "Internal") == "Internal":
                target = posixpath.normpath(posixpath.join("/", folder, given.get("Target", "")))
                found[given.get("Id", "")] = target.lstrip("/")

        walk(self.read(f"{folder}/_rels/{name}.rels".lstrip("/")) or b"<none/>", start=start)
        return found


@contextmanager
def opened(work: Work, kind: str) -> Iterator[tuple[Package, str]]:
    """Give the parts of an Office file and the name of its main one, which must be of this kind.

    Raises ``Refused`` when there is no such part.
    """
    with mmap.mmap(work.source.fileno(), 0, access=mmap.ACCESS_READ) as data:
        package = Package(data, work.limits)
        main = package.main_part(kind)
        if not main:
            raise Refused(Code.WRONG_CONTENT)
        yield package, main
