"""A team meeting is kept whole: the meeting, the sheet, a confirmation for each, or nothing."""

import hashlib
from datetime import date, timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, transaction
from django.test import Client
from django.utils import timezone

from evidence_review.evidence.actions.upload import Upload
from evidence_review.evidence.intake import KeptFile
from evidence_review.evidence.models import Evidence, EvidenceVersion
from evidence_review.evidence.states import VersionState
from evidence_review.meetings.actions.record_meeting import Held, MeetingRefused, record_meeting
from evidence_review.meetings.models import Meeting, MeetingPolicy
from portal.people.answers import NotPermitted
from portal.people.models import Site, User
from portal.people.roles import Role
from portal.policies.changes import Change
from portal.policies.models import PolicyPage
from portal.reading.models import Acknowledgement, How
from portal.reading.stale import StaleVersion
from portal.record.models import Event
from portal.record.queries import events_about
from portal.record.verbs import Verb
from tests.factories import SiteFactory, VerdictFactory
from tests.fixtures.jobs import RunJobs
from tests.portal.reading.readers import asking, carer, changed, in_force, kept

pytestmark = pytest.mark.django_db
ADD = "/policies/meetings/add/"


class Home:
    """A care home with a manager and three carers, and a policy that asks the carers."""

    def __init__(self) -> None:
        self.site: Site = SiteFactory.create(name="Rowan House (demo)")
        self.manager = carer(self.site, Role.REGISTERED_MANAGER)
        self.people = [carer(self.site, last_name=f"Carer{n}") for n in range(3)]
        self.page: PolicyPage = asking("Using your phone", for_roles=[Role.STAFF])

    def held(self, **told: object) -> Held:
        """Return a meeting of today with everybody there, but for what is told."""
        facts: dict[str, object] = {
            "site": self.site,
            "held_on": timezone.localdate(),
            "versions": [in_force(self.page)],
            "people": self.people,
        }
        return Held(**(facts | told))  # type: ignore[arg-type]  # a mixed dictionary

    def record(self, key: str = "a-key", actor: User | None = None, **told: object) -> Meeting:
        """Record a meeting."""
        return record_meeting(self.held(**told), sheet(key), actor=actor or self.manager)


def sheet(key: str = "a-key", content: bytes = b"%PDF-1.7 signed") -> Upload:
    """Return a sheet on its way in."""
    kept_file = KeptFile(
        sha256=hashlib.sha256(content).hexdigest(),
        size=len(content),
        media_type="application/pdf",
        extension="pdf",
        original_name="sheet.pdf",
    )
    return Upload(file=kept_file, key=key)


@pytest.fixture
def home(db: None) -> Home:
    return Home()


def nothing_is_kept() -> bool:
    """Tell whether there is no trace of a meeting."""
    traces = (Meeting, Acknowledgement, Evidence, EvidenceVersion)
    return not any(model.objects.exists() for model in traces)


def test_everybody_there_has_confirmed_and_the_sheet_is_kept(home: Home) -> None:
    meeting = home.record()

    rows = Acknowledgement.objects.filter(page=home.page)
    assert {row.person for row in rows} == set(home.people)
    assert {row.how for row in rows} == {How.MEETING}
    assert {row.recorded_by for row in rows} == {home.manager}
    assert {row.sheet_ref for row in rows} == {meeting.public_id}
    version = meeting.sheet.versions.get()
    assert {row.sheet_sha256 for row in rows} == {version.sha256}
    assert version.state == VersionState.WAITING
    assert meeting.sheet.type.name == "Sign-off sheet"
    assert meeting.sheet.site == home.site
    assert kept(home.page, home.site) == (3, 3)
    (event,) = events_about("meeting", meeting.public_id)
    assert event.verb == Verb.MEETING_RECORDED
    assert event.data["facts"]["people"] == 3
    assert Event.objects.filter(verb=Verb.POLICY_ACKNOWLEDGED).count() == 3


def test_sent_twice_it_is_one_meeting(home: Home) -> None:
    first = home.record()
    events = Event.objects.count()

    assert home.record() == first
    assert Meeting.objects.count() == 1
    assert Event.objects.count() == events


@pytest.mark.parametrize("days", [1, -3650])
def test_a_day_that_does_not_fit_keeps_nothing(home: Home, days: int) -> None:
    with pytest.raises(MeetingRefused):
        home.record(held_on=timezone.localdate() + timedelta(days=days))

    assert nothing_is_kept()


def test_nobody_there_or_nobody_asked_keeps_nothing(home: Home) -> None:
    for people in ([], [carer(home.site, Role.CONTRIBUTOR)]):
        with pytest.raises(MeetingRefused):
            home.record(people=people)

    assert nothing_is_kept()


def test_a_version_replaced_meanwhile_keeps_nothing(home: Home) -> None:
    old = in_force(home.page)
    changed(home.page, summary="All new.", change=Change.MAJOR)

    with pytest.raises(StaleVersion):
        home.record(versions=[old])

    assert nothing_is_kept()


def test_only_a_manager_of_the_site_or_an_ig_lead_may(home: Home) -> None:
    elsewhere = carer(SiteFactory.create(), Role.REGISTERED_MANAGER)
    for actor in (elsewhere, home.people[0], carer(None, Role.EDITOR)):
        with pytest.raises(NotPermitted):
            home.record(actor=actor)
    assert nothing_is_kept()

    home.record(actor=carer(None, Role.IG_LEAD))


def test_the_database_refuses_to_change_a_meeting_or_to_date_it_wrongly(home: Home) -> None:
    meeting = home.record()
    changes = (
        lambda: Meeting.objects.update(held_on=date(2020, 1, 1)),
        lambda: Meeting.objects.all().delete(),
        lambda: meeting.present.all().delete(),
        lambda: MeetingPolicy.objects.update(version=in_force(home.page)),
    )
    for change in changes:
        with pytest.raises(IntegrityError), transaction.atomic():
            change()


def test_a_sheet_that_is_refused_is_asked_for_again(home: Home, client: Client) -> None:
    meeting = home.record()
    VerdictFactory.create(sha256=meeting.sheet.versions.get().sha256)
    meeting.sheet.versions.update(state=VersionState.REFUSED_BY_GATE)
    client.force_login(home.manager)

    page = client.get(f"/policies/meetings/{meeting.public_id}/").content.decode()
    assert "The signed sheet was refused: upload it again" in page
    assert f"/evidence/{meeting.sheet.public_id}/versions/add/" in page
    readers = client.get(f"/policies/follow-up/{home.page.slug}/?state=confirmed").content.decode()
    assert readers.count("The signed sheet was refused: upload it again.") == 3


def test_the_whole_way_through_the_pages(home: Home, client: Client, run_jobs: RunJobs) -> None:
    client.force_login(home.manager)
    chosen = {"site": home.site.public_id, "policy": home.page.slug}
    assert "Using your phone" in client.get(ADD).content.decode()
    people = client.get(ADD, chosen).content.decode()
    assert "Who was there?" in people
    assert all(str(person) in people for person in home.people)

    first = home.people[0].public_id
    found = client.post(ADD, chosen | {"do": "find", "q": "carer2", "present": first})
    text = found.content.decode()
    assert text.count(" checked>") == 1
    assert "Carer1" not in text
    assert "Carer2" in text
    assert client.post(ADD, chosen | {"do": "all"}).content.decode().count(" checked>") == 3

    today = timezone.localdate()
    told = chosen | {
        "do": "record",
        "present": [person.public_id for person in home.people],
        "held_on_day": today.day,
        "held_on_month": today.month,
        "held_on_year": today.year,
        "upload_key": "from-the-page",
    }
    without_file = client.post(ADD, told)
    assert without_file.status_code == 400
    assert "Choose one file to upload" in without_file.content.decode()
    file = SimpleUploadedFile("sheet.txt", b"Signed by everybody")
    done = client.post(ADD, told | {"files": file}, follow=True).content.decode()
    assert "3 people read this together" in done
    assert "3 people read" in client.get("/policies/meetings/").content.decode()
    blank = client.get("/policies/meetings/sheet/", chosen).content.decode()
    assert "Signature" in blank
