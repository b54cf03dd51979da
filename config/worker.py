"""The worker, as ``script/server`` and the container image run it: ``python -m config.worker``.

It is ``manage.py qcluster`` in less memory: what every one of its processes needs is loaded once,
before the first of them is forked. And in less waiting: who has which job need not survive a power
cut, because the jobs would only be given out again, which they are made for. So the commits of that
bookkeeping do not wait for the disk. The jobs' own commits do.
"""

import gc
import os
import re
from typing import Any

import django
from django.core.management import call_command
from django.db import connections
from django.urls import get_resolver
from django.utils.module_loading import autodiscover_modules, import_string


def main() -> None:
    """Load everything, then run the queue until told to stop."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings.production")
    django.setup()
    autodiscover_modules("tasks")
    # A job that sends a mail needs the address of a page, and with it every page's code.
    _ = get_resolver().url_patterns
    _commit("NORMAL")
    import_string("django_q.signals.post_spawn").connect(_commit_as_usual)
    connections.close_all()
    gc.collect()
    # The collector leaves frozen objects alone, so their pages stay shared.
    gc.freeze()
    call_command("qcluster")


def _commit_as_usual(**kwargs: Any) -> None:
    """Let a process that does jobs wait for the disk; it is told so when it starts."""
    _commit("FULL")


def _commit(synchronous: str) -> None:
    """Choose how this process, and those forked from it, commit in SQLite."""
    default = connections["default"]
    if default.vendor == "sqlite":
        options = default.settings_dict["OPTIONS"]
        options["init_command"] = re.sub(
            r"synchronous=\w+", f"synchronous={synchronous}", options["init_command"]
        )
        default.close()


if __name__ == "__main__":
    main()
