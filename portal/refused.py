"""What every refusal has in common, whatever room it comes from."""

from typing import ClassVar


class Refused(Exception):
    """Something that was asked for is not done.

    ``reason`` is a full sentence fit to show a person: what happened and what to do. ``status`` is
    the HTTP status that says the same to a program.
    """

    status: ClassVar[int] = 400

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason
