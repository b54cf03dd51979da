"""Background work about shared devices."""

from portal.shared_devices.actions.forget_old import forget_old


def forget() -> None:
    """Delete old sessions and wrong tries."""
    forget_old()
