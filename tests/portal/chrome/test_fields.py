"""How fields, their hints and their errors are drawn and tied together."""

import re

from django.core.files.uploadedfile import SimpleUploadedFile
from django.forms import formset_factory
from django.template import engines

from portal.chrome.fields import Problem, anchor_of, problems_of
from portal.chrome.forms import kind_of
from tests.portal.chrome.gallery import EveryField

GOOD = {
    "title": "Spot check",
    "review_date_day": "30",
    "review_date_month": "6",
    "review_date_year": "2027",
    "site": "1",
    "kind": "photo",
    "topics": ["a", "b"],
    "sure": "on",
}


def drawn(form: EveryField, tag: str) -> str:
    template = engines["django"].from_string("{% load wellkept %}" + tag)
    return template.render({"form": form})


def test_every_field_of_the_gallery_is_drawn_in_its_own_way() -> None:
    kinds = {bound.name: kind_of(bound) for bound in EveryField().visible_fields()}

    assert kinds == {
        "title": "input",
        "note": "textarea",
        "review_date": "date",
        "site": "select",
        "kind": "radios",
        "topics": "checkboxes",
        "sure": "checkbox",
        "file": "file",
    }


def test_label_hint_and_input_belong_together() -> None:
    html = drawn(EveryField(), "{% field form.title %}")

    assert '<label class="nhsuk-label" for="id_title">Title</label>' in html
    assert 'id="id_title-hint">As it should stand in lists.<' in html
    assert 'aria-describedby="id_title-hint"' in html
    assert 'maxlength="20"' in html
    assert " required" not in html


def test_an_error_stands_above_its_input_and_is_read_with_it() -> None:
    html = drawn(EveryField({}), "{% field form.title %}")

    assert html.index("Enter the title") < html.index("<input")
    assert 'aria-describedby="id_title-hint id_title-error"' in html
    assert 'aria-invalid="true"' in html
    assert "nhsuk-input--error" in html
    assert "nhsuk-form-group--error" in html


def test_hints_are_escaped_unless_they_are_known_to_be_safe() -> None:
    form = EveryField()
    form.fields["title"].help_text = "<script>"

    assert "<script>" not in drawn(form, "{% field form.title %}")


def test_choices_keep_their_groups_and_what_was_chosen() -> None:
    html = drawn(EveryField(GOOD), "{% field form.kind %}{% field form.topics %}")

    assert '<p class="wk-group">Documents</p>' in html
    assert re.search(r'value="photo" checked', html)
    assert not re.search(r'value="policy" checked', html)
    assert html.count(" checked") == 3
    assert html.count('<div class="nhsuk-checkboxes">') == 1


def test_only_the_wrong_boxes_of_a_date_are_marked() -> None:
    form = EveryField(GOOD | {"review_date_month": ""})
    html = drawn(form, "{% field form.review_date %}")

    assert html.count("nhsuk-input--error") == 1
    assert re.search(r'id="id_review_date_month"[^>]*aria-invalid="true"', html)
    assert anchor_of(form["review_date"]) == "id_review_date_month"


def test_a_heading_may_be_the_label() -> None:
    html = drawn(EveryField(), "{% field form.title page_heading=True %}")

    assert '<h1 class="nhsuk-label-wrapper"><label class="nhsuk-label wk-title"' in html


def test_options_set_rows_and_width() -> None:
    html = drawn(EveryField(), '{% field form.note rows=9 %}{% field form.title width="10" %}')

    assert 'rows="9"' in html
    assert "nhsuk-input--width-10" in html


def test_every_line_of_the_summary_leads_to_an_input_that_exists() -> None:
    form = EveryField({})
    html = drawn(form, "{% error_summary form %}{% fields form %}")

    anchors = re.findall(r'<li><a href="#([^"]+)">', html)
    assert len(anchors) == 7
    for anchor in anchors:
        assert re.search(rf'<(input|select|textarea)[^>]* id="{anchor}"', html), anchor


def test_the_summary_takes_the_focus_without_script() -> None:
    html = drawn(EveryField({}), "{% error_summary form %}")

    assert 'tabindex="-1" autofocus' in html
    assert "There is a problem" in html


def test_a_form_that_is_right_has_no_summary_and_no_prefix() -> None:
    form = EveryField(GOOD, {"file": SimpleUploadedFile("a.txt", b"x")})

    assert form.is_valid(), form.errors
    assert drawn(form, "{% error_summary form %}{% error_prefix form %}").strip() == ""
    assert drawn(EveryField({}), "{% error_prefix form %}") == "Error: "


def test_the_summary_takes_several_forms_nothing_and_formsets() -> None:
    formset = formset_factory(EveryField, min_num=1, validate_min=True)(
        {"form-TOTAL_FORMS": "1", "form-INITIAL_FORMS": "0", "form-0-title": "x" * 30}
    )

    problems = problems_of([None, EveryField({}), formset])

    assert Problem("Enter the title", "id_title") in problems
    assert any(problem.anchor == "id_form-0-title" for problem in problems)


def test_an_error_of_the_whole_form_leads_to_its_first_field() -> None:
    form = EveryField(GOOD)
    form.full_clean()
    form.add_error(None, "These two do not fit together")

    assert problems_of([form])[0] == Problem("These two do not fit together", "id_title")


def test_an_error_of_a_hidden_field_is_shown_without_a_link() -> None:
    form = EveryField(GOOD)
    form.full_clean()
    form.add_error("secret", "Load the page again")

    assert Problem("Load the page again", "") in problems_of([form])
