"""The evidence on the page of a question, and what the page costs."""

from datetime import timedelta

import pytest
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from evidence_review.assessments.models import AnswerEvidence, ResponseNote
from tests.evidence_review.assessments.answering.house import House
from tests.factories import (
    AssessmentFactory,
    EvidenceFactory,
    SiteFactory,
    VersionFactory,
    answered,
)

pytestmark = pytest.mark.django_db
WORDS = "Data protection policy, version 4, page 3, approved 2 November 2026."


# --- Evidence ----------------------------------------------------------------------------------


def test_evidence_is_shown_with_its_state_and_how_long_it_is_good(house: House) -> None:
    today = timezone.localdate()
    dates = {"Lapsed": -1, "Will lapse": 1, "Approved": None}
    for title, days in dates.items():
        review = None if days is None else today + timedelta(days=days)
        evidence = EvidenceFactory(site=house.site, title=f"File {title}", review_date=review)
        VersionFactory(evidence=evidence, approved=True)
        AnswerEvidence.objects.create(
            response=house.response("1.2"), evidence=evidence, added_by=house.tom
        )
    waiting = VersionFactory(evidence__site=house.site, evidence__title="File In review")
    AnswerEvidence.objects.create(
        response=house.response("1.2"), evidence=waiting.evidence, added_by=house.tom
    )
    page = house.page("1.2")
    page = page[page.index('id="evidence"') :]
    for word in ("Lapsed", "Will lapse", "Approved", "In review"):
        after = page[page.index(f"File {word}") :]
        assert after.index(word, len(f"File {word}")) < after.index("</li>")
    assert "It does not lapse." in page
    assert "“File In review” is not approved: in review." in house.page("1.2")


def test_more_evidence_than_a_page_holds_is_counted_and_reached(house: House) -> None:
    response = house.response("1.2")
    for number in range(22):
        one = EvidenceFactory(site=house.site, title=f"File {number:02}")
        AnswerEvidence.objects.create(response=response, evidence=one, added_by=house.tom)
    page = house.page("1.2")
    assert '<span class="wk-count">22</span>' in page
    assert "File 21</a>" not in page
    second = house.browser.get(house.url("1.2"), {"evidence": "2"}).content.decode()
    assert "File 21</a>" in second


def test_evidence_kept_for_the_question_elsewhere_is_offered_and_linked(house: House) -> None:
    requirement = house.response("1.2").requirement
    shared = EvidenceFactory(site=None, title="Policy for all", requirements=[requirement])
    VersionFactory(evidence=shared, approved=True)
    EvidenceFactory(site=SiteFactory(), title="Of elsewhere", requirements=[requirement])
    page = house.page("1.2")
    assert "Policy for all" in page
    assert "Of elsewhere" not in page
    house.send("1.2", then="", link=shared.public_id, text=WORDS)
    response = house.response("1.2")
    assert list(response.evidence.all()) == [shared]
    assert response.text == WORDS
    house.send("1.2", then="", unlink=shared.public_id, text=WORDS)
    assert not response.evidence.exists()


def test_evidence_of_another_site_cannot_be_linked_by_typing_its_id(house: House) -> None:
    other = EvidenceFactory(site=SiteFactory())
    house.send("1.2", then="", link=other.public_id)
    assert not AnswerEvidence.objects.exists()
    chosen = house.browser.post(house.url("1.2", "choose_evidence"), {"evidence": other.public_id})
    assert chosen.status_code == 404


def test_what_is_typed_is_saved_before_the_page_is_left_for_a_file(house: House) -> None:
    answer = house.send("1.2", then="upload", text=WORDS)
    code = house.response("1.2").requirement.code.replace(":", "%3A")
    assert answer["Location"].startswith(f"/evidence/add/?requirement={code}&site=")
    form = house.browser.get(answer["Location"]).content.decode()
    assert f'href="{house.url("1.2")}#evidence"' in form
    assert house.response("1.2").text == WORDS
    answer = house.send("1.2", then="choose", text=WORDS)
    assert answer["Location"] == house.url("1.2", "choose_evidence")


def test_evidence_is_found_by_words_and_linked(house: House) -> None:
    mine = EvidenceFactory(site=house.site, title="Fire drill")
    EvidenceFactory(site=house.site, title="Minutes")
    address = house.url("1.2", "choose_evidence")
    page = house.browser.get(address, {"q": "fire\x00"}).content.decode()
    assert "Fire drill" in page
    assert "Minutes" not in page
    answer = house.browser.post(address, {"evidence": mine.public_id})
    assert answer["Location"] == f"{house.url('1.2')}#evidence"
    assert list(house.response("1.2").evidence.all()) == [mine]
    # Whoever may correct the evidence ties it to the question as well.
    assert mine.requirements.filter(ref="1.2").exists()


# --- What it costs -----------------------------------------------------------------------------


def fill(house: House, count: int) -> None:
    response = house.response("1.2")
    for _ in range(count):
        for state in ("approved", "returned", "infected"):
            version = VersionFactory(evidence__site=house.site, **{state: True})
            AnswerEvidence.objects.create(
                response=response, evidence=version.evidence, added_by=house.tom
            )
        suggested = EvidenceFactory(site=None, requirements=[response.requirement])
        VersionFactory(evidence=suggested, approved=True)
        ResponseNote.objects.create(response=response, text="A note.", written_by=house.tom)
        SiteFactory()
        AssessmentFactory(edition=house.assessment.edition, site=SiteFactory())
    for other in house.assessment.responses.exclude(pk=response.pk):
        answered(other, by=house.priya)


def test_the_page_costs_the_same_however_much_there_is(
    house: House, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    fill(house, 1)
    house.page("1.2")
    with django_assert_max_num_queries(14) as little:
        house.page("1.2")
    fill(house, 4)
    with django_assert_max_num_queries(14) as much:
        house.page("1.2")
    assert len(much) == len(little)


@pytest.mark.parametrize("name", ["choose_evidence", "question_history"])
def test_the_lists_beside_it_cost_the_same_however_much_there_is(
    house: House, name: str, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    address = house.url("1.2", name)
    fill(house, 1)
    house.send("1.2", then="later", text="First words.")
    house.browser.get(address)
    with django_assert_max_num_queries(13) as little:
        house.browser.get(address)
    fill(house, 3)
    for words in ("Second words.", "Third words."):
        house.send("1.2", then="later", text=words)
    EvidenceFactory.create_batch(5, site=house.site)
    with django_assert_max_num_queries(13) as much:
        house.browser.get(address)
    assert len(much) <= len(little)
