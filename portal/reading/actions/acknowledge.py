"""Confirm that a version of a policy was read."""

from collections.abc import Iterable

from django.db import transaction
from wagtail.models import Page

from portal.people.answers import require
from portal.people.models import User
from portal.policies.models import PolicyPage, PolicyVersion
from portal.reading.models import Acknowledgement, How
from portal.reading.permissions import user_can_confirm, user_can_record_for
from portal.reading.quiz import quiz_is_passed
from portal.reading.stale import QuizNotPassed, replaced
from portal.record.record import record
from portal.record.verbs import Verb


@transaction.atomic
def acknowledge(
    version: PolicyVersion, *, actor: User, how: How, device_ref: str = ""
) -> Acknowledgement:
    """Keep the actor's own confirmation of the version they read, and return it.

    Confirming the same version again returns what was kept the first time. A version that only a
    minor change replaced may still be confirmed.

    Raises:
        NotPermitted: when the policy is not for the actor, or was withdrawn.
        StaleVersion: when a major change was published while the actor was reading.
        QuizNotPassed: when the policy has questions that the actor has not passed.
    """
    page = _locked(version)
    require(user_can_confirm(actor, page))
    if not quiz_is_passed(page, version, actor):
        raise QuizNotPassed("Answer the questions first. Then you can confirm.")
    return _keep(version, actor, actor=actor, how=how, device_ref=device_ref)


@transaction.atomic
def acknowledge_together(
    version: PolicyVersion,
    people: Iterable[User],
    *,
    actor: User,
    sheet_ref: str,
    sheet_sha256: str,
) -> list[Acknowledgement]:
    """Keep that these people read the version together, as a signed sheet shows.

    Returns what is kept of each; whoever had confirmed this version before keeps that confirmation.

    Raises:
        NotPermitted: when the actor may not record one of them; then nothing is kept.
        StaleVersion: when a major change was published meanwhile.
    """
    page = _locked(version)
    require(user_can_confirm(actor, page))
    kept = []
    for person in people:
        require(user_can_record_for(actor, person))
        kept.append(
            _keep(
                version,
                person,
                actor=actor,
                how=How.MEETING,
                recorded_by=actor,
                sheet_ref=sheet_ref,
                sheet_sha256=sheet_sha256,
            )
        )
    return kept


def _locked(version: PolicyVersion) -> PolicyPage:
    """Return the policy, locked so that no publication comes between.

    Raises:
        StaleVersion: when the version's major change is not the one in force.
    """
    Page.objects.select_for_update().get(pk=version.page_id)
    page: PolicyPage = PolicyPage.objects.select_related("in_force__version").get(
        pk=version.page_id
    )
    in_force = page.in_force.version
    if in_force.major != version.major:
        raise replaced(version, in_force)
    return page


def _keep(
    version: PolicyVersion, person: User, *, actor: User, how: How, **named: User | str
) -> Acknowledgement:
    """Keep one confirmation with its event, unless this version was confirmed before."""
    kept, is_new = Acknowledgement.objects.get_or_create(
        person=person,
        version=version,
        defaults={
            "page_id": version.page_id,
            "major": version.major,
            "sha256": version.sha256,
            "how": how,
            **named,
        },
    )
    if is_new:
        record(
            Verb.POLICY_ACKNOWLEDGED,
            version.record_ref,
            actor=actor,
            sha256=version.sha256,
            facts={"person": person.actor_ref, "how": how.value},
            detail={"person": person.actor_label},
        )
    return kept
