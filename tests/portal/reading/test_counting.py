"""What is kept of how many confirmed is what the people and their confirmations say."""

from datetime import timedelta

import pytest
from django.utils import timezone

from portal.people.actions.membership import end_membership, grant_membership
from portal.people.actions.person import deactivate_person, reactivate_person
from portal.people.models import User
from portal.people.roles import Role
from portal.policies.changes import Change
from portal.policies.models import PolicyPage
from portal.reading.actions.count_readers import recount, recount_of_yesterday
from portal.reading.counting import corners_counted, corners_of
from portal.reading.invariants import counts_follow_from_the_confirmations
from portal.reading.models import AudienceChange, ReadingCount
from portal.record.actors import SETUP
from tests.factories import MembershipFactory, SiteFactory
from tests.fixtures.jobs import RunJobs
from tests.portal.reading.readers import asking, carer, changed, confirms, in_force, kept

pytestmark = pytest.mark.django_db


def counted_person_by_person(page: PolicyPage) -> dict[object, tuple[int, int]]:
    """Return asked and confirmed of every corner, asking of each person by themselves."""
    version = in_force(page)
    page = PolicyPage.objects.get(pk=page.pk)
    totals: dict[object, list[int]] = {(None, ""): [0, 0]}
    for person in User.objects.all():
        done = person.acknowledgements.filter(page=page, major=version.major).exists()
        for corner in corners_of([person.pk], page).get(person.pk, ()):
            total = totals.setdefault(corner, [0, 0])
            total[0] += 1
            total[1] += done
    return {corner: (asked, done) for corner, (asked, done) in totals.items()}


def all_kept(page: PolicyPage) -> dict[object, tuple[int, int]]:
    """Return every kept corner of a policy."""
    return {
        (row.site_id, row.role): (row.asked, row.confirmed)
        for row in ReadingCount.objects.filter(page=page)
    }


def test_a_person_counts_once_in_each_of_their_corners() -> None:
    rowan, larch = SiteFactory.create(), SiteFactory.create()
    person = carer(rowan)
    MembershipFactory.create(person=person, role=Role.CONTRIBUTOR, site=rowan)
    MembershipFactory.create(person=person, role=Role.STAFF, site=larch)
    page = asking(for_roles=[Role.STAFF, Role.CONTRIBUTOR])

    confirms(person, page)

    assert kept(page) == (1, 1)
    assert kept(page, rowan) == kept(page, larch) == (1, 1)
    assert kept(page, rowan, Role.STAFF) == kept(page, rowan, Role.CONTRIBUTOR) == (1, 1)
    assert kept(page, None, Role.STAFF) == (1, 1)
    assert all_kept(page) == counted_person_by_person(page)


def test_counts_step_by_step_are_those_of_a_count_anew() -> None:
    rowan, larch = SiteFactory.create(), SiteFactory.create()
    people = [carer(rowan), carer(rowan), carer(larch), carer(None)]
    people.append(carer(rowan, Role.CONTRIBUTOR))
    MembershipFactory.create(person=people[0], role=Role.STAFF, site=larch)
    pages = [asking("For all"), asking("For Rowan", for_sites=[rowan])]
    for page in pages:
        recount(page.pk)
        for person in (people[0], people[3], people[4]):
            confirms(person, page)
        step_by_step = all_kept(page)
        assert step_by_step == counted_person_by_person(page)
        recount(page.pk)
        assert all_kept(page) == step_by_step


def test_whoever_reads_without_being_asked_never_counts() -> None:
    manager = carer(None, Role.IG_LEAD)
    carer(None)
    page = asking(for_roles=[Role.STAFF])

    confirms(manager, page)

    assert kept(page) == (1, 0)


def test_confirming_again_after_a_minor_change_adds_nothing() -> None:
    person = carer(None)
    carer(None)
    page = asking(for_roles=[Role.STAFF])
    confirms(person, page)
    page = changed(page, summary="Put better.", change=Change.MINOR)
    recount(page.pk)
    assert kept(page) == (2, 1)

    confirms(person, page)

    assert kept(page) == (2, 1)


def test_a_major_change_asks_everybody_again(run_jobs: RunJobs) -> None:
    person = carer(None)
    page = asking(for_roles=[Role.STAFF])
    confirms(person, page)

    page = changed(page, summary="All new.", change=Change.MAJOR)
    run_jobs()

    assert kept(page) == (1, 0)


def test_a_policy_that_asks_nobody_has_no_counts(run_jobs: RunJobs) -> None:
    carer(None)
    page = asking()
    page = changed(page, asks_to_confirm=False, change=Change.MINOR)
    run_jobs()

    assert not ReadingCount.objects.filter(page=page).exists()
    assert corners_counted(page) == {}


def test_a_policy_for_nobody_is_counted_as_nobody() -> None:
    page = asking(for_sites=[SiteFactory.create()], for_roles=[Role.STAFF])

    assert all_kept(page) == {(None, ""): (0, 0)}


def test_starting_and_leaving_is_counted(run_jobs: RunJobs) -> None:
    rowan = SiteFactory.create()
    person = carer(None, Role.CONTRIBUTOR)
    page = asking(for_roles=[Role.STAFF])
    given = grant_membership(person, Role.STAFF, site=rowan, actor=SETUP)
    run_jobs()
    assert kept(page, rowan) == (1, 0)

    deactivate_person(person, actor=SETUP)
    run_jobs()
    assert kept(page) == (0, 0)

    reactivate_person(person, actor=SETUP)
    run_jobs()
    assert kept(page) == (1, 0)

    end_membership(given, actor=SETUP)
    run_jobs()
    assert kept(page) == (0, 0)
    assert not AudienceChange.objects.exists()


def test_many_changes_are_one_count(run_jobs: RunJobs) -> None:
    page = asking(for_roles=[Role.STAFF])
    for _ in range(3):
        grant_membership(carer(None, Role.CONTRIBUTOR), Role.STAFF, site=None, actor=SETUP)

    ran = run_jobs()

    assert ran.count("portal.reading.tasks.recount_after_changes") == 3
    assert kept(page) == (3, 0)


def test_a_newcomer_who_confirms_before_they_are_counted_is_not_refused() -> None:
    page = asking(for_roles=[Role.STAFF])
    newcomer = carer(None)
    assert kept(page) == (0, 0)

    confirms(newcomer, page)

    assert kept(page) == (0, 0)
    recount(page.pk)
    assert kept(page) == (1, 1)


def test_a_role_that_begins_today_is_counted_by_the_hourly_job() -> None:
    page = asking(for_roles=[Role.STAFF])
    MembershipFactory.create(person=carer(None, Role.CONTRIBUTOR), role=Role.STAFF)
    assert recount_of_yesterday() == 0
    ReadingCount.objects.update(counted_at=timezone.now() - timedelta(days=1))

    assert recount_of_yesterday() == 1

    assert kept(page) == (1, 0)


def test_the_nightly_look_finds_a_count_that_is_wrong() -> None:
    carer(None)
    page = asking(for_roles=[Role.STAFF])
    assert list(counts_follow_from_the_confirmations()) == []

    ReadingCount.objects.filter(page=page).update(asked=7)

    (broken,) = counts_follow_from_the_confirmations()
    assert str(page.pk) in broken


def test_the_nightly_look_finds_changes_that_nobody_counted() -> None:
    AudienceChange.objects.create(at=timezone.now() - timedelta(minutes=5))
    assert list(counts_follow_from_the_confirmations()) == []

    AudienceChange.objects.create(at=timezone.now() - timedelta(hours=3))

    assert len(list(counts_follow_from_the_confirmations())) == 1
