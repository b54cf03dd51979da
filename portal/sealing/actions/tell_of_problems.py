"""Tell people by e-mail that the record is not sealed, once a problem and not once a look."""

from datetime import datetime, timedelta

from django.db import transaction

from portal.sealing.actions.keep_seal import keep_problem
from portal.sealing.models import Seal, SealProblem
from portal.sealing.notices import send
from portal.sealing.standing import SealState, seal_standing

_SAME_AGAIN = timedelta(days=1)
"""A problem that comes and goes is told of once in this time."""


def tell_of_problems(*, now: datetime) -> int:
    """Send what is to be told; return how many messages went out.

    Also notices that nobody seals: the sealer cannot say so itself. A mail server that takes
    nothing raises; what was not sent is sent the next time.
    """
    if seal_standing(now).state is SealState.LATE:
        last = Seal.objects.first()
        sealed = last.size if last else 0
        keep_problem(
            sealed + 1,
            f"nothing after event {sealed} is sealed",
            now=now,
            kind=SealProblem.Kind.LATE,
        )
    untold = SealProblem.objects.filter(ended_at=None, told_at=None).order_by("pk")
    return sum(_tell(pk, now) for pk in untold.values_list("pk", flat=True))


@transaction.atomic
def _tell(pk: int, now: datetime) -> int:
    """Tell of one problem, unless somebody else does at this moment, or it was told of lately."""
    problem = SealProblem.objects.select_for_update(of=("self",)).get(pk=pk)
    same = SealProblem.objects.filter(sentence=problem.sentence, told_at__gt=now - _SAME_AGAIN)
    if problem.told_at is not None or same.exists():
        return 0
    problem.told_at = now
    problem.save(update_fields=["told_at"])
    return send(problem)
