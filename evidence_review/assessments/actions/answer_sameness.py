"""Answer the four questions of sameness; when one becomes no, the covered sites are let go."""

from dataclasses import dataclass

from django.db import transaction

from evidence_review.assessments.actions.cover_sites import end_coverage, lock_head_office
from evidence_review.assessments.models import Assessment, Coverage
from evidence_review.assessments.permissions import user_can_run_assessment
from evidence_review.assessments.sameness import Answers, answers_of, is_same_everywhere
from portal.people.answers import require
from portal.people.models import User
from portal.record.record import record
from portal.record.verbs import Verb
from portal.refused import Refused


class WouldReleaseSites(Refused):
    """The answers would end what head office says for ``count`` sites; nobody agreed to that."""

    status = 409

    def __init__(self, count: int) -> None:
        self.count = count
        super().__init__(
            f"Head office answers for {count} {'site' if count == 1 else 'sites'}. With these "
            "answers it no longer may. Confirm that you want that."
        )


@dataclass(frozen=True)
class Compared:
    """What came of it: whether an answer changed, and the sites head office no longer covers."""

    is_changed: bool
    released: list[Coverage]


@transaction.atomic
def answer_sameness(
    assessment: Assessment, answers: Answers, *, release: bool = False, actor: User
) -> Compared:
    """Keep the four answers; with ``release`` also when that lets covered sites go.

    Changing nothing writes nothing.

    Raises:
        NotPermitted: the actor may not run this assessment.
        NotHeadOffice: it is a site's own.
        WouldReleaseSites: sites are covered, the four are no longer all yes, and ``release`` is
            not given.
    """
    assessment = lock_head_office(assessment)
    require(user_can_run_assessment(actor, assessment))
    before = answers_of(assessment)
    changed = [name for name, answer in answers.items() if before[name] != answer]
    if not changed:
        return Compared(False, [])
    covered = []
    if not is_same_everywhere(answers):
        covered = list(assessment.coverage.filter(ended_at__isnull=True).select_related("site"))
    if covered and not release:
        raise WouldReleaseSites(len(covered))
    for name in changed:
        setattr(assessment, name, answers[name])
    assessment._history_user = actor
    assessment.save(update_fields=changed)
    record(
        Verb.ASSESSMENT_COMPARED,
        assessment.record_ref,
        actor=actor,
        facts={name: _word(answer) for name, answer in answers.items()},
        detail={"for": assessment.owner_name},
    )
    end_coverage(assessment, covered, actor=actor)
    return Compared(True, covered)


def _word(answer: bool | None) -> str:
    return "not answered" if answer is None else "yes" if answer else "no"
