"""The screens of the admin: where copies go, the proof between two seals, the sheet."""

import base64
import json
from io import BytesIO

import pikepdf
import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries, Settings

from portal.anchors.actions.keep_anchor import keep_anchor, keep_anchor_problem
from portal.anchors.models import Anchor, AnchorKind, AnchorRecipient
from portal.anchors.places.mail import mail_place
from portal.anchors.sheet import scanned_address, sheet_pdf
from portal.people.models import Organisation, User
from portal.record.actors import SCHEDULER
from portal.record.checkpoints import read_checkpoint
from portal.record.models import Event
from portal.record.notes import NoteKey, read_note
from portal.record.proofs import consistency_holds
from portal.record.verbs import Verb
from portal.sealing.models import Seal
from portal.sealing.sealer import Sealer
from tests.portal.anchors.conftest import a_place, seal_again

pytestmark = pytest.mark.django_db
INDEX = "/admin/record/anchors/"


@pytest.fixture
def browser(client: Client, lead: User) -> Client:
    """Return a browser in which the IG lead is signed in."""
    client.force_login(lead)
    return client


def test_the_page_says_who_was_sent_what_and_what_is_wrong(
    browser: Client, seal: Seal, trustee: AnchorRecipient
) -> None:
    keep_anchor(seal, mail_place(trustee), b"", actor=SCHEDULER)
    keep_anchor_problem(mail_place(trustee), "The mail server did not take the e-mail.")

    page = browser.get(INDEX).content.decode()

    assert "Ada Finch (demo)" in page
    assert "Last sent" in page
    assert "did not take the e-mail" in page
    assert f"E-mail of {seal.size} events" in page


def test_an_empty_page_says_what_would_be_there(browser: Client) -> None:
    page = browser.get(INDEX).content.decode()

    assert "Nobody yet." in page
    assert "No copy has gone out yet" in page
    assert "Nothing is sealed yet" in page


def test_the_page_asks_as_much_of_the_database_for_twenty_people_as_for_one(
    browser: Client,
    seal: Seal,
    lead: User,
    trustee: AnchorRecipient,
    django_assert_max_num_queries: DjangoAssertNumQueries,
) -> None:
    more = [
        AnchorRecipient.objects.create(
            name="N", email=f"n{number}@x.example", is_outside=True, named_by=lead
        )
        for number in range(10)
    ]
    for one in more:
        keep_anchor(seal, mail_place(one), b"", actor=SCHEDULER)

    with django_assert_max_num_queries(40):
        browser.get(INDEX)


def test_a_downloaded_checkpoint_is_an_event_and_a_copy(
    browser: Client, seal: Seal, lead: User
) -> None:
    browser.get("/admin/record/seal/checkpoint/")
    browser.get("/admin/record/seal/checkpoint/")

    copies = Anchor.objects.all()
    assert [(one.kind, one.where, one.is_outside) for one in copies] == [
        (AnchorKind.DOWNLOAD, lead.actor_ref, False)
    ] * 2
    assert Event.objects.filter(verb=Verb.CHECKPOINT_ANCHORED).count() == 2


def test_the_proof_between_two_seals_can_be_checked_with_the_key_alone(
    browser: Client, sealer: Sealer, seal: Seal
) -> None:
    newer = seal_again(sealer)

    answer = browser.get(INDEX, {"size": seal.size})

    told = json.loads(answer.content)
    note = read_note(told["checkpoint"])
    note.opened_by([NoteKey.from_text(newer.key.public)])
    head = read_checkpoint(note.text)
    assert told["root"] == base64.b64encode(bytes.fromhex(seal.root)).decode()
    assert consistency_holds(
        first=told["size"],
        second=head.size,
        first_root=base64.b64decode(told["root"]),
        second_root=head.root,
        proof=[base64.b64decode(one) for one in told["proof"]],
    )
    assert "attachment" in answer["Content-Disposition"]


@pytest.mark.parametrize(
    "size", ["", "0", "-1", "4", "999999", "1e3", "٣", "5\0", "9" * 40, "<b>", "5 or 1=1"]
)
def test_a_size_that_was_never_sealed_is_told(browser: Client, seal: Seal, size: str) -> None:
    answer = browser.get(INDEX, {"size": size})

    assert answer.status_code == 404
    assert "There is a problem" in answer.content.decode()


def test_a_receipt_is_given_as_it_was_kept(browser: Client, seal: Seal) -> None:
    kept = keep_anchor(
        seal, a_place(kind=AnchorKind.TIMESTAMP, where="tsa:x"), b"\x30\x00", actor=SCHEDULER
    )
    other = keep_anchor(seal, a_place(), b"", actor=SCHEDULER)
    assert kept is not None
    assert other is not None

    assert browser.get(f"{INDEX}{kept.pk}/receipt/").content == b"\x30\x00"
    assert browser.get(f"{INDEX}{other.pk}/receipt/").status_code == 404


def test_the_sheet_shows_the_seal_in_groups_of_four(browser: Client, seal: Seal) -> None:
    page = browser.get(f"{INDEX}sheet/").content.decode()

    assert " ".join(seal.root[at : at + 4] for at in range(0, 64, 4)) in page
    assert seal.key.fingerprint[:4] + " " + seal.key.fingerprint[4:8] in page
    assert 'role="img"' in page


def test_the_sheet_is_a_tagged_pdf_and_the_same_for_the_same_seal(
    browser: Client, seal: Seal
) -> None:
    Organisation.objects.create(name="Żaneta’s 林 Care <b> #[x] \\ $ (demo)")
    content = browser.get(f"{INDEX}sheet/{seal.pk}.pdf").content

    assert content == sheet_pdf(seal)
    with pikepdf.open(BytesIO(content)) as pdf:
        assert pdf.Root.MarkInfo.Marked
        assert pdf.Root.Lang == "en-GB"
        assert len(pdf.pages) == 1
    assert browser.get(f"{INDEX}sheet/{seal.pk + 1}.pdf").status_code == 404


def test_the_code_of_the_sheet_leads_to_the_answer(
    client: Client, seal: Seal, settings: Settings
) -> None:
    base: str = settings.WAGTAILADMIN_BASE_URL
    page = client.get(scanned_address(seal).removeprefix(base.rstrip("/"))).content.decode()

    assert "It holds" in page
