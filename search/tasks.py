"""The worker's side of the search."""

from search.actions.tidy_index import tidy_index


def tidy() -> None:
    """Merge what the changes of the day left behind in the index."""
    tidy_index()
