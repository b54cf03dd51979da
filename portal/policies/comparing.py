"""The words of one version of a policy, and what changed from one to another."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from html.parser import HTMLParser
from typing import Any

from wagtail.models import Revision

from portal.chrome.differences import ChangedPart, differences
from portal.policies.models import PolicyPage, PolicyVersion

_BLOCKS = frozenset({"p", "li", "ul", "ol", "br", "hr", "h2", "h3", "h4", "h5", "h6", "blockquote"})


def changes_between(older: PolicyVersion, newer: PolicyVersion) -> list[ChangedPart]:
    """Return what readers see differently in the newer version; nothing when no word changed."""
    return differences(paragraphs_of(older), paragraphs_of(newer))


def changes_to(older: PolicyVersion, revision: Revision) -> list[ChangedPart]:
    """Return what readers would see differently if a revision were published after a version."""
    return differences(paragraphs_of(older), paragraphs_of_revision(revision))


def paragraphs_of(version: PolicyVersion) -> list[str]:
    """Return the words of a version, in order: title, summary, then each paragraph of its text."""
    return paragraphs_of_revision(version.revision)


def paragraphs_of_revision(revision: Revision) -> list[str]:
    """Return the same of any revision of a policy: a draft, or what waits for a decision."""
    content = revision.content
    body = PolicyPage._meta.get_field("body").to_python(content["body"])
    return [part for part in (content["title"], content["summary"]) if part] + paragraphs_of_body(
        body
    )


def paragraphs_of_body(body: Iterable[Any]) -> list[str]:
    """Return the words of a policy's blocks, paragraph by paragraph."""
    return [part for block in body for part in _WORDS[block.block_type](block.value) if part]


def _one(value: object) -> list[str]:
    return [str(value)]


def _each(values: Any) -> list[str]:
    return [str(value) for value in values]


def _rich(value: Any) -> list[str]:
    reader = _Paragraphs()
    reader.feed(value.source)
    reader.close()
    return list(reader.paragraphs())


def _table(table: Any) -> list[str]:
    rows = [[column["heading"] for column in table.columns]]
    rows += [[str(cell or "") for cell in row["values"]] for row in table.row_data]
    return [table.caption, *(" | ".join(row) for row in rows)]


def _callout(value: Mapping[str, Any]) -> list[str]:
    return [value["heading"], *_rich(value["text"])]


def _download(value: Mapping[str, Any]) -> list[str]:
    return [f"{value['label']} (file {value['sha256'][:8]})"]


_WORDS: dict[str, Callable[[Any], list[str]]] = {
    "heading": _one,
    "paragraph": _rich,
    "points": _each,
    "steps": _each,
    "table": _table,
    "callout": _callout,
    "download": _download,
}


class _Paragraphs(HTMLParser):
    """Cuts rich text at its paragraphs. The address of a link stands after its words."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self._parts: list[list[str]] = [[]]
        self._targets: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Begin a paragraph, or note where a link leads."""
        if tag in _BLOCKS:
            self._parts.append([])
        elif tag == "a":
            named = dict(attrs)
            self._targets.append(named.get("href") or f"page {named.get('id')}")

    def handle_endtag(self, tag: str) -> None:
        """End a paragraph, or say where the link led."""
        if tag in _BLOCKS:
            self._parts.append([])
        elif tag == "a" and self._targets:
            self._parts[-1].append(f" ({self._targets.pop()})")

    def handle_data(self, data: str) -> None:
        """Keep the words."""
        self._parts[-1].append(data)

    def paragraphs(self) -> Iterator[str]:
        """Give the paragraphs that hold any word."""
        texts = ("".join(parts).strip() for parts in self._parts)
        return (text for text in texts if text)
