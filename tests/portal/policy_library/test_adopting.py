"""Making a draft of a starter, and hearing of a newer text."""

from collections.abc import Callable

import pytest
from django.db import DatabaseError, connection, transaction
from pytest_django import Settings

from portal.frameworks.actions.load_catalogue import load_catalogue
from portal.people.answers import NotPermitted
from portal.people.models import User
from portal.people.roles import Role
from portal.policies.models import PolicyPage
from portal.policy_library.actions.adopt_starter import (
    AlreadyAdopted,
    NoPoliciesPage,
    NoSuchStarter,
    adopt_starter,
)
from portal.policy_library.actions.take_over import NotTheNewestText, take_over
from portal.policy_library.models import Adoption
from portal.policy_library.queries import shelved, what_is_new
from portal.policy_library.standing import Shelved, Standing
from portal.record.actors import SETUP
from portal.record.queries import events_about
from tests.factories import OrganisationFactory, PersonFactory, SiteFactory
from tests.portal.policies.making import approve, submit

pytestmark = pytest.mark.django_db


def shelf(code: str = "passwords") -> Shelved:
    found = shelved(code)
    assert found is not None
    return found


def test_adopting_makes_a_draft_that_nobody_submitted(editor: User) -> None:
    load_catalogue(actor=SETUP)

    page = adopt_starter("passwords", actor=editor)

    kept = PolicyPage.objects.get(pk=page.pk)
    assert not kept.live
    assert not kept.workflow_in_progress
    draft = kept.get_latest_revision_as_object()
    assert draft.body[0].value == "Why this matters"
    assert draft.policy_owner == editor
    assert draft.review_months == 12
    assert draft.asks_to_confirm
    assert len(draft.quiz) == 3
    assert "dspt-v8:4.5.4" in {requirement.code for requirement in draft.supports.all()}
    assert kept.slug == "passwords-and-access"
    [event] = events_about("policy", str(page.pk))
    assert event.verb == "policy.adopted"
    assert b'"starter":"passwords"' in event.body


def test_what_a_starter_is_for_reaches_the_draft(editor: User) -> None:
    page = adopt_starter("administrator-agreement", actor=editor)
    draft = PolicyPage.objects.get(pk=page.pk).get_latest_revision_as_object()
    assert draft.for_roles == ["ig_lead", "portal_admin"]


def test_what_the_portal_knows_is_put_in_and_the_rest_stands_in_brackets(editor: User) -> None:
    organisation = OrganisationFactory.create(
        name="Care & <Kin> {sites}", ico_number="ZA1", ods_code="A1B2"
    )
    for name in ("Elm House", "Oak House"):
        SiteFactory.create(organisation=organisation, name=name)

    page = adopt_starter("privacy-notice", actor=editor)

    text = page.plain_text
    assert "We are Care & <Kin> {sites}, and we give care at Elm House and Oak House." in text
    assert "number ZA1" in text
    assert "[name of your Caldicott Guardian]" in text
    html = next(block.value.source for block in page.body if block.block_type == "paragraph")
    assert "Care &amp; &lt;Kin&gt;" in html


def test_rooms_above_say_who_is_who(editor: User, settings: Settings) -> None:
    settings.POLICY_FACTS = [f"{__name__}.made_up_facts"]
    page = adopt_starter("data-breach", actor=editor)
    assert "Olive Ray (demo), Director" in page.plain_text
    adoption = Adoption.objects.get()
    assert adoption.facts["senior_responsible"] == "Olive Ray (demo), Director"
    assert "nonsense" not in adoption.facts


def made_up_facts() -> dict[str, str]:
    return {"senior_responsible": "Olive Ray (demo), Director", "nonsense": "x", "ig_lead": " "}


def test_the_second_adoption_names_the_first_and_needs_to_be_meant(editor: User) -> None:
    first = adopt_starter("passwords", actor=editor)
    with pytest.raises(AlreadyAdopted, match="Passwords and access") as refused:
        adopt_starter("passwords", actor=editor)
    assert refused.value.pages == [first]
    second = adopt_starter("passwords", actor=editor, another_copy=True)
    assert second.slug != first.slug
    assert len(shelf().made) == 2


def test_a_draft_that_was_thrown_away_may_be_adopted_again(editor: User) -> None:
    adopt_starter("passwords", actor=editor).delete()
    assert shelf().standing == Standing.NOT_ADOPTED
    adopt_starter("passwords", actor=editor)
    assert Adoption.objects.count() == 2


@pytest.mark.parametrize("role", [Role.STAFF, Role.CONTRIBUTOR, Role.PORTAL_ADMIN])
def test_those_who_do_not_write_policies_cannot_adopt(editor: User, role: Role) -> None:
    with pytest.raises(NotPermitted):
        adopt_starter("passwords", actor=PersonFactory.create(role=role))
    assert not Adoption.objects.exists()


def test_what_is_not_there_cannot_be_adopted(editor: User) -> None:
    with pytest.raises(NoSuchStarter):
        adopt_starter("../passwords", actor=editor)


def test_before_the_policies_are_set_up_nothing_is_adopted() -> None:
    with pytest.raises(NoPoliciesPage):
        adopt_starter("passwords", actor=PersonFactory.create(role=Role.EDITOR))


def test_whoever_adopted_and_owns_a_policy_cannot_approve_it(editor: User) -> None:
    page = adopt_starter("passwords", actor=editor)
    waiting = submit(page, by=editor)
    with pytest.raises(NotPermitted, match="You own, wrote or submitted"):
        approve(waiting, by=editor)
    assert shelf().standing == Standing.DRAFT
    approve(waiting, by=PersonFactory.create(role=Role.IG_LEAD))
    assert shelf().standing == Standing.PUBLISHED
    PolicyPage.objects.get(pk=page.pk).unpublish()
    assert shelf().label == "Withdrawn"


def test_a_newer_starter_text_shows_what_changed_and_only_that(
    editor: User, second_version: Callable[[], None]
) -> None:
    adopt_starter("passwords", actor=editor)
    OrganisationFactory.create(name="Another name since")
    second_version()

    one = shelf()

    assert one.standing == Standing.NEWER_TEXT
    assert one.starter.changes_since(1) == ["A PIN is longer now."]
    parts = what_is_new(one.made[0].adoption, one.starter)
    changed = [part for part in parts if part.is_changed]
    assert len(changed) == 1
    said = " ".join(piece.text for piece in changed[0].pieces if piece.kind == "added")
    assert "of six digits." in said


def test_taking_over_is_kept_and_quietens_the_library(
    editor: User, second_version: Callable[[], None]
) -> None:
    page = adopt_starter("passwords", actor=editor)
    second_version()
    adoption = Adoption.objects.get()

    with pytest.raises(NotTheNewestText, match="changed since"):
        take_over(adoption, actor=editor, version_seen=1)
    take_over(adoption, actor=editor, version_seen=2)

    assert shelf().standing == Standing.DRAFT
    assert shelf().made[0].stands_on == 2
    with pytest.raises(NotTheNewestText, match="already"):
        take_over(adoption, actor=editor, version_seen=2)
    _, event = events_about("policy", str(page.pk)).order_by("seq")
    assert (event.before, event.after) == ("starter-1", "starter-2")


def test_only_those_who_write_may_take_over(
    editor: User, second_version: Callable[[], None]
) -> None:
    adopt_starter("passwords", actor=editor)
    second_version()
    with pytest.raises(NotPermitted):
        take_over(
            Adoption.objects.get(), actor=PersonFactory.create(role=Role.STAFF), version_seen=2
        )


@pytest.mark.parametrize("said", ["UPDATE {} SET starter_version = 9", "DELETE FROM {}"])
@pytest.mark.parametrize("table", ["policy_library_adoption", "policy_library_takenover"])
def test_the_database_refuses_to_rewrite_what_was_adopted(
    editor: User, second_version: Callable[[], None], table: str, said: str
) -> None:
    adopt_starter("passwords", actor=editor)
    second_version()
    take_over(Adoption.objects.get(), actor=editor, version_seen=2)
    with (
        pytest.raises(DatabaseError, match="refused"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(said.format(table))
