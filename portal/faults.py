"""Named places where the fault tests may stop the process, as a power cut would."""

from django.conf import settings
from django.utils.module_loading import import_string


def fault_point(name: str) -> None:
    """Call the hook that a fault test named in ``FAULT_HOOK``; otherwise do nothing."""
    if settings.FAULT_HOOK:
        import_string(settings.FAULT_HOOK)(name)
