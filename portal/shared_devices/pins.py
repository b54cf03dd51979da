"""PINs: which are too easy to guess, how one is kept, and how one is compared.

Six digits can all be tried within hours by whoever steals the database. What is hashed is therefore
a digest keyed with the portal's secret, which does not stand in the database.
"""

import secrets
from datetime import datetime

from django.contrib.auth.hashers import check_password, make_password
from django.utils import timezone

from portal.people.models import User
from portal.shared_devices.keys import keyed_digest
from portal.shared_devices.limits import HANDED_OUT_LASTS
from portal.shared_devices.models import Pin

DIGITS = 6
_RUN = "01234567890"
_OFTEN_CHOSEN = (
    "112233 123321 142536 147258 147369 159357 159753 159951 258369 258456 321654 420420 456123 "
    "456321 456852 456987 520520 654123 696969 741852 753159 789456 789654 852456 963852 "
    "987321 123654 123789 147852 007007"
)
_SPACING = str.maketrans("", "", " -\u00a0\u2009\u2011\u2013\t")


def as_typed(text: str) -> str:
    """Return what somebody typed without the spaces and dashes people put between the digits."""
    return text.translate(_SPACING)


def is_pin(text: str) -> bool:
    """Tell whether this is six plain digits."""
    return len(text) == DIGITS and text.isascii() and text.isdigit()


def is_easy_to_guess(pin: str) -> bool:
    """Tell whether a colleague would try this one among the first five."""
    doubled = _RUN + _RUN[1:]
    return (
        len(set(pin)) <= 2
        or pin in doubled
        or pin[::-1] in doubled
        or pin[:3] == pin[3:]
        or pin[:2] == pin[2:4] == pin[4:]
        or pin in _OFTEN_CHOSEN
        or _is_a_day(pin)
    )


def _is_a_day(pin: str) -> bool:
    """Tell whether this reads as a day of birth, as people here write one: 310784."""
    try:
        datetime.strptime(pin, "%d%m%y")  # noqa: DTZ007 - asks whether there is such a day
    except ValueError:
        return False
    return True


def random_pin() -> str:
    """Return a PIN to hand out, never an easy one."""
    while is_easy_to_guess(pin := f"{secrets.randbelow(10**DIGITS):0{DIGITS}d}"):
        pass
    return pin


def encoded(person: User, pin: str) -> str:
    """Return what is kept of a PIN."""
    return make_password(keyed_digest("pin", f"{person.public_id}:{pin}"))


def fits(person: User, pin: str) -> Pin | None:
    """Return the person's PIN if this is it. Takes as long for somebody who has none."""
    kept = Pin.objects.filter(person=person).first()
    if kept is None:
        encoded(person, pin)
        return None
    is_right = check_password(keyed_digest("pin", f"{person.public_id}:{pin}"), kept.encoded)
    return kept if is_right and not _has_lapsed(kept) else None


def _has_lapsed(kept: Pin) -> bool:
    return kept.must_change and timezone.now() > kept.set_at + HANDED_OUT_LASTS
