"""Answer the questions that follow a policy."""

from collections.abc import Sequence

from django.db import transaction
from wagtail.models import Page

from portal.people.answers import require
from portal.people.models import User
from portal.policies.models import PolicyPage, PolicyVersion
from portal.reading.models import QuizTry
from portal.reading.permissions import user_can_confirm
from portal.reading.quiz import marked, questions_of, score_of
from portal.reading.stale import QuizReplaced
from portal.record.record import record
from portal.record.verbs import Verb


@transaction.atomic
def try_quiz(version: PolicyVersion, chosen: Sequence[int], *, actor: User) -> QuizTry:
    """Mark the answers, the place of the chosen one for each question, and keep the try for good.

    Raises:
        NotPermitted: when the policy is not for the actor, or was withdrawn.
        QuizReplaced: when another version is in force, whose questions may be others.
    """
    Page.objects.select_for_update().get(pk=version.page_id)
    page = PolicyPage.objects.select_related("in_force").get(pk=version.page_id)
    require(user_can_confirm(actor, page))
    if page.in_force.version_id != version.pk:
        raise QuizReplaced(
            "A new version of this policy was published while you were answering. Its questions "
            "may be others, so nothing was kept. Read what changed, then answer the new ones."
        )
    kept = QuizTry.objects.create(
        person=actor,
        version=version,
        answers=list(chosen),
        score=score_of(marked(questions_of(page), chosen)),
        needed=page.pass_mark,
    )
    record(
        Verb.POLICY_QUIZ_TRIED,
        version.record_ref,
        actor=actor,
        sha256=version.sha256,
        facts={"person": actor.actor_ref, "score": kept.score, "needed": kept.needed},
    )
    return kept
