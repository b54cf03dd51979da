"""Confirmations stay as they were made, and two at once are one."""

import threading
from collections.abc import Callable

import pytest
from django.db import DatabaseError, connection, transaction

from portal.policies.models import PolicyPage
from portal.reading.actions.acknowledge import acknowledge
from portal.reading.invariants import confirmations_name_what_was_published
from portal.reading.models import Acknowledgement, How
from portal.reading.stale import StaleVersion
from portal.refused import Refused
from tests.portal.policies.making import approve, save_draft, submit
from tests.portal.reading.readers import asking, carer, confirms, in_force, two_editors


@pytest.mark.django_db
@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE reading_acknowledgement SET how = 'meeting'",
        "UPDATE reading_acknowledgement SET sha256 = ''",
        "DELETE FROM reading_acknowledgement",
    ],
)
def test_the_database_changes_and_deletes_no_confirmation(statement: str) -> None:
    confirms(carer(None), asking())

    with (
        pytest.raises(DatabaseError, match="refused: "),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(statement)


@pytest.mark.django_db
@pytest.mark.parametrize("wrong", [{"sha256": "0" * 64}, {"major": 7}])
def test_the_database_keeps_no_confirmation_of_what_was_never_published(
    wrong: dict[str, str | int],
) -> None:
    version = in_force(asking())
    named = {"page_id": version.page_id, "major": 1, "sha256": version.sha256} | wrong

    with pytest.raises(DatabaseError, match="refused: "), transaction.atomic():
        Acknowledgement.objects.create(person=carer(None), version=version, how="own", **named)

    assert list(confirmations_name_what_was_published()) == []


def _at_once(*jobs: Callable[[], object]) -> list[str]:
    """Run jobs in threads of their own; return what each raised, by name."""
    ready, raised = threading.Barrier(len(jobs)), []

    def run(job: Callable[[], object]) -> None:
        try:
            ready.wait()
            job()
        except Refused as refused:
            raised.append(type(refused).__name__)
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=(job,)) for job in jobs]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return raised


@pytest.mark.django_db(transaction=True)
def test_confirming_twice_at_once_keeps_one() -> None:
    version, reader = in_force(asking()), carer(None)

    def confirm() -> None:
        acknowledge(version, actor=reader, how=How.OWN)

    assert _at_once(confirm, confirm) == []
    assert Acknowledgement.objects.filter(person=reader).count() == 1


@pytest.mark.django_db(transaction=True)
def test_confirming_while_a_new_version_is_published_keeps_what_was_seen_or_refuses() -> None:
    page, reader = asking(), carer(None)
    editor, approver = two_editors()
    seen = in_force(page)
    draft: PolicyPage = page.get_latest_revision_as_object()
    draft.summary = "Other words."
    save_draft(draft, author=editor)
    waiting = submit(draft, by=editor)

    raised = _at_once(
        lambda: acknowledge(seen, actor=reader, how=How.OWN),
        lambda: approve(waiting, by=approver),
    )

    kept = list(Acknowledgement.objects.filter(person=reader))
    assert raised in ([], [StaleVersion.__name__])
    assert [one.version_id for one in kept] == ([] if raised else [seen.pk])
    assert in_force(page).number == 2
