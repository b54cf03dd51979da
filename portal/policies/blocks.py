"""The building blocks of a policy's text. Kept few, so that every policy reads alike."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from django.core.exceptions import ValidationError
from wagtail import blocks
from wagtail.blocks.struct_block import StructBlockValidationError
from wagtail.contrib.typed_table_block.blocks import TypedTableBlock

from portal.policies.downloads import DownloadBlock

TEXT_FEATURES = ["bold", "italic", "link", "ol", "ul"]
"""What the rich text editor offers: no headings, because headings are blocks of their own."""


class CalloutBlock(blocks.StructBlock):
    """A short piece of text that must not be missed."""

    heading = blocks.CharBlock(max_length=120)
    text = blocks.RichTextBlock(features=TEXT_FEATURES)

    class Meta:
        """How the block looks to editors, and its template."""

        icon = "warning"
        label = "Callout"
        template = "policies/blocks/callout.html"


class PolicyBody(blocks.StreamBlock):
    """The text of a policy."""

    heading = blocks.CharBlock(max_length=120, icon="title")
    paragraph = blocks.RichTextBlock(
        features=TEXT_FEATURES, icon="pilcrow", template="policies/blocks/paragraph.html"
    )
    points = blocks.ListBlock(
        blocks.CharBlock(max_length=500),
        icon="list-ul",
        label="List of things to do",
        template="policies/blocks/points.html",
    )
    steps = blocks.ListBlock(
        blocks.CharBlock(max_length=500),
        icon="list-ol",
        label="Steps, one after the other",
        template="policies/blocks/steps.html",
    )
    table = TypedTableBlock(
        [("text", blocks.CharBlock(max_length=500, required=False))],
        icon="table",
        template="policies/blocks/table.html",
    )
    callout = CalloutBlock()
    download = DownloadBlock()


class QuizAnswerBlock(blocks.StructBlock):
    """One answer that a question offers."""

    text = blocks.CharBlock(max_length=200)
    is_right = blocks.BooleanBlock(required=False, label="This answer is right")


class QuizQuestionBlock(blocks.StructBlock):
    """A question about a policy, with the answers it offers and why the right one is right."""

    question = blocks.CharBlock(max_length=250)
    answers = blocks.ListBlock(QuizAnswerBlock(), min_num=2, max_num=6)
    why = blocks.CharBlock(
        max_length=300, required=False, help_text="Shown after answering: why this is right."
    )

    class Meta:
        """How the block looks to editors."""

        icon = "help"
        label = "Question"

    def clean(self, value: Any) -> Any:
        """Exactly one answer is right: readers choose one.

        Raises:
            StructBlockValidationError: when it is another number.
        """
        cleaned = super().clean(value)
        if sum(bool(answer["is_right"]) for answer in cleaned["answers"]) != 1:
            raise StructBlockValidationError(
                non_block_errors=[ValidationError("Mark exactly one answer as right.")]
            )
        return cleaned


class Quiz(blocks.StreamBlock):
    """The questions that may follow a policy; none is no quiz."""

    question = QuizQuestionBlock()

    class Meta:
        """A quiz is short."""

        max_num = 10
        required = False


@dataclass
class Section:
    """A heading with the blocks under it; the text before the first heading has none."""

    anchor: str
    heading: str
    blocks: list[Any] = field(default_factory=list)


def sections_of(body: Iterable[Any]) -> list[Section]:
    """Cut a policy's body into its sections, each with an id that is unique on the page."""
    sections = [Section("part-0", "")]
    for block in body:
        if block.block_type == "heading":
            sections.append(Section(f"part-{len(sections)}", str(block.value)))
        else:
            sections[-1].blocks.append(block)
    return sections if sections[0].blocks else sections[1:]


def plain_text_of(body: Any) -> str:
    """Return the words of a policy's body, in order, without mark-up, each part a sentence."""
    parts = (part.strip() for part in body.stream_block.get_searchable_content(body))
    return " ".join(part if part[-1] in ".!?:;" else f"{part}." for part in parts if part)
