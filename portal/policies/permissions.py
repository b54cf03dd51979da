"""Who may read, write, decide on and withdraw policies."""

from collections.abc import Callable

from django.conf import settings
from django.utils.module_loading import import_string
from wagtail.models import Page, TaskState

from portal.people.answers import Allowed, Answer, Denied
from portal.people.models import User
from portal.people.queries import holds_everywhere, roles_anywhere
from portal.people.roles import Role
from portal.policies.audience import MANAGERS, SEES_EVERYTHING, rows_for
from portal.policies.hands import hands_in
from portal.record.actors import Actor, SystemActor

POLICY_WRITERS = frozenset({Role.EDITOR, Role.IG_LEAD})


def user_can_read_policies(person: User) -> Answer:
    """Whether the person may read the current policies: everyone who works here may."""
    if person.is_authenticated and person.is_active:
        return Allowed()
    return Denied("Sign in to read the policies.")


def user_can_read_policy(person: User, page: Page) -> Answer:
    """Whether the person may read one policy in force: those it is for, and who answers for it."""
    signed_in = user_can_read_policies(person)
    if isinstance(signed_in, Denied):
        return signed_in
    if page.audience.filter(rows_for(person)).exists():
        return Allowed()
    return Denied(
        "This policy is not for your role or your site. If you think you should read it, ask your "
        "manager."
    )


def user_can_read_versions(person: User, page: Page) -> Answer:
    """Whether the person may read what a policy said at any time since it was first published.

    Of a policy in force, whoever may read it; of a withdrawn one, editors and IG leads, the
    managers where it held, and whoever confirmed it (whom ``POLICY_CONFIRMED_BY`` knows).
    """
    readable = user_can_read_policy(person, page)
    if page.live:
        return readable
    if readable and roles_anywhere(person) & (SEES_EVERYTHING | MANAGERS):
        return Allowed()
    confirmed: Callable[[User, Page], bool] = import_string(settings.POLICY_CONFIRMED_BY)
    if person.is_authenticated and person.is_active and confirmed(person, page):
        return Allowed()
    return Denied("This policy was withdrawn. Ask your manager if you need to know what it said.")


def user_can_edit_policies(person: User) -> Answer:
    """Whether the person may write drafts and send them for review."""
    if person.is_active and roles_anywhere(person) & POLICY_WRITERS:
        return Allowed()
    return Denied("Only editors and IG leads may change policies.")


def user_can_withdraw_policies(person: User) -> Answer:
    """Whether the person may take a live policy away from its readers."""
    if person.is_active and Role.IG_LEAD in roles_anywhere(person):
        return Allowed()
    return Denied("Only an IG lead may withdraw a policy.")


def user_can_set_up_policies(actor: Actor) -> Answer:
    """Whether the actor may put the policies page and its approval in place."""
    if isinstance(actor, SystemActor):
        return Allowed()
    if isinstance(actor, User) and holds_everywhere(actor, {Role.PORTAL_ADMIN}):
        return Allowed()
    return Denied("Only a portal administrator may set up the policies page.")


def user_can_decide_on(person: User, state: TaskState) -> Answer:
    """Whether the person may approve or return what waits at one step of the workflow.

    ``state`` is read afresh by the caller. Nobody decides on a policy they own, wrote or submitted,
    and nobody decides on a text that changed after it was submitted.
    """
    writers = user_can_edit_policies(person)
    if isinstance(writers, Denied):
        return writers
    if state.status != TaskState.STATUS_IN_PROGRESS:
        return Denied("Somebody has already decided on this policy.")
    revision = state.revision
    if revision.created_at > state.started_at or not revision.is_latest_revision():
        return Denied("This policy was changed after it was submitted. Submit it again.")
    if person.pk in hands_in(state):
        return Denied("You own, wrote or submitted this policy. Somebody else must decide on it.")
    return Allowed()
