"""The words of a version, and what changed from one version to the next."""

from typing import Any

import pytest

from portal.people.models import User
from portal.policies.blocks import PolicyBody
from portal.policies.comparing import _WORDS, changes_between, paragraphs_of
from portal.policies.models import PolicyPage
from tests.portal.policies.making import published, published_again, save_draft

pytestmark = pytest.mark.django_db

TABLE = {
    "caption": "Who to call",
    "columns": [{"type": "text", "heading": "When"}, {"type": "text", "heading": "Whom"}],
    "rows": [{"values": ["By day", "The manager"]}, {"values": ["By night", None]}],
}
EVERYTHING: list[tuple[str, Any]] = [
    ("heading", "Why"),
    ("paragraph", '<p>One &amp; <b>two</b>.</p><ul><li>Read <a href="/a/">this</a></li></ul>'),
    ("points", ["First.", "Second."]),
    ("steps", ["Begin.", "End."]),
    ("download", {"label": "The form", "version": "abc", "sha256": "0123456789abcdef"}),
    ("callout", {"heading": "Mind", "text": "<p>The gap.</p><p>The step.</p>"}),
]


def body_with_everything() -> Any:
    block = PolicyPage._meta.get_field("body").stream_block
    table = block.child_blocks["table"].to_python(TABLE)
    return [*EVERYTHING, ("table", table)]


def test_every_kind_of_block_has_its_words() -> None:
    assert set(_WORDS) == set(PolicyBody().child_blocks)


def test_the_words_of_a_version_come_in_the_order_people_read_them(
    editor: User, other_editor: User
) -> None:
    page = published(
        "Phones",
        author=editor,
        approver=other_editor,
        summary="Short.",
        body=body_with_everything(),
    )

    assert paragraphs_of(page.versions.get()) == [
        "Phones",
        "Short.",
        "Why",
        "One & two.",
        "Read this (/a/)",
        "First.",
        "Second.",
        "Begin.",
        "End.",
        "The form (file 01234567)",
        "Mind",
        "The gap.",
        "The step.",
        "Who to call",
        "When | Whom",
        "By day | The manager",
        "By night | ",
    ]


def test_what_changed_is_said_word_by_word(editor: User, other_editor: User) -> None:
    page = published("Phones", author=editor, approver=other_editor, summary="Keep it in a locker.")
    published_again(page, author=editor, approver=other_editor, summary="Keep it in a drawer.")
    newer, older = page.versions.all()

    changed = [part for part in changes_between(older, newer) if part.is_changed]

    assert [[(piece.kind.value, piece.text) for piece in part.pieces] for part in changed] == [
        [("same", "Keep it in a"), ("removed", "locker."), ("added", "drawer.")]
    ]


def test_a_link_that_leads_elsewhere_is_a_change(editor: User, other_editor: User) -> None:
    page = published(
        "Phones",
        author=editor,
        approver=other_editor,
        body=[("paragraph", '<p>See <a href="https://one.example/">the form</a>.</p>')],
    )
    published_again(
        page,
        author=editor,
        approver=other_editor,
        body=[("paragraph", '<p>See <a href="https://two.example/">the form</a>.</p>')],
    )
    newer, older = page.versions.all()

    assert any(part.is_changed for part in changes_between(older, newer))


def test_a_version_keeps_its_words_while_the_page_goes_on(editor: User, other_editor: User) -> None:
    page = published("Phones", author=editor, approver=other_editor)
    first = page.versions.get()
    before = paragraphs_of(first)

    page.title = "Telephones"
    save_draft(page, author=editor)

    assert paragraphs_of(first) == before


def test_nothing_changed_between_a_version_and_itself(editor: User, other_editor: User) -> None:
    page = published("Phones", author=editor, approver=other_editor)
    version = page.versions.get()

    assert changes_between(version, version) == []
