"""The worker, as ``script/server`` and the container image run it: ``python -m config.worker``.

It is ``manage.py qcluster`` in less memory: what every one of its processes needs is loaded once,
before the first of them is forked.
"""

import gc
import os

import django
from django.core.management import call_command
from django.db import connections
from django.utils.module_loading import autodiscover_modules


def main() -> None:
    """Load everything, then run the queue until told to stop."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings.production")
    django.setup()
    autodiscover_modules("tasks")
    connections.close_all()
    gc.collect()
    # The collector leaves frozen objects alone, so their pages stay shared.
    gc.freeze()
    call_command("qcluster")


if __name__ == "__main__":
    main()
