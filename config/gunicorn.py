"""The web server, as ``script/server`` and the container image run it."""

import gc
import os
from pathlib import Path
from typing import Any

from django.db import connections
from django.template import engines
from django.urls import get_resolver

bind = f"{os.environ.get('PORTAL_BIND', '127.0.0.1')}:{os.environ.get('PORTAL_PORT', '8000')}"
workers = int(os.environ.get("PORTAL_WEB_WORKERS", "2"))
worker_class = "gthread"
threads = 4
preload_app = True
timeout = 120
graceful_timeout = 20
keepalive = 5
# The addresses of requests can hold an inspector's secret link: they go to no log.
accesslog = None
# Nobody steers a running server here, so there is no door for it.
control_socket_disable = True
# A worker proves that it is alive through a file; on a busy disk that would block.
worker_tmp_dir = "/dev/shm" if Path("/dev/shm").is_dir() else None  # noqa: S108 - gunicorn's own


def when_ready(server: Any) -> None:
    """Load before the fork what the first request would load in every worker on its own.

    What is loaded here is shared between the workers, and nobody's first page waits for it.
    """
    _ = get_resolver().url_patterns
    _ = engines.all()
    connections.close_all()
    gc.collect()
    # The collector leaves frozen objects alone, so their pages stay shared.
    gc.freeze()
