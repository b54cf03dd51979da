"""Jobs of the seal that the worker does; the sealer itself is a process of its own."""

from django.utils import timezone

from portal.sealing.actions.tell_of_problems import tell_of_problems


def watch_seal() -> None:
    """Tell people, once, when the seal is broken or late."""
    tell_of_problems(now=timezone.now())
