"""Selections of the catalogue."""

import pytest
from pytest_django import DjangoAssertNumQueries

from portal.frameworks.actions.load_catalogue import load_catalogue
from portal.frameworks.models import Edition, Requirement
from portal.frameworks.queries import (
    DOUBTFUL,
    UnknownRequirement,
    current_editions,
    editions_with_counts,
    requirements_by_codes,
    requirements_in_order,
    requirements_in_use,
)
from portal.record.actors import SETUP
from tests.portal.frameworks.conftest import Load

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def loaded(load: Load) -> None:
    load()


def test_requirements_are_found_by_code_in_the_order_named_and_each_once() -> None:
    codes = ["demo-v1:1.1.2", " demo-v1:1.1.1 ", "", "demo-v1:1.1.2"]

    assert [one.code for one in requirements_by_codes(codes)] == ["demo-v1:1.1.2", "demo-v1:1.1.1"]


def test_no_codes_are_no_requirements() -> None:
    assert requirements_by_codes([]) == []


def test_every_unknown_code_is_named() -> None:
    Requirement.objects.filter(ref="1.1.3").update(is_retired=True)
    bad = ["demo-v1:9.9", "nowhere:1.1.1", "1.1.1", "demo-v1:1.1.3", "demo-v1:1.1.1:x", "a\x00b:c"]

    with pytest.raises(UnknownRequirement) as unknown:
        requirements_by_codes(["demo-v1:1.1.1", *bad])

    assert unknown.value.codes == tuple(bad)


def test_any_number_of_codes_costs_two_questions(
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    codes = ["demo-v1:1.1.1", *(f"edition-{number}:1.1.1" for number in range(5000))]

    with django_assert_num_queries(2), pytest.raises(UnknownRequirement):
        requirements_by_codes(codes)


def test_requirements_stand_in_catalogue_order_with_their_edition_loaded(
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    edition = Edition.objects.get()

    with django_assert_num_queries(1):
        codes = [one.code for one in requirements_in_order(edition)]

    assert codes == ["demo-v1:1.1.1", "demo-v1:1.1.2", "demo-v1:1.1.3"]


def test_retired_requirements_and_editions_out_of_use_are_left_out() -> None:
    Requirement.objects.filter(ref="1.1.2").update(is_retired=True)

    assert [one.ref for one in requirements_in_use()] == ["1.1.1", "1.1.3"]

    Edition.objects.update(in_use=False)
    assert not requirements_in_use()
    assert not current_editions()


def test_counts_of_an_edition_leave_retired_requirements_out() -> None:
    Requirement.objects.filter(ref="1.1.3").update(is_retired=True)

    edition = vars(editions_with_counts().get())

    counts = [edition[f"{kind}_count"] for kind in ("requirement", "mandatory", "doubtful")]
    assert counts == [2, 2, 1]


def test_editions_with_counts_stand_in_their_order() -> None:
    load_catalogue(actor=SETUP)

    codes = [edition.code for edition in editions_with_counts()]

    assert codes == ["demo-v1", "dspt-v8", "cqc-statements", "cqc-kloe-2017"]
    assert codes == [edition.code for edition in current_editions()]


def test_the_condition_for_doubtful_agrees_with_the_row() -> None:
    asked = set(Requirement.objects.filter(DOUBTFUL))

    assert asked == {one for one in Requirement.objects.all() if one.is_doubtful}
    assert {one.ref for one in asked} == {"1.1.2", "1.1.3"}


def test_a_requirement_knows_the_level_it_is_needed_from() -> None:
    needed = {one.ref: one.needed_from for one in requirements_in_use()}

    assert needed == {"1.1.1": "Basic", "1.1.2": "Full", "1.1.3": ""}
