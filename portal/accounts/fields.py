"""The kinds of fields that forms about people and places are made of."""

from typing import Any

from django import forms


class OneLine(forms.CharField):
    """Text without line breaks or runs of spaces; says plainly when it is too long."""

    def __init__(self, *, label: str, **kwargs: Any) -> None:
        super().__init__(label=label, **kwargs)
        too_long = f"{label} must be %(limit_value)d characters or fewer"
        self.error_messages.setdefault("max_length", too_long)

    def to_python(self, value: Any) -> str:
        """Return the text with every run of white space made one space."""
        return " ".join((super().to_python(value) or "").split())


class Code(OneLine):
    """A code as authorities write it: in capitals, whatever spaces it was typed with."""

    def to_python(self, value: Any) -> str:
        """Return the code without spaces, in capitals."""
        return super().to_python(value).replace(" ", "").upper()
