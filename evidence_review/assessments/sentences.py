"""Lists of names inside sentences."""

from collections.abc import Sequence


def listed(names: Sequence[str], at_most: int = 0) -> str:
    """Return names as a sentence lists them: "a, b and c", or "a, b and 4 more"."""
    named = list(names)
    if at_most and len(named) > at_most:
        named = [*named[:at_most], f"{len(named) - at_most} more"]
    return " and ".join([", ".join(named[:-1]), named[-1]]) if len(named) > 1 else "".join(named)
