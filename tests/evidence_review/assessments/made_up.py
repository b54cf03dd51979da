"""Three made-up editions: the second is the next one, the third leads back to what the first asked.

1.3 and 1.4 are joined in the second and part again in the third; 1.6 is not asked any more.
"""

from pathlib import Path

from portal.frameworks.actions.load_catalogue import load_catalogue
from portal.frameworks.models import Edition
from portal.record.actors import SETUP

DATA = Path(__file__).with_name("data")


def editions() -> list[Edition]:
    """Load the three and return them, oldest first."""
    load_catalogue(sorted(DATA.glob("edition-*.yaml")), actor=SETUP)
    return list(Edition.objects.filter(framework__code="made-up").order_by("position"))
