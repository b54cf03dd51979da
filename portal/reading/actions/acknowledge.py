"""Confirm that a version of a policy was read."""

from collections.abc import Iterable

from django.db import transaction
from wagtail.models import Page

from portal.people.answers import require
from portal.people.models import User
from portal.people.queries import remember_memberships
from portal.policies.models import PolicyPage, PolicyVersion
from portal.reading.actions.count_readers import count_confirmations
from portal.reading.models import Acknowledgement, How
from portal.reading.permissions import user_can_confirm, user_can_record_for
from portal.reading.quiz import quiz_is_passed
from portal.reading.stale import QuizNotPassed, replaced
from portal.record.record import Entry, record_all
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
    kept, is_new = Acknowledgement.objects.get_or_create(
        person=actor,
        version=version,
        defaults={**_of(version), "how": how, "device_ref": device_ref},
    )
    if is_new:
        count_confirmations([kept], page)
        record_all([_entry(kept, version, actor)])
    return kept


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
    However many they are, it takes the same number of statements.

    Raises:
        NotPermitted: when the actor may not record one of them; then nothing is kept.
        StaleVersion: when a major change was published meanwhile.
    """
    page = _locked(version)
    require(user_can_confirm(actor, page))
    present = remember_memberships(people)
    for person in present:
        require(user_can_record_for(actor, person))
    earlier = list(version.acknowledgements.filter(person__in=present))
    have_confirmed = {kept.person_id for kept in earlier}
    sheet = {"sheet_ref": sheet_ref, "sheet_sha256": sheet_sha256, "recorded_by": actor}
    new = [
        Acknowledgement(person=person, version=version, how=How.MEETING, **sheet, **_of(version))
        for person in present
        if person.pk not in have_confirmed
    ]
    if new:
        Acknowledgement.objects.bulk_create(new)
        count_confirmations(new, page)
    # The record's own lock comes last: whoever is being given a role waits for nothing of ours.
    record_all([_entry(kept, version, actor) for kept in new])
    return [*earlier, *new]


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


def _of(version: PolicyVersion) -> dict[str, int | str]:
    """Return what a confirmation says of its version, so that the row speaks for itself."""
    return {"page_id": version.page_id, "major": version.major, "sha256": version.sha256}


def _entry(kept: Acknowledgement, version: PolicyVersion, actor: User) -> Entry:
    return Entry(
        verb=Verb.POLICY_ACKNOWLEDGED,
        obj=version.record_ref,
        actor=actor,
        sha256=version.sha256,
        facts={"person": kept.person.actor_ref, "how": How(kept.how).value},
        detail={"person": kept.person.actor_label},
    )
