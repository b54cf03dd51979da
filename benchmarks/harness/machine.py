"""What a figure depends on besides the portal."""

import os
import platform
from importlib.metadata import version
from pathlib import Path

_VERSIONS_OF = ("Django", "wagtail", "gunicorn", "django-q2")


def machine() -> dict[str, int | str]:
    """Return the facts of this machine that a figure depends on."""
    memory_kb = int(Path("/proc/meminfo").read_text().split()[1])
    return {
        "processors": os.cpu_count() or 1,
        "processor": _processor(),
        "memory_mb": memory_kb // 1024,
        "system": platform.platform(terse=True),
    }


def _processor() -> str:
    for line in Path("/proc/cpuinfo").read_text().splitlines():
        if line.startswith("model name"):
            return line.partition(":")[2].strip()
    return platform.machine()


def versions() -> dict[str, str]:
    """Return the versions that a figure depends on."""
    return {"python": platform.python_version()} | {name: version(name) for name in _VERSIONS_OF}
