"""Choose one's own PIN."""

from http import HTTPStatus

from django.db import transaction
from django.utils import timezone

from portal.people.models import User
from portal.record.record import record
from portal.record.verbs import Verb
from portal.refused import Refused
from portal.shared_devices.actions.forgive import forgive, leave_devices
from portal.shared_devices.models import DeviceSession, Pin
from portal.shared_devices.pins import encoded, fits, is_easy_to_guess, is_pin

TOO_EASY = (
    "That PIN is easy to guess. Choose one that is not a date, a pattern or the same number "
    "again and again."
)
THE_OLD_ONE = "Choose another PIN than the one you were given, so that only you know it."


class BadPin(Refused):
    """The PIN cannot be taken; ``reason`` says why."""

    status = HTTPStatus.UNPROCESSABLE_ENTITY


def choose_pin(pin: str, *, actor: User, session: DeviceSession | None = None) -> Pin:
    """Keep the actor's own choice. Everybody else who is on a device in their name leaves it.

    ``session`` is where the actor chooses it on a shared device; a choice while signed in with
    one's own account unlocks the name everywhere as well.

    Raises:
        BadPin: not six digits, easy to guess, or the one that was handed out.
    """
    if not is_pin(pin):
        raise BadPin("A PIN has 6 digits.")
    if is_easy_to_guess(pin):
        raise BadPin(TOO_EASY)
    now_kept = fits(actor, pin)
    if now_kept is not None and now_kept.must_change:
        raise BadPin(THE_OLD_ONE)
    return _keep(encoded(actor, pin), actor, session)


@transaction.atomic
def _keep(value: str, actor: User, session: DeviceSession | None) -> Pin:
    person = User.objects.select_for_update(no_key=True).get(pk=actor.pk)
    pin, _ = Pin.objects.update_or_create(
        person=person,
        defaults={
            "encoded": value,
            "must_change": False,
            "set_at": timezone.now(),
            "set_by": person,
        },
    )
    if session is None:
        forgive(person)
    leave_devices(person, but=session)
    record(Verb.PIN_SET, person.record_ref, actor=actor)
    return pin
