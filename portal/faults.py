"""Named places where the fault tests may stop the process, as a power cut would."""

from django.conf import settings
from django.utils.module_loading import import_string


def fault_point(name: str) -> None:
    """Do nothing, unless a fault test has named a hook in ``FAULT_HOOK``; then call it with ``name``."""
    if settings.FAULT_HOOK:
        import_string(settings.FAULT_HOOK)(name)
