"""What a person writes beside what they do to a version."""

from portal.refused import Refused

LONGEST_REASON = 2000


class ReasonNotAccepted(Refused):
    """The reason is missing, too long, or holds what cannot be kept."""


def checked_reason(text: str, *, needed_to: str = "") -> str:
    """Return the reason as it is kept: ends trimmed, one kind of line break.

    ``needed_to`` says what cannot be done without one, such as "return this file"; empty when a
    reason is optional.

    Raises:
        ReasonNotAccepted: it is missing though needed, too long, or holds characters that no
            database keeps.
    """
    reason = text.replace("\r\n", "\n").replace("\r", "\n").strip()
    if "\0" in reason or any("\ud800" <= character <= "\udfff" for character in reason):
        raise ReasonNotAccepted(
            "The reason holds a character that cannot be kept. Type it again instead of pasting it."
        )
    if len(reason) > LONGEST_REASON:
        raise ReasonNotAccepted(
            f"The reason must be {LONGEST_REASON:,} characters or fewer. It has {len(reason):,}."
        )
    if not any(character.isprintable() and not character.isspace() for character in reason):
        reason = ""
    if needed_to and not reason:
        raise ReasonNotAccepted(
            f"Enter a reason to {needed_to}. The person who uploaded it reads it."
        )
    return reason
