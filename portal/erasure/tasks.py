"""The worker's side of this room: erasures of large records go on step by step."""

from portal.erasure.actions.erase_person import erase_next, stuck
from portal.erasure.models import Erasure
from portal.jobs import enqueue


def carry_on(erasure_id: int) -> None:
    """Do the next step. Each step puts the one after it into the queue, in its transaction."""
    erasure = Erasure.objects.select_related("asked_by").get(pk=erasure_id)
    erase_next(erasure_id, actor=erasure.asked_by)


def sweep() -> None:
    """Take up erasures whose job was lost."""
    for erasure_id in stuck():
        enqueue("portal.erasure.tasks.carry_on", erasure_id)
