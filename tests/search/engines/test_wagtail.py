"""The search handed to Wagtail's backend by a setting; its database backend stands in."""

import pytest
from django.core.management import call_command
from django.test import Client
from pytest_django import Settings

from portal.people.models import User
from portal.people.roles import Role
from portal.policies.models import PolicyPage
from search.actions.rebuild import empty, rebuild
from tests.factories import EvidenceFactory, PersonFactory, SiteFactory, VersionFactory

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def wagtails(settings: Settings) -> None:
    settings.SEARCH_ENGINE = "search.engines.wagtail"


def found(person: User, **asked: str) -> str:
    client = Client()
    client.force_login(person)
    answer = client.get("/search/", asked)
    assert answer.status_code == 200
    return answer.content.decode()


def test_policies_and_evidence_are_found_by_those_who_may_see_them(
    phones: PolicyPage, approver: User
) -> None:
    version = VersionFactory.create(
        evidence=EvidenceFactory.create(title="Photograph of the fire door"), approved=True
    )
    rebuild()
    carer = PersonFactory.create(role=Role.CONTRIBUTOR, site=SiteFactory.create())

    assert "2 found" in found(approver, q="photograph")
    assert "1 found" in found(approver, q="photograph", kind="evidence")
    # The policy holds at every site, so at this one, too.
    assert "2 found" in found(approver, q="photograph", site=version.evidence.site.public_id)
    assert "1 found" in found(carer, q="photograph")
    assert "Nothing found" in found(carer, q="fire door")


def test_an_index_that_was_filled_before_the_switch_is_handed_over(
    phones: PolicyPage, approver: User, settings: Settings
) -> None:
    settings.SEARCH_ENGINE = "search.engines.database"
    empty()
    rebuild()
    settings.SEARCH_ENGINE = "search.engines.wagtail"
    assert "Nothing found" in found(approver, q="photograph")

    call_command("update_index", verbosity=0)

    assert "1 found" in found(approver, q="photograph")


def test_no_question_breaks_it_and_titles_are_suggested(phones: PolicyPage, approver: User) -> None:
    for typed in ('"', "\x00", "a AND", "x" * 10_000, "🔥", "phone " * 500):
        found(approver, q=typed)
    client = Client()
    client.force_login(approver)

    suggested = client.get("/search/suggest/", {"q": "using yo"}).json()["suggestions"]

    assert [one["title"] for one in suggested] == ["Using your own phone"]
