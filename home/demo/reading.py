"""Who of the demo's people has read what: some confirm a policy when it is new."""

from home.demo.people import Cast
from portal.policies.models import PolicyPage
from portal.reading.actions.acknowledge import acknowledge
from portal.reading.models import How
from portal.reading.permissions import user_can_confirm

_READ_AT_ONCE = ("contributor", "registered_manager")


def read_when_new(page: PolicyPage, cast: Cast) -> None:
    """Let two people confirm the first version; what changes later they have yet to read."""
    live = PolicyPage.objects.select_related("in_force__version").get(pk=page.pk)
    read = live.in_force.version
    for key in _READ_AT_ONCE:
        person = cast[key]
        if read.asks_to_confirm and not live.quiz and user_can_confirm(person, live):
            acknowledge(read, actor=person, how=How.OWN)
