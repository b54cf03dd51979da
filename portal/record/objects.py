"""What an event is about."""

from dataclasses import dataclass


@dataclass(frozen=True)
class ObjectRef:
    """One thing the record speaks of, without personal data.

    ``kind`` is the thing's name in lower case (``evidence``, ``site``), ``ref`` its random public
    id or stable code, ``version`` its version number, or 0 where it has none.
    """

    kind: str
    ref: str
    version: int = 0

    def __str__(self) -> str:
        """Return ``kind:ref``, with ``#version`` where there is one."""
        return f"{self.kind}:{self.ref}" + (f"#{self.version}" if self.version else "")
