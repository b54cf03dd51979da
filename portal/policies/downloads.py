"""The files that policies offer: approved evidence of the upper rooms, asked for by a setting.

``POLICY_DOWNLOADS`` names a module with ``choices() -> list[(public id, label)]`` and
``facts(public_ids) -> dict[public id, (name, size in bytes, media type, SHA-256)]``.
"""

from collections.abc import Iterable
from importlib import import_module
from typing import Any

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from wagtail import blocks
from wagtail.blocks.struct_block import StructBlockValidationError

Facts = tuple[str, int, str, str]


def facts_of(public_ids: Iterable[str]) -> dict[str, Facts]:
    """Return (name, size, media type, SHA-256) of each approved version that there is."""
    found: dict[str, Facts] = import_module(settings.POLICY_DOWNLOADS).facts(list(public_ids))
    return found


def _choices() -> list[tuple[str, str]]:
    found: list[tuple[str, str]] = import_module(settings.POLICY_DOWNLOADS).choices()
    return [("", "Choose a file"), *found]


class _VersionField(forms.ChoiceField):
    """One of the newest approved files, or one that was chosen earlier."""

    def valid_value(self, value: Any) -> bool:
        """Accept what is offered, and older files that are approved."""
        return super().valid_value(value) or bool(facts_of([str(value)]))


class ApprovedFileBlock(blocks.FieldBlock):
    """The choice of one approved version, by its public id."""

    def __init__(self, required: bool = True, help_text: str = "", **kwargs: Any) -> None:
        self.field = _VersionField(choices=_choices, required=required, help_text=help_text)
        super().__init__(**kwargs)


class DownloadBlock(blocks.StructBlock):
    """A file to take away, pinned to exactly the bytes that were approved."""

    label = blocks.CharBlock(max_length=120, help_text="What readers click, such as “The form”.")
    version = ApprovedFileBlock(
        help_text="Approved evidence of the kind “Form or leaflet for staff”, newest first."
    )
    sha256 = blocks.CharBlock(required=False, max_length=64, form_classname="w-hidden")

    class Meta:
        """How the block looks to editors, and its template."""

        icon = "download"
        label = "File to download"
        template = "policies/blocks/download.html"

    def clean(self, value: Any) -> Any:
        """Pin the bytes of the chosen version.

        Raises:
            StructBlockValidationError: when it is no approved version any more.
        """
        cleaned = super().clean(value)
        facts = facts_of([cleaned["version"]]).get(cleaned["version"])
        if facts is None:
            raise StructBlockValidationError(
                block_errors={"version": ValidationError("Choose a file that is approved.")}
            )
        cleaned["sha256"] = facts[3]
        return cleaned


def downloads_in(body: Iterable[Any]) -> dict[str, str]:
    """Return the SHA-256 of each version that a policy's text offers, by public id."""
    offered = (block.value for block in body if block.block_type == "download")
    return {value["version"]: value["sha256"] for value in offered}
