"""The screens about retention: who sees them, what they say, what they do."""

import re
from typing import Any
from urllib.parse import unquote

import pytest
from django.contrib.messages import get_messages
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from evidence_review.retention.actions.load_rules import load_rules
from evidence_review.retention.actions.place_hold import place_hold
from evidence_review.retention.models import Disposal, LegalHold, RetentionRule
from portal.people.models import User
from portal.people.roles import Role
from portal.record.models import Event
from portal.record.verbs import Verb
from tests.evidence_review.retention.conftest import out_of_use
from tests.factories import PASSWORD, EvidenceFactory, PersonFactory, SiteFactory

pytestmark = pytest.mark.django_db
RULES, DUE, HOLDS = "/admin/retention/", "/admin/retention/due/", "/admin/retention/holds/"
RULE = {"years": 6, "extra_months": 6, "basis": "uploaded", "months_never_approved": 3}
WHY = "Its period is over."


@pytest.fixture
def at_desk(client: Client, lead: User) -> Client:
    """A browser in which the IG lead is signed in."""
    client.force_login(lead)
    return client


@pytest.fixture
def trusted(at_desk: Client) -> Client:
    """The same, with the password entered again just now."""
    at_desk.post("/account/reauthenticate/", {"password": PASSWORD})
    return at_desk


def text(response: Any) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", response.content.decode()).split())


def said(response: Any) -> list[str]:
    return [str(message) for message in get_messages(response.wsgi_request)]


def confirm_page(*versions: Any) -> str:
    return f"{DUE}dispose/?" + "&".join(f"v={version.public_id}" for version in versions)


# --- Rules -----------------------------------------------------------------------------------


def test_the_rules_say_where_they_come_from_and_that_nobody_confirmed_them(
    at_desk: Client,
) -> None:
    page = text(at_desk.get(RULES))
    assert "Contracts and agreements: 6 years after they end." in page
    assert "rules are not confirmed" in page
    assert "No source was looked up" in page


def test_saving_a_rule_confirms_it_and_is_recorded(at_desk: Client, lead: User) -> None:
    answer = at_desk.post(f"{RULES}rules/contract/", RULE | {"source": "Our solicitor, in May."})
    assert (answer.status_code, answer["Location"]) == (302, RULES)
    rule = RetentionRule.objects.get(type__code="contract")
    assert (rule.months, rule.basis, rule.months_never_approved) == (78, "uploaded", 3)
    assert (rule.confirmed_by, rule.source) == (lead, "Our solicitor, in May.")
    event = Event.objects.get(verb=Verb.RETENTION_RULE_CHANGED)
    assert (event.object_ref, event.after) == ("contract", "78/uploaded/3")
    assert "Confirmed on" in text(at_desk.get(f"{RULES}rules/contract/"))


def test_what_somebody_confirmed_is_not_overwritten_by_the_defaults(at_desk: Client) -> None:
    at_desk.post(f"{RULES}rules/contract/", RULE | {"source": "Our solicitor."})
    RetentionRule.objects.filter(type__code="photo").delete()
    assert load_rules() == 1
    assert RetentionRule.objects.get(type__code="contract").months == 78
    assert load_rules() == 0


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"years": ""}, "Enter the years."),
        ({"years": "0", "extra_months": "0"}, "Enter between 1 month and 100 years."),
        ({"years": "100", "extra_months": "1"}, "Enter between 1 month and 100 years."),
        ({"years": "-1"}, "greater than or equal to 0"),
        ({"years": "9" * 30}, "less than or equal to 100"),
        ({"years": "six"}, "Enter a whole number"),
        ({"basis": "stopped"}, "stopped is not one of the available choices"),
        ({"months_never_approved": "0"}, "greater than or equal to 1"),
        ({"source": " "}, "Say where this comes from."),
        ({"source": "x" * 301}, "at most 300 characters"),
        ({"source": "a\x00b"}, "Null characters are not allowed"),
    ],
)
def test_a_rule_that_makes_no_sense_is_refused_in_words(
    at_desk: Client, changes: dict[str, str], sentence: str
) -> None:
    answer = at_desk.post(f"{RULES}rules/policy/", RULE | {"source": "A code."} | changes)
    assert answer.status_code == 400
    assert sentence in text(answer)
    assert not Event.objects.filter(verb=Verb.RETENTION_RULE_CHANGED).exists()


def test_an_administrator_sees_the_rules_and_changes_none(client: Client) -> None:
    client.force_login(PersonFactory(role=Role.PORTAL_ADMIN))
    page = client.get(RULES)
    assert page.status_code == 200
    assert "/rules/contract/" not in page.content.decode()
    assert client.get(f"{RULES}rules/contract/").status_code == 403


# --- Holds -----------------------------------------------------------------------------------


def test_a_hold_is_placed_shown_and_lifted(at_desk: Client, lead: User) -> None:
    site = SiteFactory(name="Rowan House")
    evidence = EvidenceFactory(site=site)
    sent = {"scope": "site", "site": site.pk, "reason": "A claim was made."}
    assert at_desk.post(f"{HOLDS}place/", sent)["Location"] == HOLDS
    hold = LegalHold.objects.get()
    assert "Everything of Rowan House" in text(at_desk.get(HOLDS))
    for page in (f"/evidence/{evidence.public_id}/", f"/admin/evidence/{evidence.public_id}/"):
        assert "old on everything of Rowan House since" in text(at_desk.get(page))

    empty = at_desk.post(f"{HOLDS}{hold.public_id}/lift/", {"reason": " "})
    assert (empty.status_code, LegalHold.objects.get().is_open) == (400, True)
    at_desk.post(f"{HOLDS}{hold.public_id}/lift/", {"reason": "Settled."})
    hold.refresh_from_db()
    assert (hold.is_open, hold.lifted_by, hold.lift_reason) == (False, lead, "Settled.")
    again = at_desk.post(f"{HOLDS}{hold.public_id}/lift/", {"reason": "Settled."})
    assert again.status_code == 409
    verbs = Event.objects.filter(object_kind="legal_hold").order_by("seq")
    assert list(verbs.values_list("verb", flat=True)) == ["legal_hold.placed", "legal_hold.lifted"]


def test_one_evidence_is_held_from_its_own_page(at_desk: Client) -> None:
    evidence = EvidenceFactory(title="Fire drill")
    address = f"{HOLDS}place/?evidence={evidence.public_id}"
    assert (
        address.replace("&", "&amp;")
        in at_desk.get(f"/admin/evidence/{evidence.public_id}/").content.decode()
    )
    assert "Fire drill" in text(at_desk.get(address))
    sent = {"scope": "evidence", "evidence": evidence.public_id, "reason": "A claim."}
    at_desk.post(address, sent)
    assert LegalHold.objects.get().evidence == evidence


@pytest.mark.parametrize(
    ("sent", "status", "sentence"),
    [
        ({"scope": "site", "reason": "x"}, 400, "Choose the site."),
        ({"scope": "evidence", "reason": "x"}, 400, "not one of the available choices"),
        ({"scope": "everything"}, 400, "Enter a reason to place a hold."),
        ({"scope": "everything", "reason": "x" * 2001}, 400, "2,000 characters or fewer"),
        ({"scope": "everything", "evidence": "nothing", "reason": "x"}, 404, ""),
        ({"scope": "everything", "evidence": "a\x00", "reason": "x"}, 404, ""),
    ],
)
def test_a_hold_that_says_too_little_is_refused_in_words(
    at_desk: Client, sent: dict[str, str], status: int, sentence: str
) -> None:
    answer = at_desk.post(f"{HOLDS}place/", sent)
    assert answer.status_code == status
    assert sentence in text(answer)
    assert not LegalHold.objects.exists()


# --- Due, and disposing ----------------------------------------------------------------------


def test_disposing_asks_for_the_password_again(at_desk: Client) -> None:
    version = out_of_use()
    asked = at_desk.get(confirm_page(version))
    answer = at_desk.post(confirm_page(version), {"reason": WHY})
    assert asked.status_code == answer.status_code == 302
    assert asked["Location"] == answer["Location"]
    assert answer["Location"].startswith("/account/reauthenticate/?next=")
    back = unquote(answer["Location"].partition("next=")[2])
    assert back == confirm_page(version)
    right = at_desk.post("/account/reauthenticate/", {"password": PASSWORD, "next": back})
    assert right["Location"] == back
    assert not Disposal.objects.exists()


def test_chosen_files_go_after_the_consequences_were_named(trusted: Client) -> None:
    first, second = out_of_use(title="Fire drill"), out_of_use(title="Fire door")
    shown = text(trusted.get(DUE))
    assert "Fire drill, version 1" in shown
    page = text(trusted.get(confirm_page(first, second)))
    assert "Dispose of 2 files" in page
    assert "deleted for good" in page
    assert "20 years from the day it was replaced or withdrawn" in page

    empty = trusted.post(confirm_page(first, second), {"reason": " "})
    assert empty.status_code == 400
    assert "Enter a reason to dispose of this file" in text(empty)
    done = trusted.post(confirm_page(first, second), {"reason": WHY})
    assert done["Location"] == DUE
    assert said(done)[-1].startswith("2 files are disposed of")
    assert Disposal.objects.count() == 2
    assert "Nothing is due" in text(trusted.get(DUE))


def test_what_stays_says_why(trusted: Client, lead: User) -> None:
    own, other = out_of_use(uploaded_by=lead), out_of_use()
    assert "You uploaded it, so another IG lead must dispose of it." in text(trusted.get(DUE))
    done = trusted.post(confirm_page(own, other), {"reason": WHY})
    messages = said(done)
    assert any("stays. You uploaded this file" in message for message in messages)
    assert Disposal.objects.get().version == other


def test_what_became_held_meanwhile_stays(trusted: Client, lead: User) -> None:
    version = out_of_use()
    trusted.get(confirm_page(version))
    place_hold(evidence=version.evidence, reason="A claim.", actor=lead)
    done = trusted.post(confirm_page(version), {"reason": WHY})
    assert "none of these is due any more" in said(done)[-1]
    assert not Disposal.objects.exists()


@pytest.mark.parametrize("query", ["", "?v=", "?v=nobody", "?v=%00", "?v=" + "x" * 5000])
def test_choosing_nothing_that_is_due_leads_back(trusted: Client, query: str) -> None:
    assert trusted.get(f"{DUE}dispose/{query}")["Location"] == DUE
    assert trusted.post(f"{DUE}dispose/{query}", {"reason": WHY})["Location"] == DUE


@pytest.mark.parametrize("query", ["?q=%00", "?site=x&kind=y", "?p=99", "?q=" + "x" * 500])
def test_odd_filters_harm_nobody(at_desk: Client, query: str) -> None:
    assert at_desk.get(DUE + query).status_code == 200


def test_a_long_list_costs_what_a_short_one_does(at_desk: Client) -> None:
    out_of_use()
    at_desk.get(DUE)
    with CaptureQueriesContext(connection) as short:
        at_desk.get(DUE)
    for _ in range(8):
        out_of_use()
    with CaptureQueriesContext(connection) as long:
        assert at_desk.get(DUE).content.decode().count('name="v"') == 9
    assert len(long) == len(short) <= 25


@pytest.mark.parametrize("export", ["csv", "xlsx"])
def test_the_schedule_and_what_is_due_are_given_out_as_spreadsheets(
    at_desk: Client, export: str
) -> None:
    out_of_use(title="=1+1")
    for address, words in ((RULES, b"Not confirmed"), (DUE, b"'=1+1")):
        sent: Any = at_desk.get(f"{address}?export={export}")
        sheet = b"".join(sent.streaming_content)
        assert sent.status_code == 200
        assert words in sheet if export == "csv" else sheet.startswith(b"PK")
    assert at_desk.get(f"{DUE}?export=exe").status_code == 200
