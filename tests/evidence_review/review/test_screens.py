"""The screens of the review room: who sees them, what they say, what they do."""

import re
from collections.abc import Callable
from io import BytesIO
from typing import Any

import pytest
from django.contrib.messages import get_messages
from django.db import transaction
from django.test import Client
from django.urls import reverse
from openpyxl import load_workbook
from pytest_django import DjangoAssertNumQueries, Settings

from evidence_review.evidence.models import Evidence, EvidenceVersion
from evidence_review.evidence.states import VersionState
from evidence_review.review.models import Decision, ReviewRoute, StandIn
from portal.people.models import User
from portal.people.roles import Role
from portal.record.models import Event
from portal.record.record import record
from portal.record.verbs import Verb
from tests.evidence_review.scanning import doubles
from tests.factories import (
    EvidenceFactory,
    PersonFactory,
    RequirementFactory,
    RouteFactory,
    SiteFactory,
    StandInFactory,
    VersionFactory,
)

pytestmark = pytest.mark.django_db

QUEUE = "/admin/evidence/review/"
REASON = "The date on page 3 is missing."


@pytest.fixture
def at_desk(client: Client, lead: User) -> Client:
    """A browser in which the IG lead is signed in."""
    client.force_login(lead)
    return client


@pytest.fixture
def sign_in(client: Client) -> Callable[[User], Client]:
    """Sign somebody in and give the browser."""

    def _sign_in(person: User) -> Client:
        client.force_login(person)
        return client

    return _sign_in


def page_of(version: EvidenceVersion) -> str:
    """Return the address of the decision screen."""
    return reverse("review:decide", args=[version.public_id])


def text_of(response: Any) -> str:
    """Return what a person reads on a page: no tags, one space between words."""
    main = response.content.decode().partition("<main")[2]
    return " ".join(re.sub(r"<[^>]+>", " ", main).replace("&quot;", '"').split())


def decision(version: EvidenceVersion, outcome: str, **more: str) -> dict[str, str]:
    """Return what the form of the decision screen sends."""
    return {"outcome": outcome, "sha256_seen": version.sha256, "reason": REASON} | more


def said(response: Any) -> list[str]:
    """Return the messages a request left for the next page."""
    return [str(message) for message in get_messages(response.wsgi_request)]


SCREENS = ["queue", "report", "stand_ins", "name_stand_in"]
LEADS_SCREENS = ["routes"]


@pytest.mark.parametrize("name", [*SCREENS, *LEADS_SCREENS, "all"])
def test_an_ig_lead_sees_every_screen(at_desk: Client, name: str) -> None:
    assert at_desk.get(reverse(f"review:{name}")).status_code == 200


@pytest.mark.parametrize("name", [*SCREENS, *LEADS_SCREENS, "all"])
@pytest.mark.parametrize("role", [Role.EDITOR, Role.PORTAL_ADMIN])
def test_others_in_the_admin_are_turned_away(
    sign_in: Callable[[User], Client], name: str, role: Role
) -> None:
    person = PersonFactory(role=role, is_superuser=role == Role.PORTAL_ADMIN)
    assert sign_in(person).get(reverse(f"review:{name}")).status_code == 403


@pytest.mark.parametrize("name", [*SCREENS, *LEADS_SCREENS, "all"])
@pytest.mark.parametrize("role", [None, Role.CONTRIBUTOR, Role.GROUP_MANAGER])
def test_those_outside_the_admin_do_not_get_in(
    sign_in: Callable[[User], Client], name: str, role: Role | None
) -> None:
    response = sign_in(PersonFactory(role=role)).get(reverse(f"review:{name}"))
    assert response.status_code == 302
    assert response.headers["Location"].partition("?")[0] in ("/admin/login/", "/account/login/")


def test_strangers_are_sent_to_the_door(client: Client) -> None:
    version = VersionFactory()
    for url in (QUEUE, page_of(version), reverse("review:download", args=[version.public_id])):
        response = client.get(url)
        assert response.status_code == 302
        assert response.headers["Location"].startswith("/admin/login/?next=/admin/evidence/")


def test_a_lead_of_another_site_sees_neither_file_nor_facts(
    sign_in: Callable[[User], Client],
) -> None:
    version = VersionFactory(stored=True)
    browser = sign_in(PersonFactory(role=Role.IG_LEAD, site=SiteFactory()))
    assert browser.get(page_of(version)).status_code == 403
    assert (
        browser.get(reverse("review:evidence", args=[version.evidence.public_id])).status_code
        == 403
    )
    assert browser.get(reverse("review:download", args=[version.public_id])).status_code == 404
    for name in ("withdraw", "recall"):
        url = reverse(f"review:{name}", args=[version.public_id])
        assert browser.get(url).status_code == 403
        assert browser.post(url, {"reason": REASON}).status_code == 403
    assert browser.post(page_of(version), decision(version, "approve")).status_code == 403
    assert not Event.objects.exists()


def test_an_empty_queue_says_what_would_be_here(at_desk: Client) -> None:
    text = text_of(at_desk.get(QUEUE))
    assert "Nothing waits for you" in text
    assert "When somebody uploads evidence and the virus check is clean, it appears here" in text


def test_the_queue_shows_what_waits_and_not_what_is_ones_own(at_desk: Client, lead: User) -> None:
    version = VersionFactory()
    own = VersionFactory(uploaded_by=lead)
    text = text_of(at_desk.get(QUEUE))
    assert "1 file waits for you" in text
    assert version.evidence.title in text
    assert str(version.evidence.site) in text
    assert version.uploaded_by.actor_label in text
    assert own.evidence.title not in text


def test_the_queue_can_be_narrowed_and_sorted_without_a_script(at_desk: Client) -> None:
    requirement = RequirementFactory(section="Staffing and roles")
    requirement.edition.sections = [{"name": "Staffing and roles", "groups": []}]
    requirement.edition.save()
    wanted = VersionFactory(evidence__title="Fire drill", evidence__requirements=[requirement])
    other = VersionFactory(evidence__title="Backup test", evidence__type__code="photo")
    site = wanted.evidence.site
    assert site is not None
    for query in (
        {"q": "fire"},
        {"site": site.public_id},
        {"section": "Staffing and roles"},
        {"type": wanted.evidence.type.code},
    ):
        text = text_of(at_desk.get(QUEUE, query))
        assert "Fire drill" in text
        assert "Backup test" not in text
    text = text_of(at_desk.get(QUEUE, {"order": "title"}))
    assert text.index("Backup test") < text.index("Fire drill")
    text = text_of(at_desk.get(QUEUE, {"age": "30"}))
    assert "No file that waits for you fits what you chose" in text
    assert other.evidence.title not in text


@pytest.mark.parametrize(
    "query", ["p=999", "p=x", "p=-1", "site=%00", "q=%00", "order=%27", "age=5x", "type=nothing"]
)
def test_strange_questions_break_nothing(at_desk: Client, query: str) -> None:
    VersionFactory()
    assert at_desk.get(f"{QUEUE}?{query}").status_code == 200


def test_the_queue_comes_in_pages(at_desk: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("evidence_review.review.views.queue.PAGE", 2)
    versions = VersionFactory.create_batch(3)
    first, second = at_desk.get(QUEUE), at_desk.get(QUEUE, {"p": "2"})
    assert "Next page" in text_of(first)
    assert versions[2].evidence.title not in text_of(first)
    assert versions[2].evidence.title in text_of(second)
    assert "Previous page" in text_of(second)
    assert "Next page" not in text_of(second)


@pytest.mark.parametrize("rows", [2, 26, 40])
@pytest.mark.parametrize("visit", ["first", "second"])
def test_the_page_takes_the_same_queries_however_long_the_queue_is(
    at_desk: Client, django_assert_num_queries: DjangoAssertNumQueries, rows: int, visit: str
) -> None:
    VersionFactory.create_batch(rows)
    at_desk.get("/admin/account/")
    if visit == "second":
        at_desk.get(QUEUE)
    with django_assert_num_queries(12 if visit == "first" else 9):
        at_desk.get(QUEUE)


def test_the_furniture_that_is_kept_is_ones_own(client: Client, lead: User) -> None:
    VersionFactory()
    client.force_login(lead)
    mine = client.get(QUEUE).content.decode()
    again = client.get(QUEUE).content.decode()
    other = PersonFactory(role=Role.IG_LEAD, first_name="Zoltan")
    client.force_login(other)
    theirs = client.get(QUEUE).content.decode()
    assert "Zoltan" in theirs
    assert "Zoltan" not in mine
    token = re.compile(r'"CSRF_TOKEN": "([A-Za-z0-9]{64})"')
    assert len({token.search(page)[1] for page in (mine, again, theirs)}) == 3  # type: ignore[index]  # else it fails
    assert token.sub("", mine) == token.sub("", again) or "csrfmiddlewaretoken" in mine


def test_a_message_is_shown_once_and_never_kept(at_desk: Client) -> None:
    version, _ = VersionFactory(), VersionFactory()
    at_desk.get(QUEUE)
    sent = {"version": f"{version.public_id}:{version.sha256}", "reason": REASON}
    assert "1 file is returned with your reason." in text_of(at_desk.post(QUEUE, sent, follow=True))
    assert "is returned" not in text_of(at_desk.get(QUEUE))


def test_the_menu_tells_how_many_wait(at_desk: Client) -> None:
    VersionFactory()
    page = at_desk.get(reverse("wagtailadmin_account")).content.decode()
    assert '"data-wr-count": "1"' in page
    assert '"aria-label": "Evidence, 1 to review"' in page


def test_the_menu_shows_those_without_reviews_nothing_of_them(
    sign_in: Callable[[User], Client],
) -> None:
    VersionFactory()
    page = sign_in(PersonFactory(role=Role.EDITOR)).get(reverse("wagtailadmin_account"))
    assert "data-wr-count" not in page.content.decode()
    assert QUEUE not in page.content.decode()


def test_the_first_page_of_the_admin_says_what_waits(at_desk: Client) -> None:
    assert "Nothing waits for you" in text_of(at_desk.get("/admin/"))
    version = VersionFactory()
    text = text_of(at_desk.get("/admin/"))
    assert "1 file waits for you. The oldest has waited since" in text
    assert version.evidence.title in text


def test_several_files_are_returned_with_one_reason(at_desk: Client) -> None:
    chosen, left = VersionFactory.create_batch(2), VersionFactory()
    sent = {"version": [f"{v.public_id}:{v.sha256}" for v in chosen], "reason": REASON}
    text = text_of(at_desk.post(QUEUE, sent, follow=True))
    assert "2 files are returned with your reason." in text
    assert {d.version_id: d.reason for d in Decision.objects.all()} == {
        v.pk: REASON for v in chosen
    }
    left.refresh_from_db()
    assert left.state == VersionState.IN_REVIEW


@pytest.mark.parametrize(
    ("chosen", "reason", "sentence"),
    [(True, "", "Enter a reason to return these files"), (False, REASON, "Choose the files to")],
)
def test_returning_several_keeps_what_was_typed(
    at_desk: Client, chosen: bool, reason: str, sentence: str
) -> None:
    version = VersionFactory()
    picked = [f"{version.public_id}:{version.sha256}"] if chosen else []
    response = at_desk.post(QUEUE, {"version": picked, "reason": reason})
    assert response.status_code == 400
    assert sentence in text_of(response)
    page = response.content.decode()
    assert (" checked" in page) is chosen
    assert f">{reason}</textarea>" in page
    assert not Decision.objects.exists()


def test_what_cannot_be_returned_with_the_others_is_named(at_desk: Client, lead: User) -> None:
    mine, stale, good = VersionFactory(uploaded_by=lead), VersionFactory(), VersionFactory()
    sent = [
        f"{mine.public_id}:{mine.sha256}",
        f"{stale.public_id}:{'0' * 64}",
        f"nobody:{'0' * 64}",
        "nonsense\0",
        f"{good.public_id}:{good.sha256}",
    ]
    text = text_of(at_desk.post(QUEUE, {"version": sent, "reason": REASON}, follow=True))
    assert f"{mine} was not returned. You uploaded this file." in text
    assert f"{stale} was not returned. This is not the file you looked at." in text
    assert "One of the files is not there any more." in text
    assert "1 file is returned" in text


def test_the_decision_screen_shows_what_helps_to_decide(at_desk: Client) -> None:
    requirement = RequirementFactory(question_plain="Are your data policies up to date?")
    evidence = EvidenceFactory(requirements=[requirement], claim="Our rules for data.")
    VersionFactory(evidence=evidence, approved=True)
    version = VersionFactory(evidence=evidence, change_note="New rule on photos.")
    text = text_of(at_desk.get(page_of(version)))
    for words in (
        f"{evidence.title}, version 2",
        "It supports 1 requirement.",
        "In review",
        "1 of 1, oldest first",
        "2 (version 1 is approved)",
        version.uploaded_by.actor_label,
        f"PDF, {version.size} bytes, 9 pages",
        "Clean",
        version.sha256,
        "Are your data policies up to date?",
        "Difference from approved version 1",
        "New rule on photos.",
        "Nothing: title, dates and requirements are as they were.",
        "You did not upload or edit this file, so you may decide.",
        "Approve version 2",
        f"Return to {version.uploaded_by.first_name} with reasons",
        "Refuse version 2",
    ):
        assert words in text, words


def test_the_decision_comes_last_on_the_page(at_desk: Client) -> None:
    page = at_desk.get(page_of(VersionFactory())).content.decode()
    order = [
        "h-file",
        "h-difference",
        "h-history",
        "h-facts",
        "h-verdict",
        "h-supports",
        "h-decision",
    ]
    places = [page.index(f'id="{heading}"') for heading in order]
    assert places == sorted(places)


def test_details_changed_since_the_approval_are_told(at_desk: Client, other_lead: User) -> None:
    evidence = EvidenceFactory()
    VersionFactory(evidence=evidence, approved=True)
    version = VersionFactory(evidence=evidence)
    changes = {"title": [evidence.title, "Fire drill"]}
    _record_change(evidence, other_lead, changes)
    text = text_of(at_desk.get(page_of(version)))
    told = text.partition("Details changed since then")[2].partition("History")[0]
    assert "Fire drill" in told
    assert other_lead.actor_label in told


def _record_change(evidence: Evidence, actor: User, changes: dict[str, list[str]]) -> None:
    with transaction.atomic():
        record(Verb.EVIDENCE_CHANGED, evidence.record_ref, actor=actor, detail={"changes": changes})


@pytest.mark.parametrize(
    ("outcome", "state", "words"),
    [
        ("approve", VersionState.APPROVED, "is approved"),
        ("return", VersionState.RETURNED, "is returned"),
        ("refuse", VersionState.REFUSED, "is refused"),
    ],
)
def test_after_a_decision_comes_the_next_file(
    at_desk: Client, outcome: str, state: VersionState, words: str
) -> None:
    version, following = VersionFactory(), VersionFactory()
    response = at_desk.post(page_of(version), decision(version, outcome))
    assert response.status_code == 302
    assert response.headers["Location"] == page_of(following)
    assert said(response) == [f"Version 1 of “{version.evidence.title}” {words}."]
    version.refresh_from_db()
    assert version.state == state
    last = at_desk.post(page_of(following), decision(following, outcome))
    assert last.headers["Location"] == QUEUE


def test_an_approval_that_is_not_the_last_says_so(at_desk: Client) -> None:
    RouteFactory(steps=[(Role.IG_LEAD, 2)])
    version = VersionFactory()
    assert "0 of 2 approvals so far." in text_of(at_desk.get(page_of(version)))
    response = at_desk.post(page_of(version), decision(version, "approve"))
    assert "Somebody else looks at it next." in said(response)[0]
    other = PersonFactory(role=Role.IG_LEAD)
    at_desk.force_login(other)
    assert "1 of 2 approvals so far. Approved so far by" in text_of(at_desk.get(page_of(version)))


@pytest.mark.parametrize("outcome", ["return", "refuse"])
def test_a_missing_reason_is_said_at_the_top_and_at_the_field(
    at_desk: Client, outcome: str
) -> None:
    version = VersionFactory()
    response = at_desk.post(page_of(version), decision(version, outcome, reason=" "))
    assert response.status_code == 400
    page = response.content.decode()
    assert "<title>Error: " in " ".join(page.split()).replace("<title> ", "<title>")
    assert 'href="#reason">Enter a reason to' in page
    assert 'aria-describedby="reason-help wr-error"' in page


def test_an_error_keeps_the_typed_reason(at_desk: Client) -> None:
    version = VersionFactory()
    typed = "<b>Not</b> readable & torn"
    wrong = decision(version, "return", sha256_seen="0" * 64, reason=typed)
    response = at_desk.post(page_of(version), wrong)
    assert response.status_code == 409
    assert "This is not the file you looked at" in text_of(response)
    assert "&lt;b&gt;Not&lt;/b&gt; readable &amp; torn</textarea>" in response.content.decode()


def test_whoever_comes_second_reads_who_decided_and_keeps_the_reason(
    at_desk: Client, other_lead: User
) -> None:
    version = VersionFactory()
    at_desk.get(page_of(version))
    browser = Client()
    browser.force_login(other_lead)
    browser.post(page_of(version), decision(version, "return"))
    response = at_desk.post(page_of(version), decision(version, "approve", reason="Looks fine."))
    assert response.status_code == 409
    text = text_of(response)
    assert "This version is now “Returned”, so that is no longer possible." in text
    assert "Version 1 was returned" in text
    assert f"By {other_lead.actor_label}" in text
    assert "Looks fine." in text
    assert Decision.objects.count() == 1


def test_a_made_up_outcome_is_no_decision(at_desk: Client) -> None:
    version = VersionFactory()
    response = at_desk.post(page_of(version), decision(version, "destroy"))
    assert response.status_code == 400
    assert not Decision.objects.exists()


def test_the_box_says_why_not_and_who_can(at_desk: Client, lead: User, other_lead: User) -> None:
    version = VersionFactory(uploaded_by=lead)
    text = text_of(at_desk.get(page_of(version)))
    assert "You cannot decide on this file" in text
    assert f"You uploaded this file. Someone else must look at it: {other_lead.actor_label}" in text
    assert "Approve version" not in text


def test_the_box_says_that_the_virus_check_is_not_done(at_desk: Client) -> None:
    VersionFactory(waiting=True)
    text = text_of(at_desk.get(page_of(VersionFactory(waiting=True))))
    assert "Waiting for the virus check" in text
    assert "No one can open or approve the file until it is clean. 1 file is ahead." in text
    assert "Download the file" not in text


def test_the_box_says_what_was_decided_and_where_that_is_written(
    at_desk: Client, lead: User
) -> None:
    version, following = VersionFactory(), VersionFactory()
    at_desk.post(page_of(version), decision(version, "approve"))
    text = text_of(at_desk.get(page_of(version)))
    seq = Event.objects.get(verb="version.approved").seq
    assert "Version 1 is approved By you, " in text
    assert f"Entry {seq} in the record." in text
    assert "Review the next file" in text
    assert page_of(following) in at_desk.get(page_of(version)).content.decode()


@pytest.mark.parametrize("state", list(VersionState))
def test_the_screen_stands_for_a_version_in_any_state(at_desk: Client, state: VersionState) -> None:
    version = VersionFactory(state=state)
    response = at_desk.get(page_of(version))
    assert response.status_code == 200
    assert state.label in text_of(response)
    assert ("Approve version" in text_of(response)) is (state == VersionState.IN_REVIEW)


def test_a_scanner_that_is_not_ready_closes_approvals_and_nothing_else(
    at_desk: Client, settings: Settings
) -> None:
    settings.SCANNER = doubles.BROKEN
    version = VersionFactory()
    text = text_of(at_desk.get(page_of(version)))
    assert "Approvals are closed" in text
    assert "The double does not answer." in text
    assert "Approve version" not in text
    assert at_desk.post(page_of(version), decision(version, "approve")).status_code == 409
    assert at_desk.post(page_of(version), decision(version, "return")).status_code == 302


def test_a_stand_in_reads_in_whose_place_they_decide(
    sign_in: Callable[[User], Client], lead: User
) -> None:
    arrangement = StandInFactory(person=lead)
    version = VersionFactory(content=b"the bytes", stored=True)
    browser = sign_in(arrangement.stand_in)
    assert f"You decide in place of {lead.actor_label}." in text_of(browser.get(page_of(version)))
    given = browser.get(reverse("review:download", args=[version.public_id]))
    assert b"".join(given) == b"the bytes"
    browser.post(page_of(version), decision(version, "approve"))
    text = text_of(browser.get(page_of(version)))
    assert f"By you, in place of {lead.actor_label}" in text


def test_a_download_is_given_and_written_down(at_desk: Client, lead: User) -> None:
    version = VersionFactory(content=b"the very bytes", stored=True)
    response = at_desk.get(reverse("review:download", args=[version.public_id]))
    assert b"".join(response) == b"the very bytes"
    event = Event.objects.get()
    assert (event.verb, event.actor_ref) == ("version.downloaded", lead.actor_ref)


@pytest.mark.parametrize(
    "state", ["waiting", "infected", "unscannable", "check_failed", "recalled"]
)
def test_what_is_not_clean_is_not_given_out(at_desk: Client, state: str) -> None:
    version = VersionFactory(**{state: True}, stored=True)
    assert at_desk.get(reverse("review:download", args=[version.public_id])).status_code == 404
    assert not Event.objects.exists()


def test_the_page_of_an_evidence_shows_versions_and_history(at_desk: Client) -> None:
    evidence = EvidenceFactory()
    old, new = VersionFactory(evidence=evidence, approved=True), VersionFactory(evidence=evidence)
    at_desk.post(page_of(new), decision(new, "return"))
    page = at_desk.get(reverse("review:evidence", args=[evidence.public_id]))
    text = text_of(page)
    for words in ("Version 2", "Returned", REASON, "Version 1", "Approved", old.sha256, "History"):
        assert words in text, words
    links = page.content.decode()
    assert reverse("review:withdraw", args=[old.public_id]) in links
    assert reverse("review:recall", args=[old.public_id]) in links


@pytest.mark.parametrize("versions", [1, 8])
def test_the_page_of_an_evidence_takes_the_same_queries_however_many_versions(
    at_desk: Client, django_assert_num_queries: DjangoAssertNumQueries, versions: int
) -> None:
    evidence = EvidenceFactory()
    VersionFactory.create_batch(versions, evidence=evidence, returned=True)
    url = reverse("review:evidence", args=[evidence.public_id])
    at_desk.get(url)
    with django_assert_num_queries(19):
        at_desk.get(url)


def test_withdrawing_asks_for_a_reason_and_says_what_follows(at_desk: Client) -> None:
    version = VersionFactory(approved=True)
    url = reverse("review:withdraw", args=[version.public_id])
    assert "This cannot be undone" in text_of(at_desk.get(url))
    refused = at_desk.post(url, {"reason": ""})
    assert refused.status_code == 400
    assert "Enter a reason to withdraw this version" in text_of(refused)
    done = at_desk.post(url, {"reason": REASON})
    assert done.headers["Location"] == reverse("review:evidence", args=[version.evidence.public_id])
    version.refresh_from_db()
    assert version.state == VersionState.WITHDRAWN


def test_recalling_takes_the_file_away_from_everybody(at_desk: Client) -> None:
    version = VersionFactory(approved=True, stored=True)
    url = reverse("review:recall", args=[version.public_id])
    assert "Nobody can open the file any more" in text_of(at_desk.get(url))
    at_desk.post(url, {"reason": REASON})
    version.refresh_from_db()
    assert version.state == VersionState.RECALLED
    assert at_desk.get(reverse("review:download", args=[version.public_id])).status_code == 404


def test_an_uploader_takes_back_their_own_version_on_the_portal(
    sign_in: Callable[[User], Client],
) -> None:
    version = VersionFactory()
    browser = sign_in(version.uploaded_by)
    url = reverse("reviews:withdraw", args=[version.public_id])
    assert browser.get(url).status_code == 200
    assert browser.post(url, {"reason": ""}).status_code == 400
    assert browser.post(url, {"reason": "Wrong file."}).status_code == 302
    version.refresh_from_db()
    assert version.state == VersionState.WITHDRAWN


def test_nobody_takes_back_what_others_uploaded(sign_in: Callable[[User], Client]) -> None:
    version = VersionFactory()
    colleague = PersonFactory(role=Role.CONTRIBUTOR, site=version.evidence.site)
    url = reverse("reviews:withdraw", args=[version.public_id])
    assert sign_in(colleague).post(url, {"reason": REASON}).status_code == 403
    version.refresh_from_db()
    assert version.state == VersionState.IN_REVIEW


def test_all_evidence_is_of_ones_own_sites(sign_in: Callable[[User], Client]) -> None:
    here, elsewhere = VersionFactory(), VersionFactory()
    browser = sign_in(PersonFactory(role=Role.IG_LEAD, site=here.evidence.site))
    text = text_of(browser.get(reverse("review:all")))
    assert here.evidence.title in text
    assert elsewhere.evidence.title not in text


def test_all_evidence_can_be_searched_and_filtered_by_state(at_desk: Client) -> None:
    VersionFactory(evidence__title="Fire drill")
    VersionFactory(evidence__title="Backup test", approved=True)
    text = text_of(at_desk.get(reverse("review:all"), {"q": "fire"}))
    assert "Fire drill" in text
    assert "Backup test" not in text
    text = text_of(at_desk.get(reverse("review:all"), {"state": "approved"}))
    assert "Backup test" in text
    assert "Fire drill" not in text


HOSTILE = '=HYPERLINK("http://x")'


def _rows(response: Any) -> list[str]:
    return b"".join(response).decode("utf-8-sig").splitlines()


@pytest.mark.parametrize("name", ["queue", "all", "report"])
def test_a_spreadsheet_computes_nothing(at_desk: Client, name: str) -> None:
    version = VersionFactory(evidence__title=HOSTILE)
    if name == "report":
        at_desk.post(page_of(version), decision(version, "return", reason="+1+cmd|' /C calc'!A0"))
    url = reverse(f"review:{name}")
    lines = _rows(at_desk.get(url, {"export": "csv"}))
    assert any("'=HYPERLINK" in line for line in lines)
    assert not any(line.startswith("=") or ',"=' in line or ",=" in line for line in lines)
    assert not any(",+1" in line or ',"+1' in line for line in lines)
    sheet = load_workbook(BytesIO(b"".join(at_desk.get(url, {"export": "xlsx"})))).active
    assert sheet is not None
    cells = [cell for row in sheet.iter_rows() for cell in row]
    assert HOSTILE in [cell.value for cell in cells]
    assert not any(cell.data_type == "f" for cell in cells)


def test_the_report_says_who_decided_what_and_how_long_it_had_waited(
    at_desk: Client, lead: User
) -> None:
    version = VersionFactory()
    at_desk.post(page_of(version), decision(version, "return"))
    text = text_of(at_desk.get(reverse("review:report")))
    for words in (str(version), "Returned", lead.actor_label, "less than an hour"):
        assert words in text, words
    approved = text_of(at_desk.get(reverse("review:report"), {"outcome": "approve"}))
    assert "No review fits." in approved
    assert str(version) in text_of(at_desk.get(reverse("review:report"), {"decider": "grace"}))


def test_an_empty_report_says_what_would_be_here(at_desk: Client) -> None:
    assert "Every approval, return and refusal will be listed here" in text_of(
        at_desk.get(reverse("review:report"))
    )


def _steps(*steps: tuple[str, str, int]) -> dict[str, object]:
    sent: dict[str, object] = {"form-TOTAL_FORMS": len(steps), "form-INITIAL_FORMS": 0}
    for number, (name, role, quorum) in enumerate(steps):
        sent |= {
            f"form-{number}-name": name,
            f"form-{number}-role": role,
            f"form-{number}-quorum": quorum,
        }
    return sent


def test_steps_are_set_on_their_screen(at_desk: Client) -> None:
    url = reverse("review:route", args=["policy"])
    sent = _steps(("Editor's look", "editor", 1), ("", "ig_lead", 1), ("Sign off", "ig_lead", 2))
    assert at_desk.post(url, sent).status_code == 302
    route = ReviewRoute.objects.get()
    assert list(route.steps.values_list("position", "name", "role", "quorum")) == [
        (1, "Editor's look", "editor", 1),
        (2, "Sign off", "ig_lead", 2),
    ]
    assert "Sign off: 2 people: IG lead" in text_of(at_desk.get(reverse("review:routes")))
    assert "Editor&#x27;s look" in at_desk.get(url).content.decode()


def test_the_screen_warns_when_there_are_too_few_people(at_desk: Client, lead: User) -> None:
    text = text_of(at_desk.get(reverse("review:routes")))
    assert "IG leads for every site: 1. A step asks for 1, and whoever uploaded the file" in text


@pytest.mark.parametrize(
    "step", [("Look", "portal_admin", 1), ("Look", "ig_lead", 0), ("Look", "ig_lead", 99)]
)
def test_steps_that_make_no_sense_are_not_kept(at_desk: Client, step: tuple[str, str, int]) -> None:
    response = at_desk.post(reverse("review:route", args=["all-others"]), _steps(step))
    assert response.status_code == 400
    assert not ReviewRoute.objects.exists()


def test_an_unknown_kind_has_no_steps(at_desk: Client) -> None:
    assert at_desk.get(reverse("review:route", args=["nothing"])).status_code == 404


def test_a_stand_in_is_named_and_ended_on_their_screens(
    at_desk: Client, lead: User, other_lead: User
) -> None:
    sent = {
        "person": lead.pk,
        "stand_in": other_lead.pk,
        "starts": "2026-11-01",
        "ends": "2099-12-31",
        "reason": "Annual leave",
    }
    response = at_desk.post(reverse("review:name_stand_in"), sent)
    assert said(response) == [f"{other_lead} can decide in place of {lead}."]
    made = StandIn.objects.get()
    assert "Annual leave" in text_of(at_desk.get(reverse("review:stand_ins")))
    end = reverse("review:end_stand_in", args=[made.pk])
    assert "What they have decided stands." in text_of(at_desk.get(end))
    at_desk.post(end)
    made.refresh_from_db()
    assert made.ended_at is not None
    assert "(ended early)" in text_of(at_desk.get(reverse("review:stand_ins")))


def test_what_is_wrong_with_a_stand_in_is_said_and_what_was_typed_stays(
    at_desk: Client, lead: User, other_lead: User
) -> None:
    sent = {
        "person": lead.pk,
        "stand_in": other_lead.pk,
        "starts": "2099-12-31",
        "ends": "2099-01-01",
        "reason": "Annual leave",
    }
    response = at_desk.post(reverse("review:name_stand_in"), sent)
    assert response.status_code == 400
    assert "The last day must not be before the first." in text_of(response)
    assert "Annual leave" in response.content.decode()
    assert not StandIn.objects.exists()


def test_a_reviewer_of_one_site_names_a_stand_in_for_nobody_else(
    sign_in: Callable[[User], Client], lead: User
) -> None:
    local = PersonFactory(role=Role.IG_LEAD, site=SiteFactory())
    sent = {"person": lead.pk, "stand_in": local.pk, "starts": "2026-11-01", "ends": "2099-01-01"}
    assert sign_in(local).post(reverse("review:name_stand_in"), sent).status_code == 400
    assert not StandIn.objects.exists()


def test_the_arrangements_of_others_are_not_ones_business(
    sign_in: Callable[[User], Client], other_lead: User
) -> None:
    arrangement = StandInFactory(person=other_lead)
    browser = sign_in(PersonFactory(role=Role.IG_LEAD, site=SiteFactory()))
    assert other_lead.actor_label not in text_of(browser.get(reverse("review:stand_ins")))
    end = reverse("review:end_stand_in", args=[arrangement.pk])
    assert browser.post(end).status_code == 404
