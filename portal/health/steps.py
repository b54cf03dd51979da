"""What a new portal still needs, one thing at a time."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Step:
    """One thing to do: what, why, whether it is done, and the link that does it.

    ``url`` is empty for what is done outside the portal; then ``why`` says where.
    """

    title: str
    why: str
    is_done: bool
    action: str = ""
    url: str = ""
