"""Policies over the API, as an intranet or an app reads them."""

from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from rest_framework.test import APIClient

from portal.frameworks.actions.load_catalogue import load_catalogue
from portal.frameworks.queries import requirements_by_codes
from portal.people.models import User
from portal.people.roles import Role
from portal.policies.models import PolicyPage
from portal.record.actors import SETUP
from tests.factories import PersonFactory
from tests.portal.policies.making import approve, draft, published, save_draft, submit

pytestmark = pytest.mark.django_db
LIST = "/api/v1/policies/"
TABLE = {
    "columns": [{"type": "text", "heading": "Record"}, {"type": "text", "heading": "Keep for"}],
    "rows": [{"values": ["Care records", "8 years"]}],
    "caption": "Keeping times",
}


def signed_in(person: User) -> APIClient:
    client = APIClient()
    client.force_authenticate(person)
    return client


def read(client: APIClient, url: str, status: int = 200, **headers: str) -> Any:
    answer = client.get(url, headers=headers)
    assert answer.status_code == status
    return answer


def test_a_policy_is_read_as_blocks_and_as_html(editor: User, ig_lead: User, staff: User) -> None:
    page = published("Keeping <information> safe", author=editor, approver=ig_lead)
    raw = [
        {"type": "heading", "value": "How long & why"},
        {"type": "paragraph", "value": f'<p>See <a linktype="page" id="{page.pk}">this</a>.</p>'},
        {"type": "points", "value": ["<script>alert(1)</script>"]},
        {"type": "steps", "value": ["First.", "Then."]},
        {"type": "table", "value": TABLE},
        {"type": "callout", "value": {"heading": "Now", "text": "<p>Tell us.</p>"}},
    ]
    page.body = PolicyPage._meta.get_field("body").stream_block.to_python(raw)
    save_draft(page, author=editor)
    approve(submit(page, by=editor), by=ig_lead)
    client = signed_in(staff)

    body = read(client, f"{LIST}{page.pk}/").json()

    assert body["title"] == "Keeping <information> safe"
    assert body["url"] == f"http://testserver{page.url}"
    assert body["owner"] == page.policy_owner.actor_label
    version = page.versions.first()
    assert version is not None
    assert (body["version"]["number"], body["version"]["sha256"]) == (2, version.sha256)
    kinds = [block["type"] for block in body["blocks"]]
    assert kinds == ["heading", "paragraph", "points", "steps", "table", "callout"]
    assert body["blocks"][1]["html"] == f'<p>See <a href="{page.url}">this</a>.</p>'
    assert body["blocks"][3]["items"] == ["First.", "Then."]
    assert body["blocks"][4] == {
        "type": "table",
        "caption": "Keeping times",
        "columns": ["Record", "Keep for"],
        "rows": [["Care records", "8 years"]],
    }
    assert body["blocks"][5] == {"type": "callout", "heading": "Now", "html": "<p>Tell us.</p>"}
    assert "<h2>How long &amp; why</h2>" in body["html"]
    assert "<ol><li>First.</li><li>Then.</li></ol>" in body["html"]
    assert "<script>" not in body["html"]
    assert "class=" not in body["html"]


def test_only_what_is_in_force_and_for_the_person_is_there(
    editor: User, ig_lead: User, staff: User
) -> None:
    for_all = published("For everybody", author=editor, approver=ig_lead)
    for_leads = published(
        "For IG leads", author=editor, approver=ig_lead, for_roles=[Role.IG_LEAD.value]
    )
    waiting = draft("Never published", author=editor)
    withdrawn = published("Withdrawn", author=editor, approver=ig_lead)
    withdrawn.unpublish(user=ig_lead)

    client = signed_in(staff)
    assert [row["title"] for row in read(client, LIST).json()["results"]] == ["For everybody"]
    for page in (for_leads, waiting, withdrawn):
        read(client, f"{LIST}{page.pk}/", 404)
    read(client, f"{LIST}{for_all.pk}/")
    client = signed_in(ig_lead)
    assert read(client, LIST).json()["count"] == 2


def test_what_somebody_has_still_holds_until_the_next_version(
    editor: User, ig_lead: User, staff: User
) -> None:
    page = published("Phones", author=editor, approver=ig_lead)
    client, tag = signed_in(staff), ""
    for url in (LIST, f"{LIST}{page.pk}/"):
        first = read(client, url)
        tag = first.headers["ETag"]
        assert "private" in first.headers["Cache-Control"]
        again = read(client, url, 304, if_none_match=tag)
        assert not again.content
        assert again.headers["ETag"] == tag
        read(client, url, 304, if_none_match=f'"other", W/{tag}')
        read(client, url, 200, if_none_match='"other"')

    page.summary = "Something new."
    save_draft(page, author=editor)
    assert read(client, f"{LIST}{page.pk}/", 304, if_none_match=tag)
    approve(submit(page, by=editor), by=ig_lead)
    assert read(client, f"{LIST}{page.pk}/", if_none_match=tag).json()["version"]["number"] == 2


def test_a_tag_opens_nothing_that_a_person_may_not_read(
    editor: User, ig_lead: User, staff: User
) -> None:
    page = published("Leads", author=editor, approver=ig_lead, for_roles=[Role.IG_LEAD.value])
    client = signed_in(ig_lead)
    tag = read(client, f"{LIST}{page.pk}/").headers["ETag"]
    client = signed_in(staff)
    read(client, f"{LIST}{page.pk}/", 404, if_none_match=tag)
    read(client, f"{LIST}{page.pk}/", 404, if_none_match="*")


def test_the_list_is_narrowed_by_topic_and_requirement(
    editor: User, ig_lead: User, staff: User
) -> None:
    load_catalogue(actor=SETUP)
    [backups] = requirements_by_codes(["dspt-v8:7.3.4"])
    published("Phones", author=editor, approver=ig_lead, topic="devices")
    published("Backup", author=editor, approver=ig_lead, supports=[backups])
    client = signed_in(staff)

    def found(query: str) -> list[str]:
        return [row["title"] for row in read(client, f"{LIST}?{query}").json()["results"]]

    assert found("topic=devices") == ["Phones"]
    assert found("requirement=dspt-v8:7.3.4") == ["Backup"]
    assert found("requirement=dspt-v8:1.3.1") == []
    assert found("requirement=%27") == []
    assert read(client, f"{LIST}?requirement=dspt-v8:7.3.4").json()["results"][0]["supports"] == [
        "dspt-v8:7.3.4"
    ]
    read(client, f"{LIST}?topic=nonsense", 400)
    read(client, f"{LIST}?requirement=%00", 400)


def test_the_list_takes_as_many_queries_for_one_policy_as_for_many(
    editor: User, ig_lead: User
) -> None:
    load_catalogue(actor=SETUP)
    supports = requirements_by_codes(["dspt-v8:7.3.4", "cqc-statements:WL5"])
    published("One", author=editor, approver=ig_lead, supports=supports)
    client = signed_in(PersonFactory.create(role=Role.STAFF))
    read(client, LIST)
    with CaptureQueriesContext(connection) as for_one:
        read(client, LIST)
    for number in range(4):
        published(f"More {number}", author=editor, approver=ig_lead, supports=supports)
    with CaptureQueriesContext(connection) as for_many:
        assert read(client, f"{LIST}?page_size=4").json()["next"]
    assert len(for_many) == len(for_one)
