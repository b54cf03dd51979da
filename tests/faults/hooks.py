"""What happens at a fault point, inside the process that is to die there."""

import os
import signal
from pathlib import Path


def die_once(name: str) -> None:
    """Kill this process outright where ``FAULT_AT`` says, the first time it gets there."""
    marker = Path(os.environ["FAULT_MARKER"])
    if name == os.environ["FAULT_AT"] and not marker.exists():
        marker.touch()
        os.kill(os.getpid(), signal.SIGKILL)
