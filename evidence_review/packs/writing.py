"""A pack as one stream of bytes. The same pack gives the same bytes, today and tomorrow.

Memory does not grow with the files: they are copied from the store piece by piece.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from hashlib import sha256 as new_sha256
from typing import BinaryIO

from evidence_review.evidence.storage import BytesMissing, byte_store
from evidence_review.inspection.past import EvidenceThen
from evidence_review.packs.carried import NAMES, verifier
from evidence_review.packs.contents import Contents, contents_of
from evidence_review.packs.manifest import ListedFile, manifest_bytes
from evidence_review.packs.models import Pack
from evidence_review.packs.problems import changed_since, what_is_wrong_with
from evidence_review.packs.proofs import origin, record_members
from evidence_review.packs.report import report_of
from evidence_review.packs.report_page import index_html
from evidence_review.packs.report_pdf import report_pdf
from evidence_review.packs.zipping import BytesDiffer, SteadyZip
from portal.record.moments import Moment

Wrote = Callable[[int], None]


def nobody_asks(count: int) -> None:
    """Take how many bytes were written, for those who do not show it."""


@dataclass(frozen=True)
class Draft:
    """A pack but for its evidence files and proofs: what its manifest binds."""

    contents: Contents
    index: bytes
    report: bytes
    manifest: bytes

    @property
    def manifest_sha256(self) -> str:
        """The hash that the record keeps."""
        return new_sha256(self.manifest).hexdigest()


def draft_of(contents: Contents) -> Draft:
    """Write the report and the manifest of some contents. Raises ``NoKeyYet``."""
    report = report_of(contents)
    page, pdf = index_html(report), report_pdf(report, contents.moment.at)
    files = [
        _listed("index.html", page),
        _listed("report.pdf", pdf),
        *(ListedFile(path, one.size, one.sha256) for path, one in _files(contents)),
        *(_listed(name, verifier(name)) for name in NAMES),
    ]
    return Draft(contents, page, pdf, manifest_bytes(contents, origin(), files))


def settled_draft(pack: Pack) -> Draft:
    """Write again what a pack's manifest bound.

    Raises:
        PackProblem: what there is now is not what was settled then.
    """
    if pack.as_at_size is None or pack.as_at_time is None:
        raise ValueError("this pack was never settled")
    draft = draft_of(contents_of(pack, Moment(pack.as_at_size, pack.as_at_time)))
    if draft.manifest_sha256 != pack.manifest_sha256:
        raise changed_since(pack)
    return draft


def write_pack(
    pack: Pack, out: BinaryIO, *, draft: Draft | None = None, wrote: Wrote = nobody_asks
) -> None:
    """Write the ZIP of a settled and sealed pack to ``out``, which must be able to seek.

    ``wrote`` is told of every piece of a file as it is written.

    Raises:
        PackProblem: the pack cannot be made; the sentence says why. What was written is no pack.
    """
    if pack.seal is None:
        raise ValueError("a pack is written when its seal is known")
    draft = draft or settled_draft(pack)
    with SteadyZip(out) as archive:
        archive.add("index.html", draft.index)
        archive.add("report.pdf", draft.report)
        for path, one in _files(draft.contents):
            _copy(archive, path, one, wrote)
        for name in NAMES:
            archive.add(name, verifier(name))
        archive.add("manifest.json", draft.manifest)
        for path, content in record_members(pack, draft.contents, pack.seal):
            archive.add(path, content)


def _files(contents: Contents) -> Iterator[tuple[str, EvidenceThen]]:
    """Give each evidence that has a file in the pack, with its path, in the pack's order."""
    for one in contents.evidence:
        if one.ref in contents.paths:
            yield contents.paths[one.ref], one


def _listed(path: str, content: bytes) -> ListedFile:
    return ListedFile(path, len(content), new_sha256(content).hexdigest())


def _copy(archive: SteadyZip, path: str, one: EvidenceThen, wrote: Wrote) -> None:
    try:
        with byte_store().open(one.sha256) as source:
            archive.copy(path, source, size=one.size, sha256=one.sha256, wrote=wrote)
    except (BytesMissing, BytesDiffer) as error:
        raise what_is_wrong_with(one) from error
