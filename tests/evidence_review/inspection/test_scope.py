"""What an inspector is shown and given: this and nothing else, on the page and by address."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from evidence_review.evidence.models import EvidenceVersion
from evidence_review.evidence.states import VersionState
from evidence_review.inspection.models import InspectorAccess
from evidence_review.scanning.models import Verdict
from portal.frameworks.models import Requirement
from portal.people.models import Site
from portal.record.models import Event
from tests.evidence_review.inspection.conftest import Enter, GiveAccess, ShowEvidence, page
from tests.factories import (
    EditionFactory,
    RequirementFactory,
    SiteFactory,
    VerdictFactory,
    VersionFactory,
)

pytestmark = pytest.mark.django_db
NOT_APPROVED = [state for state in VersionState if state != VersionState.APPROVED]
VIEWS = ["", "?part=test-edition:WL5", "?view=print", "?part=test-edition:WL5&all=1"]

Seen = Callable[..., bool]


@pytest.fixture
def seen(access: InspectorAccess, enter: Enter) -> Seen:
    """Tell whether a version is on every page it could be on and given out; all must agree."""
    inside: dict[int, Client] = {}

    def look(version: EvidenceVersion, to: InspectorAccess = access) -> bool:
        browser = inside.setdefault(to.pk, Client())
        if not browser.cookies:
            enter(to, browser)
        title = version.evidence.title
        pages = [browser.get(page("summary", to) + view).content.decode() for view in VIEWS]
        answers = {title in content for content in pages}
        assert len(answers) == 1
        on_the_page = answers.pop()
        given = browser.get(page("download", to, version.public_id))
        assert given.status_code == (200 if on_the_page else 404)
        assert not on_the_page or len(b"".join(given)) == version.size
        return on_the_page

    return look


@pytest.fixture
def made(show_evidence: ShowEvidence) -> ShowEvidence:
    """Make evidence with a title nothing else has, whose bytes are really kept."""

    def make(**said: Any) -> EvidenceVersion:
        state = said.pop("state", "approved")
        return show_evidence(title="Fire drill, May", stored=True, **{state: True}, **said)

    return make


def test_approved_evidence_of_the_site_is_shown(made: ShowEvidence, seen: Seen) -> None:
    assert seen(made())


def test_approved_evidence_of_the_whole_organisation_is_shown(
    made: ShowEvidence, seen: Seen
) -> None:
    assert seen(made(site=None))


def test_evidence_of_another_site_is_not_there(
    made: ShowEvidence, seen: Seen, other_site: Site
) -> None:
    assert not seen(made(site=other_site))


@pytest.mark.parametrize("state", NOT_APPROVED)
def test_what_is_not_approved_is_not_there(made: ShowEvidence, seen: Seen, state: str) -> None:
    assert not seen(made(state=state))


def test_an_older_version_is_not_there_once_a_newer_one_is_approved(
    made: ShowEvidence, seen: Seen, access: InspectorAccess, enter: Enter
) -> None:
    older = made(state="superseded")
    newer = VersionFactory.create(evidence=older.evidence, approved=True, stored=True)
    browser = enter(access)
    content = browser.get(page("summary", access)).content.decode()
    assert newer.public_id in content
    assert older.public_id not in content
    assert browser.get(page("download", access, older.public_id)).status_code == 404


def test_what_turns_out_infected_is_not_there_even_before_it_is_recalled(
    made: ShowEvidence, seen: Seen
) -> None:
    version = made()
    VerdictFactory.create(sha256=version.sha256, found_later=True)
    assert version.state == VersionState.APPROVED
    assert not seen(version)


def test_a_scanner_that_fails_later_takes_nothing_away(made: ShowEvidence, seen: Seen) -> None:
    version = made()
    VerdictFactory.create(
        sha256=version.sha256, verdict=Verdict.Value.ERROR, cause=Verdict.Cause.RESCAN
    )
    assert seen(version)


def test_evidence_for_another_edition_is_not_there(made: ShowEvidence, seen: Seen) -> None:
    elsewhere = EditionFactory.create(code="other-edition")
    assert not seen(made(requirements=[RequirementFactory.create(edition=elsewhere)]))


def test_evidence_tied_to_nothing_is_not_there(made: ShowEvidence, seen: Seen) -> None:
    assert not seen(made(requirements=[]))


def test_evidence_tied_only_to_a_retired_requirement_is_not_there(
    made: ShowEvidence, seen: Seen
) -> None:
    assert not seen(made(requirements=[RequirementFactory.create(is_retired=True)]))


def test_evidence_tied_to_several_requirements_is_shown_once_for_each(
    made: ShowEvidence, requirement: Requirement, access: InspectorAccess, enter: Enter
) -> None:
    version = made(requirements=[requirement, RequirementFactory.create(section="Well-led")])
    content = enter(access).get(page("summary", access)).content.decode()
    assert content.count(page("download", access, version.public_id)) == 2


def test_an_access_to_every_site_shows_them_all_and_those_added_later(
    made: ShowEvidence, seen: Seen, give_access: GiveAccess, other_site: Site
) -> None:
    everywhere = give_access(sites=None)
    assert seen(made(site=other_site), everywhere)
    assert seen(made(site=SiteFactory.create(name="New House (demo)")), everywhere)


def test_two_inspectors_with_a_site_each_see_each_their_own(
    made: ShowEvidence, seen: Seen, give_access: GiveAccess, site: Site, other_site: Site
) -> None:
    here, there = give_access(sites=[site]), give_access(sites=[other_site])
    version = made(site=other_site)
    assert not seen(version, here)
    assert seen(version, there)


def test_refusing_a_file_says_the_same_whether_it_exists_or_not(
    made: ShowEvidence, access: InspectorAccess, enter: Enter, other_site: Site
) -> None:
    browser = enter(access)
    hidden = browser.get(page("download", access, made(site=other_site).public_id))
    unknown = browser.get(page("download", access, "A" * 22))
    assert hidden.status_code == unknown.status_code == 404
    assert [line for line in hidden.content.splitlines() if b"csrf" not in line] == [
        line for line in unknown.content.splitlines() if b"csrf" not in line
    ]


@pytest.mark.parametrize("public_id", ["x", "%00", "' OR 1=1 --", "🙂", "A" * 2000, "..%5c.."])
def test_what_is_no_file_of_ours_is_never_looked_for(
    access: InspectorAccess, enter: Enter, public_id: str
) -> None:
    browser = enter(access)
    before = Event.objects.count()
    address = f"{page('open', access)}files/{public_id}/"
    assert browser.get(address).status_code == 404
    assert Event.objects.count() == before
