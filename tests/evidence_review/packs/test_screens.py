"""An IG lead chooses, looks, has made, follows, downloads and tries again."""

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from evidence_review.inspection.models import InspectorAccess
from evidence_review.packs import making
from evidence_review.packs.models import Pack
from evidence_review.packs.states import PackState
from portal.frameworks.models import Edition, Requirement
from portal.people.models import Site, User
from portal.people.roles import Role
from portal.record.models import Event
from portal.record.verbs import Verb
from tests.evidence_review.inspection.conftest import text_of
from tests.evidence_review.inspection.living import Living
from tests.evidence_review.packs.conftest import MakePack, Seal
from tests.factories import PersonFactory
from tests.fixtures.jobs import RunJobs

pytestmark = pytest.mark.django_db


def signed_in(person: User) -> Client:
    client = Client()
    client.force_login(person)
    return client


@pytest.fixture
def lead(living: Living) -> Client:
    """The browser of the IG lead of the whole organisation."""
    return signed_in(living.lead)


@pytest.fixture
def edition(requirement: Requirement) -> Edition:
    """The edition of the tests, in use."""
    Edition.objects.filter(pk=requirement.edition.pk).update(in_use=True)
    return requirement.edition


def page_of(pack: Pack, name: str = "pack") -> str:
    return reverse(f"packs:{name}", args=[pack.public_id])


def test_what_will_be_in_it_is_shown_before_it_is_made(
    lead: Client, evidence: None, edition: Edition, other_site: Site, run_jobs: RunJobs
) -> None:
    chosen = {
        "editions": [edition.pk],
        "which": "chosen",
        "sites": [other_site.pk],
        "with_files": "on",
    }
    shown = text_of(lead.post(reverse("packs:new"), chosen))
    assert "1 piece of evidence, 1" in shown
    assert "Data protection policy, version 1" in shown
    assert "Fire drill" not in shown
    assert not Pack.objects.exists()

    answer = lead.post(reverse("packs:new"), chosen | {"make": "1"})

    pack = Pack.objects.get()
    assert answer.headers["Location"] == page_of(pack)
    assert pack.scope["site_names"] == ["Larch Lodge (demo)"]
    assert "It starts in a moment." in text_of(lead.get(page_of(pack)))


@pytest.mark.parametrize(
    ("said", "problem"),
    [
        ({"editions": []}, "Choose what the pack is to hold evidence for"),
        ({"which": "chosen"}, "Choose at least one site"),
        (
            {"approved_from": "2026-02-02", "approved_to": "2026-02-01"},
            "The last day must not be before the first",
        ),
    ],
)
def test_what_is_wrong_is_said_beside_the_field(
    lead: Client, edition: Edition, said: dict[str, object], problem: str
) -> None:
    answer = lead.post(
        reverse("packs:new"), {"editions": [edition.pk], "which": "every", "make": "1"} | said
    )
    assert answer.status_code == 400
    assert problem in text_of(answer)
    assert not Pack.objects.exists()


def test_days_and_statements_narrow_a_pack(
    lead: Client, living: Living, evidence: None, edition: Edition, requirement: Requirement
) -> None:
    today = timezone.localdate().isoformat()
    chosen = {"editions": [edition.pk], "which": "every", "statements": [requirement.pk]}
    assert "2 pieces of evidence" in text_of(lead.post(reverse("packs:new"), chosen))
    early = chosen | {"approved_to": "2020-01-01"}
    assert "The pack would be empty." in text_of(lead.post(reverse("packs:new"), early))
    late = chosen | {"approved_from": today, "approved_to": today}
    assert "2 pieces of evidence" in text_of(lead.post(reverse("packs:new"), late))


def test_a_pack_for_an_inspector_is_exactly_their_access(
    lead: Client, access: InspectorAccess
) -> None:
    lead.post(reverse("packs:new"), {"access": access.public_id, "for_inspector": "1"})
    pack = Pack.objects.get()
    assert (pack.access, pack.scope["site_names"]) == (access, ["Rowan House (demo)"])
    refused = lead.post(reverse("packs:new"), {"access": "nobody", "for_inspector": "1"})
    assert refused.status_code == 400


def test_a_lead_of_one_site_makes_and_sees_packs_of_that_site_only(
    living: Living, site: Site, other_site: Site, edition: Edition, make_pack: MakePack
) -> None:
    client = signed_in(PersonFactory.create(role=Role.IG_LEAD, site=site))
    everywhere, elsewhere = make_pack(), make_pack(sites=[other_site])
    for pack in (everywhere, elsewhere):
        assert client.get(page_of(pack)).status_code == 404
    refused = client.post(
        reverse("packs:new"), {"editions": [edition.pk], "sites": [other_site.pk], "make": "1"}
    )
    assert refused.status_code == 400
    client.post(reverse("packs:new"), {"editions": [edition.pk], "sites": [site.pk], "make": "1"})
    own = Pack.objects.first()
    assert own
    assert own.scope["sites"] == [site.public_id]
    listed = client.get(reverse("packs:index")).content.decode()
    assert page_of(own) in listed
    assert page_of(everywhere) not in listed


def test_the_page_says_each_step_and_gives_the_file(
    lead: Client, living: Living, evidence: None, edition: Edition, seal: Seal, run_jobs: RunJobs
) -> None:
    lead.post(
        reverse("packs:new"),
        {"editions": [edition.pk], "which": "every", "make": "1", "with_files": "on"},
    )
    pack = Pack.objects.get()
    run_jobs()
    assert "Waiting for the record to be sealed" in text_of(lead.get(page_of(pack)))
    assert lead.get(page_of(pack, "download")).status_code == 302
    seal()
    run_jobs(planned_until=timezone.now() + making.AGAIN_AFTER * 2)

    assert "Download the pack" in text_of(lead.get(page_of(pack)))
    file = lead.get(page_of(pack, "download"))
    assert b"".join(file).startswith(b"PK\x03\x04")
    assert file.headers["Content-Disposition"].startswith('attachment; filename="Inspection pack 2')
    event = Event.objects.get(verb=Verb.PACK_DOWNLOADED)
    pack.refresh_from_db()
    assert (event.actor_ref, event.sha256) == (living.lead.actor_ref, pack.sha256)


def test_a_failed_pack_says_why_and_can_be_tried_again(
    lead: Client, living: Living, evidence: None, edition: Edition, make_pack: MakePack
) -> None:
    pack = make_pack()
    Pack.objects.filter(pk=pack.pk).update(state=PackState.FAILED, problem="The disk is full.")
    assert "The disk is full." in text_of(lead.get(page_of(pack)))
    lead.post(page_of(pack, "again"))
    pack.refresh_from_db()
    assert (pack.state, pack.problem) == (PackState.REQUESTED, "")
    lead.post(page_of(pack, "stop"))
    pack.refresh_from_db()
    assert pack.state == PackState.CANCELLED
    assert "no longer possible" in text_of(lead.post(page_of(pack, "stop"), follow=True))


def test_the_list_leaves_as_a_spreadsheet(
    lead: Client, evidence: None, make_pack: MakePack
) -> None:
    make_pack()
    sheet = b"".join(lead.get(reverse("packs:index") + "?export=csv")).decode()
    assert Pack.objects.get().sha256 in sheet
