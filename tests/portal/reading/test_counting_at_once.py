"""Confirmations, counts and changes of people at the same moment: nobody waits for ever."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import connection

from portal.people.actions.membership import grant_membership
from portal.people.roles import Role
from portal.reading.actions.acknowledge import acknowledge_together
from portal.reading.actions.count_readers import recount
from portal.record.actors import SETUP
from tests.factories import SiteFactory
from tests.fixtures.jobs import RunJobs
from tests.portal.reading.readers import asking, carer, confirms, in_force, kept

pytestmark = pytest.mark.django_db(transaction=True)


def all_at_once(*deeds: Callable[[], object]) -> None:
    """Do everything in threads that start together; raise what any of them raised."""
    together = Barrier(len(deeds))

    def do(deed: Callable[[], object]) -> None:
        try:
            together.wait(timeout=10)
            deed()
        finally:
            connection.close()

    with ThreadPoolExecutor(len(deeds)) as pool:
        for done in [pool.submit(do, deed) for deed in deeds]:
            done.result()


def test_confirmations_at_once_are_all_counted_whatever_counts_and_changes_meanwhile(
    run_jobs: RunJobs,
) -> None:
    rowan = SiteFactory.create()
    people = [carer(rowan) for _ in range(4)]
    lead, newcomer = carer(None, Role.IG_LEAD), carer(None, Role.CONTRIBUTOR)
    page = asking(for_roles=[Role.STAFF])
    version = in_force(page)

    all_at_once(
        lambda: confirms(people[0], page),
        lambda: confirms(people[1], page),
        lambda: recount(page.pk),
        lambda: grant_membership(newcomer, Role.STAFF, site=rowan, actor=SETUP),
        lambda: grant_membership(people[2], Role.CONTRIBUTOR, site=rowan, actor=SETUP),
        lambda: acknowledge_together(
            version, people[1:4], actor=lead, sheet_ref="sheet", sheet_sha256="0" * 64
        ),
    )
    assert kept(page, rowan, Role.STAFF) in ((4, 4), (5, 4))

    run_jobs()
    assert kept(page, rowan) == (5, 4)
    assert kept(page) == (5, 4)
