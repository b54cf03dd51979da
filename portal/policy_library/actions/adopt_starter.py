"""Make a draft policy of a starter."""

from datetime import date
from typing import Any, ClassVar

from django.db import transaction
from django.utils import timezone
from wagtail.models import Page

from portal.people.answers import require
from portal.people.models import User
from portal.policies.models import PolicyIndexPage, PolicyPage
from portal.policy_library.facts import known_facts
from portal.policy_library.models import Adoption
from portal.policy_library.permissions import user_can_adopt_starters
from portal.policy_library.queries import pages_of, requirements_of
from portal.policy_library.reading import library
from portal.policy_library.starters import Raw, Starter
from portal.record.record import record
from portal.record.verbs import Verb
from portal.refused import Refused


class NoSuchStarter(Refused):
    """The library has no starter with this code."""

    status: ClassVar[int] = 404


class AlreadyAdopted(Refused):
    """A policy was made from this starter before. ``pages`` are the ones that are there."""

    status: ClassVar[int] = 409

    def __init__(self, pages: list[PolicyPage]) -> None:
        super().__init__(
            f"“{pages[0].title}” was made from this starter already. Open it, or make another copy."
        )
        self.pages = pages


class NoPoliciesPage(Refused):
    """The page under which policies stand is not there."""

    status: ClassVar[int] = 409


@transaction.atomic
def adopt_starter(
    code: str, *, actor: User, owner: User | None = None, another_copy: bool = False
) -> PolicyPage:
    """Make a draft of a starter, with today's facts put in. It is neither published nor submitted.

    The owner, who is the actor if nobody is named, cannot approve it later. Requirements that the
    catalogue does not hold are left out.

    Raises:
        NotPermitted: when the actor may not.
        NoSuchStarter: when the library has none with this code.
        AlreadyAdopted: when a policy was made from it and ``another_copy`` was not asked for.
        NoPoliciesPage: before the policies are set up.
    """
    index = PolicyIndexPage.objects.first()
    if index is None:
        raise NoPoliciesPage(
            "There is no policies page yet. Ask your portal administrator to set up policies."
        )
    Page.objects.select_for_update().get(pk=index.pk)
    require(user_can_adopt_starters(actor))
    starter = library().get(code)
    if starter is None:
        raise NoSuchStarter("There is no such starter policy. Choose one from the library.")
    made_before = pages_of(code)
    if made_before and not another_copy:
        raise AlreadyAdopted(made_before)
    facts = _facts_for(starter)
    page = _draft(starter, starter.filled(facts), owner or actor)
    index.add_child(instance=page)
    page.save_revision(user=actor)
    _keep(page, starter, facts, actor)
    return page


def _facts_for(starter: Starter) -> dict[str, str]:
    """Return what the portal knows of what this starter asks for."""
    known = known_facts()
    return {fact.code: known[fact.code] for fact in starter.asks_for() if fact.code in known}


def _draft(starter: Starter, text: list[Raw], owner: User) -> PolicyPage:
    page = PolicyPage(
        title=starter.title,
        topic=starter.topic,
        summary=starter.summary,
        policy_owner=owner,
        review_date=_months_on(timezone.localdate(), starter.review_months),
        review_months=starter.review_months,
        for_roles=[role.value for role in starter.for_roles],
        asks_to_confirm=starter.asks_to_confirm,
        change_note="First version, made from the policy library.",
        body=as_stream("body", text),
        quiz=as_stream("quiz", starter.questions()),
        live=False,
    )
    page.supports = requirements_of(starter)
    return page


def as_stream(name: str, blocks: list[Raw]) -> Any:
    """Return blocks as the value of a policy's field ``body`` or ``quiz``."""
    return PolicyPage._meta.get_field(name).stream_block.to_python(blocks)


def _months_on(day: date, months: int) -> date:
    """Return the day that many months later, no later than the 28th: every month has one."""
    years, month = divmod(day.month - 1 + months, 12)
    return date(day.year + years, month + 1, min(day.day, 28))


def _keep(page: PolicyPage, starter: Starter, facts: dict[str, str], actor: User) -> None:
    Adoption.objects.create(
        page=page,
        starter=starter.code,
        starter_version=starter.version,
        text=starter.filled(facts),
        facts=facts,
        by=actor,
        at=timezone.now(),
    )
    record(
        Verb.POLICY_ADOPTED,
        page.record_ref,
        actor=actor,
        after="draft",
        facts={"starter": starter.code, "starter_version": starter.version},
        detail={"title": page.title},
    )
