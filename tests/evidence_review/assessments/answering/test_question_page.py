"""The page of one question, as a contributor meets it."""

from datetime import date

import pytest
from django.urls import reverse
from django.utils.html import escape

from evidence_review.assessments.models import Response, ResponseNote
from evidence_review.assessments.states import Standing
from portal.frameworks.models import ReferenceMap
from portal.people.roles import Role
from tests.evidence_review.assessments.answering.house import House
from tests.factories import (
    AssessmentFactory,
    EditionFactory,
    PersonFactory,
    RequirementFactory,
    SiteFactory,
    answered,
)

pytestmark = pytest.mark.django_db
WORDS = "Data protection policy, version 4, page 3, approved 2 November 2026."


def test_the_page_says_where_the_question_stands_and_who_needs_it(house: House) -> None:
    page = house.page("1.2")
    assert "Question 2 of 3 in Staffing and roles." in page
    assert "Needed for Approaching and for Met." in page
    assert "Save and go to question 3" in page
    assert "Optional: no level needs it." in house.page("2.2")
    assert "Save and finish this section" in house.page("2.2")


def test_save_and_go_on_confirms_and_leads_to_the_next_question(house: House) -> None:
    answer = house.send("1.1", tick="yes", text=WORDS)
    assert answer["Location"] == house.url("1.2")
    response = house.response("1.1")
    assert (response.tick, response.text, response.standing) == (True, WORDS, Standing.COMPLETE)
    assert "Question 1.1 is saved and confirmed: complete." in house.page("1.2")


def test_the_last_question_leads_back_to_the_section(house: House) -> None:
    answer = house.send("1.3", kept_where="Office safe, page 2 of the register")
    section = reverse("assessments:section", args=(house.assessment.public_id, 1))
    assert answer["Location"] == section


def test_save_and_come_back_later_does_not_confirm(house: House) -> None:
    house.send("1.2", then="later", text=WORDS)
    response = house.response("1.2")
    assert (response.text, response.standing) == (WORDS, Standing.IN_PROGRESS)
    assert "Not confirmed yet" in house.page("1.2")


def test_a_no_is_saved_and_stays_in_progress(house: House) -> None:
    house.send("1.1", tick="no", text="Not yet. Tom will write it in May.")
    response = house.response("1.1")
    assert response.confirmed_by == house.priya
    assert response.standing == Standing.IN_PROGRESS


def test_words_without_the_tick_are_saved_and_not_confirmed(house: House) -> None:
    house.send("1.1", text=WORDS)
    assert house.response("1.1").confirmed_at is None
    assert "saved, but not confirmed: the answer needs yes or no." in house.page("1.2")


def test_passing_by_a_question_leaves_it_as_it_is(house: House) -> None:
    house.send("1.2")
    assert house.response("1.2").standing == Standing.NOT_STARTED
    assert "Question 1.2 has no answer yet." in house.page("1.3")


def test_not_applicable_needs_a_reason(house: House) -> None:
    refused = house.send("1.1", not_applicable="on")
    assert refused.status_code == 400
    assert "Say why this does not apply to you" in refused.content.decode()
    house.send("1.1", not_applicable="on", reason_not_applicable="We have no volunteers here.")
    assert house.response("1.1").standing == Standing.COMPLETE


def test_only_what_the_kind_asks_for_is_on_the_page(house: House) -> None:
    fields = {
        ref: {name for name in ("tick", "kept_where", "not_applicable") if f'name="{name}"' in page}
        for ref in ("1.1", "1.2", "1.3")
        for page in [house.page(ref)]
    }
    assert fields == {"1.1": {"tick", "not_applicable"}, "1.2": set(), "1.3": {"kept_where"}}


def test_checking_gives_hints_and_saves_nothing(house: House) -> None:
    answer = house.send("1.2", then="check", text="See policy folder.")
    page = answer.content.decode()
    assert "“See policy folder” is hard to follow." in page
    assert "hints before you save" in page
    assert "See policy folder.</textarea>" in page
    assert house.response("1.2").text == ""


def test_what_is_saved_is_looked_at_when_the_page_opens(house: House) -> None:
    answered(house.response("1.2"), by=house.priya, text="See policy folder.")
    assert "“See policy folder” is hard to follow." in house.page("1.2")


def test_hints_never_stop_anybody(house: House) -> None:
    house.send("1.2", text="See policy folder.")
    assert house.response("1.2").standing == Standing.COMPLETE


def test_words_that_are_html_are_shown_as_words(house: House) -> None:
    words = "<script>alert(1)</script> & more"
    house.send("1.2", then="later", text=words, comment=words)
    page = house.page("1.2")
    assert words not in page
    assert escape(words) in page


# --- Two people at once ------------------------------------------------------------------------


def test_a_stale_save_shows_both_texts_and_keeps_both(house: House) -> None:
    answered(house.response("1.2"), by=house.tom, text="What Tom wrote.")
    answer = house.send("1.2", revision=0, text="What Priya wrote.")
    page = answer.content.decode()
    assert answer.status_code == 409
    assert "Tom" in page
    assert "What Tom wrote." in page
    assert "What Priya wrote.</textarea>" in page
    assert house.response("1.2").text == "What Tom wrote."
    both = house.send("1.2", then="both", revision=0, text="What Priya wrote.")
    assert "What Tom wrote.\n\nWhat Priya wrote.</textarea>" in both.content.decode()
    house.send("1.2", text="What Tom wrote.\n\nWhat Priya wrote.")
    assert house.response("1.2").text == "What Tom wrote.\n\nWhat Priya wrote."


# --- Last year ---------------------------------------------------------------------------------


@pytest.fixture
def carried(house: House) -> Response:
    earlier = AssessmentFactory(edition=house.assessment.edition, site=SiteFactory())
    before = answered(
        earlier.responses.get(requirement__ref="1.3"),
        by=house.tom,
        text="Last year we had one.",
        kept_where="Safe",
        document_date=date(2025, 5, 1),
    )
    response = house.response("1.3")
    response.carried_from = before
    response.save()
    return response


def test_last_years_answer_stands_beside_and_can_be_started_from(
    house: House, carried: Response
) -> None:
    assert "“Last year we had one.”" in house.page("1.3")
    page = house.send("1.3", then="last_year", text="Mine.", kept_where="").content.decode()
    assert "Mine.\n\nLast year we had one.</textarea>" in page
    assert 'value="Safe"' in page
    assert 'name="document_date_year" type="text" inputmode="numeric"' in page
    assert 'value="2025"' in page
    assert house.response("1.3").text == ""


def test_last_years_answer_is_found_by_what_the_question_was_called_then(house: House) -> None:
    now = house.response("1.2").requirement
    old = EditionFactory(code="old-edition", starts=date(2024, 9, 1))
    for ref in ("1.2", "7.7"):
        RequirementFactory(edition=old, ref=ref, question_plain="What was it called?")
    ReferenceMap.objects.create(from_edition=old.code, from_ref="7.7", to_requirement=now)
    earlier = AssessmentFactory(edition=old, site=house.site)
    for ref, text in (("1.2", "Another question’s."), ("7.7", "The one before.")):
        answered(earlier.responses.get(requirement__ref=ref), by=house.tom, text=text)
    elsewhere = AssessmentFactory(edition=old, site=SiteFactory())
    answered(elsewhere.responses.get(requirement__ref="7.7"), text="Another site’s.")
    page = house.page("1.2")
    assert "“The one before.”" in page
    assert "The question was reworded this year" in page
    assert "Another" not in page


def test_an_answer_that_was_carried_over_asks_to_be_confirmed(
    house: House, carried: Response
) -> None:
    assert "was carried over from last year" in house.page("1.3")
    house.send("1.3", text="Last year we had one.", kept_where="Safe")
    assert "was carried over from last year" not in house.page("1.3")


# --- Who, notes, history -----------------------------------------------------------------------


def test_a_question_is_given_to_somebody_with_a_day(house: House) -> None:
    house.browser.force_login(house.tom)
    form = {"person": house.priya.public_id, "due_day": "31", "due_month": "3", "due_year": "2027"}
    house.browser.post(house.url("1.2", "assign"), form)
    response = house.response("1.2")
    assert (response.assigned_to, response.due) == (house.priya, date(2027, 3, 31))
    assert "by 31 March 2027" in house.page("1.2")
    house.browser.post(house.url("1.2", "assign"), {"person": ""})
    assert house.response("1.2").assigned_to is None


def test_nobody_is_given_a_question_of_a_place_they_do_not_work_at(house: House) -> None:
    house.browser.force_login(house.tom)
    stranger = PersonFactory(role=Role.CONTRIBUTOR, site=SiteFactory())
    answer = house.browser.post(house.url("1.2", "assign"), {"person": stranger.public_id})
    assert answer.status_code == 400
    assert house.response("1.2").assigned_to is None


def test_notes_stay_and_say_who_wrote_them(house: House) -> None:
    house.browser.post(house.url("1.2", "note"), {"note": "Who has the key?"})
    page = house.page("1.2")
    assert "Who has the key?" in page
    assert house.priya.actor_label in page
    refused = house.browser.post(house.url("1.2", "note"), {"note": " "})
    assert refused.status_code == 400
    assert ResponseNote.objects.count() == 1


def test_the_history_tells_every_save(house: House) -> None:
    house.send("1.2", then="later", text="First words.")
    house.send("1.2", then="next", text="Second words.")
    page = house.browser.get(house.url("1.2", "question_history")).content.decode()
    assert page.index("Second words.") < page.index("First words.")
    assert "Confirmed by:" in page
    assert "Saves <span" in page


def test_who_only_reads_sees_the_answer_and_no_form(house: House) -> None:
    answered(house.response("1.2"), by=house.priya, text=WORDS)
    house.browser.force_login(PersonFactory(role=Role.GROUP_MANAGER))
    page = house.page("1.2")
    assert WORDS in page
    assert 'id="answer"' not in page
    assert house.send("1.2", text="Mine").status_code == 403
