"""PINs with which the demo's carers use a shared tablet."""

import os

from home.demo.people import Cast
from portal.shared_devices.actions.choose_pin import choose_pin
from portal.shared_devices.pins import random_pin

_CARERS = ("contributor", "staff", "editor")
_FIXED = "730418"
"""For everybody, where the demo's passwords are fixed, too."""


def give_pins(cast: Cast) -> None:
    """Let each carer choose a PIN; it is written down with their password."""
    for key in _CARERS:
        pin = _FIXED if os.environ.get("PORTAL_DEMO_PASSWORD") else random_pin()
        choose_pin(pin, actor=cast[key])
        cast.pins[key] = pin
