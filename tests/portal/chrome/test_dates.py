"""A date in three boxes."""

from datetime import date

import pytest
from django import forms

from portal.chrome.dates import DateField3, ThreeBoxDate, shown
from portal.chrome.forms import PlainForm


class Due(PlainForm):
    """A date that is needed."""

    due = DateField3(label="Review date")


class Maybe(PlainForm):
    """A date that may be left out."""

    due = DateField3(label="Review date", required=False, name_in_error="The day we look again")


def typed(day: str, month: str, year: str) -> dict[str, str]:
    return {"due_day": day, "due_month": month, "due_year": year}


@pytest.mark.parametrize(
    "boxes",
    [
        ("30", "6", "2027"),
        ("30", "06", "27"),
        (" 30 ", "June", "2027"),
        ("30", "jun", "2027"),
        ("30", "Jun.", "2027"),
    ],
)
def test_a_date_may_be_typed_the_way_people_write_it(boxes: tuple[str, str, str]) -> None:
    form = Due(typed(*boxes))

    assert form.is_valid(), form.errors
    assert form.cleaned_data["due"] == date(2027, 6, 30)


def test_september_may_be_shortened_to_four_letters() -> None:
    form = Due(typed("1", "Sept", "2027"))

    assert form.is_valid(), form.errors
    assert form.cleaned_data["due"] == date(2027, 9, 1)


@pytest.mark.parametrize(
    "boxes",
    [
        ("31", "6", "2027"),
        ("29", "2", "2027"),
        ("0", "6", "2027"),
        ("30", "13", "2027"),
        ("30", "ju", "2027"),
        ("30", "6", "20270"),
        ("30", "6", "1066"),
        ("x", "6", "2027"),
        ("²", "6", "2027"),
        ("9" * 5000, "6", "2027"),
    ],
)
def test_what_is_no_date_is_refused_in_a_sentence(boxes: tuple[str, str, str]) -> None:
    assert Due(typed(*boxes)).errors["due"] == [
        "The review date must be a real date, such as 30 6 2027"
    ]


def test_the_error_names_the_missing_parts() -> None:
    assert Due(typed("30", "", "")).errors["due"] == [
        "The review date must include a month and a year"
    ]


def test_an_empty_date_that_is_needed_is_asked_for() -> None:
    assert Due({}).errors["due"] == ["Enter the review date"]


def test_an_empty_date_that_is_not_needed_is_nothing() -> None:
    form = Maybe(typed("", " ", ""))

    assert form.is_valid()
    assert form.cleaned_data["due"] is None


def test_the_error_calls_the_date_by_the_name_it_was_given() -> None:
    assert Maybe(typed("40", "1", "2027")).errors["due"] == [
        "The day we look again must be a real date, such as 30 6 2027"
    ]


def test_a_whole_date_under_the_plain_name_is_taken_too() -> None:
    form = Due({"due": "2027-06-30"})

    assert form.is_valid()
    assert form.cleaned_data["due"] == date(2027, 6, 30)


def test_a_wrong_whole_date_is_refused_not_crashed_on() -> None:
    assert not Due({"due": "30/06/2027"}).is_valid()


def test_what_was_typed_stands_in_the_boxes_again() -> None:
    drawn = str(Due(typed("31", "June", "<b>"))["due"])

    assert 'value="31"' in drawn
    assert 'value="June"' in drawn
    assert 'value="&lt;b&gt;"' in drawn


def test_an_initial_date_stands_in_the_boxes() -> None:
    drawn = str(Due(initial={"due": date(2027, 6, 30)})["due"])

    assert 'name="due_day"' in drawn
    assert 'value="30"' in drawn
    assert 'value="2027"' in drawn


def test_a_form_knows_whether_its_date_changed() -> None:
    same = Due(typed("30", "6", "2027"), initial={"due": date(2027, 6, 30)})
    other = Due(typed("29", "6", "2027"), initial={"due": date(2027, 6, 30)})

    assert not same.has_changed()
    assert other.has_changed()


def test_a_form_of_a_model_leaves_a_date_alone_that_was_not_sent() -> None:
    assert ThreeBoxDate().value_omitted_from_data({"title": "x"}, {}, "due")
    assert not ThreeBoxDate().value_omitted_from_data({"due_day": "1"}, {}, "due")


def test_nothing_is_three_empty_boxes() -> None:
    assert shown(None) == ("", "", "")


class EveryEmptyField(PlainForm):
    """Fields of several kinds, and one with its own sentence."""

    title = forms.CharField()
    ods_code = forms.CharField(label="ODS code")
    site = forms.ChoiceField(choices=[("1", "One")])
    sure = forms.BooleanField(label="I have covered all names")
    own = forms.CharField(error_messages={"required": "Say who you are"})


def test_every_empty_field_says_what_to_do() -> None:
    assert {name: errors[0] for name, errors in EveryEmptyField({}).errors.items()} == {
        "title": "Enter the title",
        "ods_code": "Enter the ODS code",
        "site": "Choose the site",
        "sure": "Tick the box: “I have covered all names”",
        "own": "Say who you are",
    }
