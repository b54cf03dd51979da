"""Portals with few and with many people who are asked to read sixty policies.

Rows are written in bulk, without review and without events, but they hold together: every
confirmation is of the version in force, and the kept counts are counted by the portal itself.
"""

from datetime import date, timedelta

from django.db import connection, transaction
from django.utils import timezone
from wagtail.models import Page, TaskState, WorkflowState

from portal.people.models import Membership, Organisation, Site, User
from portal.people.roles import Role
from portal.policies.actions.set_up_policies import set_up_policies
from portal.policies.fingerprints import text_sha256
from portal.policies.models import (
    FourEyesTask,
    PolicyAudience,
    PolicyInForce,
    PolicyPage,
    PolicyVersion,
)
from portal.policies.topics import Topic
from portal.reading.actions.count_readers import recount_all
from portal.record.actors import SETUP

POLICIES = 60
PEOPLE_AT_A_SITE = 60
_CONFIRM = """
    INSERT INTO reading_acknowledgement
        (person_id, page_id, version_id, major, sha256, at, how, device_ref, sheet_ref,
         sheet_sha256)
    SELECT u.id, v.page_id, v.id, v.major, v.sha256, %s, 'own', '', '', ''
    FROM people_user u JOIN policies_policyversion v
    WHERE (u.id * 7 + v.id * 3) %% 10 < 7
      AND NOT EXISTS (
        SELECT 1 FROM reading_acknowledgement a WHERE a.person_id = u.id AND a.version_id = v.id)
"""
"""Seven of ten confirm, others for each policy."""


def lead() -> User:
    """Return who follows it all up, made the first time."""
    return _person("lead")


def _person(name: str) -> User:
    person, is_new = User.objects.get_or_create(
        email=f"{name}@demo.example", defaults={"first_name": name, "last_name": "(demo)"}
    )
    if is_new:
        Membership.objects.create(person=person, role=Role.IG_LEAD, starts=_a_year_ago())
    return person


@transaction.atomic
def publish_policies() -> None:
    """Put sixty policies in force that ask to be confirmed, one in four for staff alone."""
    parent, owner, approver = set_up_policies(actor=SETUP), lead(), _person("approver")
    for number in range(1, POLICIES + 1):
        page = PolicyPage(
            title=f"Policy {number:02} (demo)",
            topic=Topic.SECURITY,
            summary="How we look after what we know about people.",
            policy_owner=owner,
            review_date=timezone.localdate() + timedelta(days=300),
            body=[("paragraph", "<p>Lock the tablet when you put it down.</p>")],
            live=False,
        )
        parent.add_child(instance=page)
        _put_in_force(page, approver, confirm_by=timezone.localdate() + timedelta(number - 20))
        PolicyAudience.objects.create(page=page, role=Role.STAFF if number % 4 == 0 else "")


def _put_in_force(page: PolicyPage, approver: User, *, confirm_by: date) -> None:
    """Let the approver have approved the page as it is; the database asks for the approval."""
    revision = page.save_revision(user=page.policy_owner)
    task = FourEyesTask.objects.get(active=True)
    state = WorkflowState.objects.create(
        content_type=page.get_content_type(),
        base_content_type=page.get_base_content_type(),
        object_id=str(page.pk),
        workflow=page.get_workflow(),
        status=WorkflowState.STATUS_APPROVED,
        requested_by=page.policy_owner,
    )
    TaskState.objects.create(
        workflow_state=state,
        revision=revision,
        task=task,
        status=TaskState.STATUS_APPROVED,
        finished_by=approver,
        finished_at=timezone.now(),
    )
    version = PolicyVersion.objects.create(
        page=page,
        number=1,
        major=1,
        revision=revision,
        sha256=text_sha256(page),
        asks_to_confirm=True,
        confirm_by=confirm_by,
        published_at=timezone.now() - timedelta(days=30),
        approved_by=approver,
    )
    PolicyInForce.objects.create(page=page, version=version)
    Page.objects.filter(pk=page.pk).update(live=True, live_revision=revision)


@transaction.atomic
def grow_to(people: int) -> None:
    """Bring the portal up to so many people at sites, and let seven of ten confirm each policy."""
    organisation, _ = Organisation.objects.get_or_create(name="Demo Care Group (demo)")
    wanted = -(-people // PEOPLE_AT_A_SITE)
    Site.objects.bulk_create(
        Site(organisation=organisation, name=f"Site {number:03} (demo)")
        for number in range(Site.objects.count() + 1, wanted + 1)
    )
    sites = list(Site.objects.order_by("pk"))
    start = User.objects.count()
    new = User.objects.bulk_create(
        User(email=f"p{number}@demo.example", first_name="Ann", last_name=f"Carer {number:05}")
        for number in range(start, people)
    )
    Membership.objects.bulk_create(
        Membership(
            person=person,
            role=Role.CONTRIBUTOR if number % 10 == 0 else Role.STAFF,
            site=sites[number % len(sites)],
            starts=_a_year_ago(),
        )
        for number, person in enumerate(new)
    )
    with connection.cursor() as cursor:
        cursor.execute(_CONFIRM, [timezone.now()])
        cursor.execute("ANALYZE")
    recount_all()


def _a_year_ago() -> date:
    return timezone.localdate() - timedelta(days=365)
