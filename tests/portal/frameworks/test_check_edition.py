"""Vouching for an edition: who may, once, and what the record says."""

import pytest

from portal.frameworks.actions.check_edition import check_edition
from portal.frameworks.models import Edition
from portal.people.answers import NotPermitted
from portal.people.roles import Role
from portal.record.queries import events_about
from portal.record.verbs import Verb
from tests.factories import PersonFactory, SiteFactory
from tests.portal.frameworks.conftest import Load

pytestmark = pytest.mark.django_db


@pytest.fixture
def edition(load: Load) -> Edition:
    load()
    return Edition.objects.get()


@pytest.mark.parametrize("role", [Role.IG_LEAD, Role.PORTAL_ADMIN])
def test_those_who_answer_for_the_organisation_may_vouch(edition: Edition, role: Role) -> None:
    person = PersonFactory.create(role=role)

    check_edition(edition, actor=person)

    edition.refresh_from_db()
    assert edition.checked_by == person
    assert edition.is_checked
    event = events_about("edition", edition.code).get(verb=Verb.EDITION_CHECKED)
    assert (event.actor_ref, event.after) == (person.actor_ref, "checked")


def test_vouching_twice_keeps_the_first_mark_and_one_event(edition: Edition) -> None:
    first, second = PersonFactory.create(role=Role.IG_LEAD), PersonFactory.create(role=Role.IG_LEAD)
    check_edition(edition, actor=first)

    kept = check_edition(edition, actor=second)

    assert kept.checked_by == first
    assert events_about("edition", edition.code).filter(verb=Verb.EDITION_CHECKED).count() == 1


@pytest.mark.parametrize(
    "role",
    [Role.EDITOR, Role.CONTRIBUTOR, Role.REGISTERED_MANAGER, Role.STAFF, Role.GROUP_MANAGER],
)
def test_others_may_not(edition: Edition, role: Role) -> None:
    with pytest.raises(NotPermitted, match="Only an IG lead"):
        check_edition(edition, actor=PersonFactory.create(role=role))

    assert not Edition.objects.get().is_checked


def test_an_ig_lead_of_one_site_may_not_vouch_for_all(edition: Edition) -> None:
    person = PersonFactory.create(role=Role.IG_LEAD, site=SiteFactory.create())

    with pytest.raises(NotPermitted):
        check_edition(edition, actor=person)


def test_a_superuser_without_a_role_may_not(edition: Edition) -> None:
    with pytest.raises(NotPermitted):
        check_edition(edition, actor=PersonFactory.create(is_superuser=True))
