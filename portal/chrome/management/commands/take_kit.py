"""Make our stylesheet from the installed NHS kit: run it after the kit was upgraded."""

from importlib.util import find_spec
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from portal.chrome.kit import neutral_css

STYLESHEET = Path(__file__).resolve().parents[4] / "templates/static/wellkept/nhsuk.css"


def installed_kit() -> Path:
    """Return the compiled stylesheet of the kit that is installed.

    Raises:
        CommandError: when there is none, or more than one.
    """
    package = find_spec("wagtailnhsukfrontend")
    where = Path(package.origin).parent / "static" if package and package.origin else Path()
    found = sorted(where.glob("wagtailnhsukfrontend/css/nhsuk-frontend-*.min.css"))
    if len(found) != 1:
        raise CommandError(f"Expected one stylesheet of the kit, found {len(found)}.")
    return found[0]


class Command(BaseCommand):
    """Writes ``wellkept/nhsuk.css``; the file is committed, so that set-up needs nothing."""

    requires_system_checks = ()
    help = "Make the portal's base stylesheet from the installed NHS kit."

    def handle(self, *args: Any, **options: Any) -> None:
        """Read the kit, cut it down, write it."""
        STYLESHEET.write_text(neutral_css(installed_kit().read_text()))
        self.stdout.write(f"Wrote {STYLESHEET.name}, {STYLESHEET.stat().st_size:,} bytes.")
