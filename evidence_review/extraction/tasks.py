"""The worker's side of this room."""


def take_text(sha256: str) -> None:
    """Take the text out of one file."""


def draw_pages(sha256: str) -> None:
    """Draw the pages of one file."""
