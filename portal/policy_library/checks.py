"""``manage.py check``: every starter file can be read."""

from collections.abc import Sequence
from typing import Any

from django.core.checks import CheckMessage, Error

from portal.frameworks.catalogue.problems import CatalogueRefused
from portal.policy_library.reading import library


def starters_can_be_read(**kwargs: Any) -> Sequence[CheckMessage]:
    """Name every fault of a starter file, with its line."""
    try:
        library()
    except CatalogueRefused as refused:
        return [Error(str(problem), id="policy_library.E001") for problem in refused.problems]
    return []
