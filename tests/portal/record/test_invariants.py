"""``check_invariants``: silent when all is well, loud and failing when something is not."""

from collections.abc import Iterator

import pytest
from django.conf import settings as configured
from django.core.management import call_command
from django.utils.module_loading import import_string

from portal.record.invariants import Broken, find_broken

pytestmark = pytest.mark.django_db
_asked: list[int] = []


def always_broken() -> Iterator[str]:
    """I0: nothing is ever right."""
    yield "this is wrong"


def stops_half_way() -> Iterator[str]:
    """I0: never gets to the end."""
    yield "this is wrong"
    raise ZeroDivisionError("half way")


def broken_for_a_moment() -> Iterator[str]:
    """I0: seen once, gone the next time."""
    _asked.append(1)
    yield f"number {len(_asked)} is wrong"


@pytest.mark.parametrize("name", sorted(configured.INVARIANTS))
def test_each_invariant_says_what_it_is_about_and_holds_for_an_empty_portal(name: str) -> None:
    check = import_string(configured.INVARIANTS[name])
    assert check.__doc__.startswith(name.partition(",")[0] + ": ")
    assert list(check()) == []


def test_what_is_broken_is_listed_with_its_name(settings) -> None:
    settings.INVARIANTS = {"I0": f"{__name__}.always_broken"}
    assert find_broken() == [Broken("I0", "this is wrong")]


def test_what_was_only_half_a_step_old_is_not_believed(settings) -> None:
    settings.INVARIANTS = {"I0": f"{__name__}.broken_for_a_moment"}
    assert find_broken() == []


def test_a_check_that_cannot_be_done_is_a_difference_and_the_others_go_on(settings) -> None:
    settings.INVARIANTS = {
        "I0": f"{__name__}.stops_half_way",
        "I0, gone": "no.such.check",
        "I0, too": f"{__name__}.always_broken",
    }
    first, second, third = find_broken()
    assert first == Broken("I0", "this could not be checked: ZeroDivisionError: half way")
    assert second.name == "I0, gone"
    assert second.sentence.startswith("this could not be checked: ModuleNotFoundError")
    assert third == Broken("I0, too", "this is wrong")


def test_the_command_ends_with_1_and_the_list(settings, capsys) -> None:
    settings.INVARIANTS = {"I0": f"{__name__}.always_broken"}
    with pytest.raises(SystemExit) as ended:
        call_command("check_invariants")
    assert ended.value.code == 1
    assert capsys.readouterr().out == "I0 broken: this is wrong\n"


def test_the_command_says_what_holds(capsys) -> None:
    call_command("check_invariants")
    out = capsys.readouterr().out
    assert "I1: Every approved version had a clean verdict" in out
    assert out.endswith("All of this holds.\n")
