"""The summary: what it says, how it is cut into pages, what looking at it leaves behind."""

import re
from collections.abc import Sequence
from datetime import date

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from evidence_review.assessments.models import Assessment, NamedPerson, Publication
from evidence_review.assessments.states import Duty
from evidence_review.inspection import summary
from evidence_review.inspection.models import InspectorAccess
from portal.frameworks.models import Edition, Requirement
from portal.frameworks.states import Sureness
from portal.people.models import Site, User
from portal.people.roles import Role
from portal.record.models import Event
from portal.record.verbs import Verb
from tests.evidence_review.inspection.conftest import (
    Enter,
    GiveAccess,
    ShowEvidence,
    page,
    text_of,
)
from tests.factories import (
    AssessmentFactory,
    EditionFactory,
    FrameworkFactory,
    PersonFactory,
    RequirementFactory,
    SiteFactory,
)

pytestmark = pytest.mark.django_db
NAUGHTY = [
    "<script>alert(1)</script>",
    "{{ settings.SECRET_KEY }}{% debug %}",
    "'; DROP TABLE evidence_evidence; --",
    "\u202egnp.exe",
    "Ω≈ç√∫ 田中さん 🙂",
    "a" * 200,
    "&lt;b&gt; \" ' `",
]


@pytest.fixture
def browser(access: InspectorAccess, enter: Enter) -> Client:
    """An inspector's browser that is in."""
    return enter(access)


@pytest.fixture
def long_edition(requirement: Requirement) -> Edition:
    """An edition with two sections of two requirements."""
    edition = EditionFactory.create(
        code="long", name="Long edition", sections=[{"name": "People"}, {"name": "Systems"}]
    )
    for number, section in enumerate(["People", "People", "Systems", "Systems"], start=1):
        RequirementFactory.create(
            edition=edition,
            ref=f"1.{number}",
            title=f"Question {number}",
            section=section,
            position=number,
        )
    return edition


def see(browser: Client, access: InspectorAccess, query: str = "") -> str:
    answer = browser.get(page("summary", access) + query)
    assert answer.status_code == 200
    return text_of(answer)


def test_evidence_is_shown_with_claim_dates_owner_version_and_file(
    browser: Client, access: InspectorAccess, show_evidence: ShowEvidence
) -> None:
    owner = PersonFactory.create(
        first_name="Helen", last_name="Brook (demo)", job_title="Registered manager"
    )
    show_evidence(
        title="Spot check",
        claim="We check that staff keep information safe.",
        owner=owner,
        period_start=date(2026, 8, 1),
        period_end=date(2026, 8, 31),
    )
    said = see(browser, access)
    assert "We check that staff keep information safe." in said
    assert "Covers 1 August 2026 to 31 August 2026" in said
    assert f"Approved {timezone.localdate():%-d %B %Y}" in said
    assert "Owner Helen Brook (demo) Registered manager" in said
    assert re.search(r"Spot check, version 1 PDF, \d+ bytes", said)


def test_evidence_without_a_claim_is_called_by_its_title(
    browser: Client, access: InspectorAccess, show_evidence: ShowEvidence
) -> None:
    show_evidence(title="Spot check")
    assert "Spot check Kind of evidence" in see(browser, access)
    assert "Download version 1 of Spot check" in see(browser, access)


def test_a_statement_without_evidence_says_so(browser: Client, access: InspectorAccess) -> None:
    said = see(browser, access)
    assert "Governance and management No evidence yet" in said
    assert "No approved evidence yet. The service has not made a claim for this statement." in said


def test_the_provider_its_site_and_who_manages_it_are_named(
    browser: Client, access: InspectorAccess, site: Site, other_site: Site
) -> None:
    for person, where in (("Helen", site), ("Asif", other_site), ("Mo", None)):
        PersonFactory.create(
            first_name=person, last_name="(demo)", role=Role.REGISTERED_MANAGER, site=where
        )
    said = see(browser, access)
    assert "Demo Care Group (demo) Head office code A1B2C" in said
    assert "Rowan House (demo) CQC 1-000000001" in said
    assert "Registered manager Helen (demo), Mo (demo)" in said
    assert "Asif" not in said
    assert "Larch Lodge" not in said


def test_who_answers_for_information_and_what_was_published_is_said(
    browser: Client, access: InspectorAccess, site: Site
) -> None:
    assert "DSPT Nothing published from this portal yet" in see(browser, access)
    lead = PersonFactory.create(role=Role.IG_LEAD)
    NamedPerson(
        duty=Duty.CALDICOTT_GUARDIAN,
        name="Tom Whitlock (demo)",
        job_title="Nominated individual",
        how_assigned="Minutes",
        starts=timezone.localdate(),
    ).save()
    publish(AssessmentFactory(site=site), by=lead, level="Standards Met")
    publish(
        AssessmentFactory(site=SiteFactory()),
        by=lead,
        level="Standards Exceeded",
    )
    said = see(browser, access)
    assert "Caldicott Guardian Tom Whitlock (demo) Nominated individual" in said
    assert "DSPT Standards Met Test edition, answers frozen on" in said
    assert "Exceeded" not in said


def test_head_office_s_publication_speaks_only_for_the_sites_it_names(
    browser: Client, access: InspectorAccess, site: Site, other_site: Site
) -> None:
    lead = PersonFactory.create(role=Role.IG_LEAD)
    head_office = AssessmentFactory(site=None)
    publish(head_office, by=lead, level="Standards Met", sites=[other_site])
    assert "Nothing published" in see(browser, access)
    publish(head_office, by=lead, level="Standards Met", sites=[site, other_site])
    assert "Standards Met" in see(browser, access)


def test_an_access_to_several_sites_lists_them_with_their_managers(
    give_access: GiveAccess, enter: Enter, site: Site, other_site: Site
) -> None:
    PersonFactory.create(
        first_name="Asif", last_name="(demo)", role=Role.REGISTERED_MANAGER, site=other_site
    )
    SiteFactory.create(name="Closed House (demo)", is_active=False)
    access = give_access(sites=None)
    said = see(enter(access), access)
    assert "Locations 2" in said
    assert "Larch Lodge (demo) CQC location 1-000000002 Registered manager Asif (demo)" in said
    assert "Closed House" not in said


def test_it_tells_how_long_the_record_is_and_claims_no_more(
    browser: Client, access: InspectorAccess
) -> None:
    said = see(browser, access)
    assert f"The provider's record has {Event.objects.count()} entries" in said
    assert "so is everything you open or download here" in said
    assert "seal" not in said.lower()


def test_every_look_is_recorded_with_the_page_that_was_shown(
    browser: Client, access: InspectorAccess, requirement: Requirement, show_evidence: ShowEvidence
) -> None:
    show_evidence()
    looks = {
        "": "summary",
        f"?part={requirement.code}": requirement.code,
        "?view=print": "print:summary",
        f"?view=print&part={requirement.code}": f"print:{requirement.code}",
    }
    for query, part in looks.items():
        see(browser, access, query)
        event = Event.objects.latest("seq")
        assert event.verb == Verb.INSPECTOR_ACCESS_SUMMARY_VIEWED
        assert event.actor_ref == access.actor_ref
        assert event.object == access.record_ref
        assert event.facts == {"part": part}
        assert b"Kim" not in bytes(event.body)
        assert event.actor_label == "Kim Park (demo), Care Quality Commission"


@pytest.mark.parametrize("part", ["x", "long:9", "test-edition.1", "%00", "%00:1", "🙂", "a" * 900])
def test_an_unknown_part_is_not_there_and_is_no_look(
    browser: Client, access: InspectorAccess, part: str
) -> None:
    before = Event.objects.count()
    for query in (f"?part={part}", f"?view=print&part={part}"):
        answer = browser.get(page("summary", access) + query)
        assert answer.status_code == 404
        assert "That is not in this summary" in text_of(answer)
    assert Event.objects.count() == before


def test_the_part_of_an_edition_out_of_scope_is_not_there(
    browser: Client, access: InspectorAccess, long_edition: Edition
) -> None:
    for part in ("long.1", "long:1.1"):
        assert browser.get(page("summary", access) + f"?part={part}").status_code == 404


def test_five_of_a_statement_are_shown_and_the_way_to_all_of_them(
    browser: Client, access: InspectorAccess, requirement: Requirement, show_evidence: ShowEvidence
) -> None:
    for number in range(7):
        show_evidence(title=f"Policy no {number}")
    said = see(browser, access)
    assert said.count("Policy no") == 10
    assert "Show all for Governance and management 7 pieces of evidence" in said
    everything = see(browser, access, f"?part={requirement.code}")
    assert "7 pieces of evidence, newest first" in everything
    assert all(f"Policy no {number}" in everything for number in range(7))


def test_more_than_can_be_counted_cheaply_says_more_than(
    browser: Client,
    access: InspectorAccess,
    show_evidence: ShowEvidence,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(summary, "COUNTED_TO", 3)
    for _ in range(3):
        show_evidence()
    assert "Governance and management 3 pieces of evidence" in see(browser, access)
    show_evidence()
    assert "Governance and management More than 3 pieces of evidence" in see(browser, access)


def test_a_long_item_has_pages_and_all_on_one_page(
    browser: Client,
    access: InspectorAccess,
    requirement: Requirement,
    show_evidence: ShowEvidence,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(summary, "PAGE", 2)
    titles = [f"Policy no {number}" for number in range(5)]
    for title in titles:
        show_evidence(title=title)
    shown = [
        {title for title in titles if title in see(browser, access, query)}
        for query in (
            f"?part={requirement.code}",
            f"?part={requirement.code}&page=2",
            f"?part={requirement.code}&page=3",
        )
    ]
    assert shown == [{titles[4], titles[3]}, {titles[2], titles[1]}, {titles[0]}]
    assert "Show all 5" in see(browser, access, f"?part={requirement.code}")
    everything = see(browser, access, f"?part={requirement.code}&all=1")
    assert all(title in everything for title in titles)


@pytest.mark.parametrize("number", ["0", "-1", "99", "x", "%00", "1e9", "9" * 500])
def test_a_page_number_that_makes_no_sense_gives_a_page(
    browser: Client, access: InspectorAccess, requirement: Requirement, number: str
) -> None:
    see(browser, access, f"?part={requirement.code}&page={number}")


def test_an_edition_with_sections_is_shown_by_section_and_each_section_by_item(
    give_access: GiveAccess, enter: Enter, show_evidence: ShowEvidence, long_edition: Edition
) -> None:
    questions = list(long_edition.requirements.order_by("position"))
    show_evidence(title="Rota", requirements=questions[:2])
    access = give_access(editions=[long_edition])
    browser = enter(access)
    said = see(browser, access)
    assert "People 1 piece of evidence Systems No evidence yet" in said
    assert "People, item by item" in said
    assert "The service has not shared anything for this section." in said
    inside = see(browser, access, "?part=long.1")
    assert "1.1 Question 1 1 piece of evidence" in inside
    assert "Question 3" not in inside
    empty = see(browser, access, "?part=long.2")
    assert empty.count("No approved evidence yet.") == 2


def test_the_inspectors_own_framework_comes_first(
    give_access: GiveAccess, enter: Enter, requirement: Requirement
) -> None:
    cqc = FrameworkFactory.create(code="cqc", name="Care Quality Commission")
    theirs = EditionFactory.create(framework=cqc, code="cqc-x", name="Their edition", position=99)
    RequirementFactory.create(edition=theirs, section="Well-led")
    access = give_access(editions=[requirement.edition, theirs])
    said = see(enter(access), access)
    assert said.index("Their edition") < said.index("Test edition")


def test_a_reference_that_is_our_own_is_not_shown_to_an_inspector(
    browser: Client, access: InspectorAccess, requirement: Requirement
) -> None:
    assert "WL5 Governance" in see(browser, access, "?view=print")
    requirement.ref_confidence = Sureness.LOW
    requirement.save()
    assert "WL5 Governance" not in see(browser, access, "?view=print")


def test_the_print_view_holds_everything_and_says_when_it_is_too_much(
    browser: Client,
    access: InspectorAccess,
    show_evidence: ShowEvidence,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    for number in range(8):
        show_evidence(title=f"Policy no {number}")
    said = see(browser, access, "?view=print")
    assert all(f"Policy no {number}" in said for number in range(8))
    assert "more evidence than fits" not in said
    monkeypatch.setattr(summary, "PAGE_OF_ALL", 3)
    said = see(browser, access, "?view=print")
    assert "There is more evidence than fits here." in said
    assert said.count("Download version") == 3


@pytest.mark.parametrize("text", NAUGHTY)
def test_whatever_people_typed_is_shown_as_they_typed_it(
    access: InspectorAccess, enter: Enter, show_evidence: ShowEvidence, site: Site, text: str
) -> None:
    Site.objects.filter(pk=site.pk).update(name=text)
    show_evidence(title=text, claim=text)
    answer = enter(access).get(page("summary", access))
    assert "<script>alert" not in answer.content.decode()
    assert " ".join(text.split()) in text_of_escaped(answer.content.decode())


def text_of_escaped(content: str) -> str:
    """Return the text of a page in which the data itself may hold angle brackets."""
    bare = content.replace("&lt;", "\ue000").replace("&gt;", "\ue001")
    bare = re.sub(r"<[^>]*>", " ", bare)
    for escaped, plain in (("\ue000", "<"), ("\ue001", ">"), ("&quot;", '"'), ("&#x27;", "'")):
        bare = bare.replace(escaped, plain)
    return re.sub(r"\s+", " ", bare.replace("&amp;", "&"))


def publish(
    assessment: Assessment, *, by: User, level: str, sites: Sequence[Site] = ()
) -> Publication:
    """Keep a publication without the action, which would ask for every answer."""
    publication = Publication(
        assessment=assessment,
        level="met",
        level_name=level,
        sites=[{"site": one.public_id} for one in sites],
        answers_sha256="0" * 64,
        published_by=by,
    )
    publication._history_user = by
    publication.save()
    return publication


def _queries(browser: Client, address: str) -> int:
    with CaptureQueriesContext(connection) as captured:
        assert browser.get(address).status_code == 200
    # Beginning and ending a transaction asks the database nothing.
    asked = [query for query in captured if "SAVEPOINT" not in query["sql"]]
    return len(asked)


@pytest.mark.parametrize("query", ["", "?part=long.1", "?part=long:1.1", "?view=print"])
def test_the_number_of_queries_does_not_grow_with_the_evidence(
    give_access: GiveAccess,
    enter: Enter,
    show_evidence: ShowEvidence,
    long_edition: Edition,
    query: str,
) -> None:
    questions = list(long_edition.requirements.order_by("position"))
    access = give_access(editions=[long_edition, *Edition.objects.filter(code="test-edition")])
    browser = enter(access)
    address = page("summary", access) + query
    show_evidence(requirements=questions[:2])
    few = _queries(browser, address)
    for number in range(24):
        owner = PersonFactory.create()
        show_evidence(requirements=questions[number % 3 :][:2], owner=owner)
    assert _queries(browser, address) == few <= (13 if query else 14)


def test_a_person_who_left_is_still_named_as_the_owner(
    browser: Client, access: InspectorAccess, show_evidence: ShowEvidence
) -> None:
    owner = PersonFactory.create(first_name="Gone", last_name="Person (demo)")
    show_evidence(owner=owner)
    User.objects.filter(pk=owner.pk).update(is_active=False)
    assert "Gone Person (demo)" in see(browser, access)
