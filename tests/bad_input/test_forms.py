"""Every text field of every form keeps what is typed exactly, or refuses it with a sentence."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

import pytest
from django.db import models, transaction
from django.test import Client
from django.utils import timezone

from evidence_review.assessments.models import Certificate, ImprovementAction, NamedPerson
from evidence_review.evidence.models import Evidence
from evidence_review.inspection.models import InspectorAccess
from evidence_review.retention.models import LegalHold, RetentionRule
from evidence_review.review.models import ReviewStep, StandIn
from portal.anchors.models import AnchorRecipient
from portal.frameworks.models import Edition
from portal.people.models import ApiToken, Organisation, Site, User
from portal.people.roles import Role
from tests.architecture.visitors import House
from tests.bad_input.filling_in import assert_shown, assert_shown_escaped, fill_in
from tests.bad_input.strings import MORE, singly_or_packed

pytestmark = pytest.mark.django_db
SHOW_EVERY = 8
"""Pages that show what was kept are asked for after every so many texts, and after odd ones."""


def as_typed(text: str) -> str:
    """Most fields trim what is around a text."""
    return text.strip()


def on_one_line(text: str) -> str:
    """Names have no line ends, tabs or runs of spaces."""
    return " ".join(text.split())


def in_plain_lines(text: str) -> str:
    """Long texts have plain line ends, whatever the browser sends."""
    return text.replace("\r\n", "\n").replace("\r", "\n").strip()


@dataclass(frozen=True, kw_only=True)
class Form:
    """One form: who fills it in where, which fields, what is kept, which pages show it."""

    visitor: str
    address: str
    fields: Mapping[str, str]
    """Field of the form -> attribute of the row that keeps it."""
    limit: int
    others: Callable[[House], Mapping[str, Any]] = lambda house: {}
    row: Callable[[House], models.Model]
    shown_at: Callable[[House, Any], Sequence[str]]
    kept: Callable[[str], str] = as_typed


def _evidence_details(house: House) -> dict[str, Any]:
    evidence = Evidence.objects.get(public_id=house.things["proposed"])
    return {"site": evidence.site.public_id if evidence.site else "all", "type": evidence.type_id}


def _new_person(house: House) -> dict[str, Any]:
    return {"role": Role.STAFF, "site": "every"}


def _invitation(house: House) -> dict[str, Any]:
    return {
        "email": "kim.park@cqc.example",
        "ends_on": timezone.localdate() + timedelta(days=9),
        "ends_at": "17:00",
        "which": "every",
        "editions": [edition.pk for edition in Edition.objects.filter(in_use=True)],
    }


def _stand_in(house: House) -> dict[str, Any]:
    leads = User.objects.filter(memberships__role=Role.IG_LEAD, memberships__site=None)
    away = leads.filter(is_active=True, memberships__ends=None).order_by("pk")
    today = timezone.localdate()
    return {"person": away[0].pk, "stand_in": away[1].pk, "starts": today, "ends": today}


def _one_step(house: House) -> dict[str, Any]:
    return {
        "form-TOTAL_FORMS": 1,
        "form-INITIAL_FORMS": 0,
        "form-0-role": Role.IG_LEAD,
        "form-0-quorum": 1,
    }


def _one_day(field: str) -> dict[str, int]:
    today = timezone.localdate()
    parts = {"day": today.day, "month": today.month, "year": today.year}
    return {f"{field}_{name}": value for name, value in parts.items()}


FORMS = {
    "details of an evidence": Form(
        visitor="ig_lead whole",
        address="/evidence/{proposed}/edit/",
        fields={"title": "title", "claim": "claim"},
        limit=200,
        others=_evidence_details,
        row=lambda house: Evidence.objects.get(public_id=house.things["proposed"]),
        shown_at=lambda house, row: (
            f"/evidence/{row.public_id}/",
            house.path("/admin/evidence/review/{in_review}/"),
        ),
    ),
    "a new person": Form(
        visitor="portal_admin whole",
        address="/admin/people/add/",
        fields={name: name for name in ("first_name", "last_name", "job_title")},
        limit=120,
        others=_new_person,
        row=lambda house: User.objects.latest("pk"),
        shown_at=lambda house, row: (f"/admin/people/{row.public_id}/",),
        kept=on_one_line,
    ),
    "a new site": Form(
        visitor="portal_admin whole",
        address="/admin/places/sites/add/",
        fields={"name": "name"},
        limit=200,
        others=lambda house: {"service_type": Site.ServiceType.RESIDENTIAL},
        row=lambda house: Site.objects.latest("pk"),
        shown_at=lambda house, row: (f"/admin/places/sites/{row.public_id}/",),
        kept=on_one_line,
    ),
    "the organisation": Form(
        visitor="portal_admin whole",
        address="/admin/places/organisation/",
        fields={"name": "name"},
        limit=200,
        row=lambda house: Organisation.objects.get(),
        shown_at=lambda house, row: ("/admin/places/",),
        kept=on_one_line,
    ),
    "an inspector": Form(
        visitor="ig_lead whole",
        address="/admin/inspectors/give/",
        fields={"name": "name", "inspector_organisation": "inspector_organisation"},
        limit=120,
        others=_invitation,
        row=lambda house: InspectorAccess.objects.latest("pk"),
        shown_at=lambda house, row: (f"/admin/inspectors/{row.public_id}/",),
    ),
    "somebody with a duty": Form(
        visitor="ig_lead whole",
        address="/assessment/set-up/people/name/it_administrator/",
        fields={"job_title": "job_title", "how_assigned": "how_assigned"},
        limit=120,
        others=lambda house: {
            "name": "Pat Lowe (demo)",
            "site": "all",
            "starts": timezone.localdate().isoformat(),
        },
        row=lambda house: NamedPerson.objects.latest("pk"),
        shown_at=lambda house, row: ("/assessment/set-up/people/",),
        kept=on_one_line,
    ),
    "a certificate": Form(
        visitor="ig_lead own",
        address="/assessment/{next_year}/certificates/add/",
        fields={"number": "number"},
        limit=100,
        others=lambda house: {"name": "Plus", **_one_day("starts"), **_one_day("ends")},
        row=lambda house: Certificate.objects.latest("pk"),
        shown_at=lambda house, row: (
            house.path("/assessment/{next_year}/certificates/"),
            house.path(f"/assessment/{{next_year}}/certificates/{row.pk}/"),
        ),
    ),
    "an action": Form(
        visitor="contributor own",
        address="/assessment/{assessment}/plan/add/?requirement={question}",
        fields={"what": "what"},
        limit=500,
        others=lambda house: {"owner": house.things["uploader"], **_one_day("due")},
        row=lambda house: ImprovementAction.objects.latest("pk"),
        shown_at=lambda house, row: (
            house.path("/assessment/{assessment}/plan/?state=all"),
            house.path(f"/assessment/{{assessment}}/plan/{row.public_id}/"),
        ),
    ),
    "a finished action": Form(
        visitor="contributor own",
        address="/assessment/{assessment}/plan/{action}/finish/",
        fields={"outcome": "outcome"},
        limit=2000,
        row=lambda house: ImprovementAction.objects.get(public_id=house.things["action"]),
        shown_at=lambda house, row: (house.path("/assessment/{assessment}/plan/{action}/"),),
        kept=in_plain_lines,
    ),
    "somebody who is sent the seal": Form(
        visitor="ig_lead whole",
        address="/admin/record/anchors/people/name/",
        fields={"name": "name"},
        limit=120,
        others=lambda house: {"email": "ada@trust.example", "is_outside": "outside"},
        row=lambda house: AnchorRecipient.objects.latest("pk"),
        shown_at=lambda house, row: ("/admin/record/anchors/",),
        kept=on_one_line,
    ),
    "a stand-in": Form(
        visitor="ig_lead whole",
        address="/admin/evidence/stand-ins/add/",
        fields={"reason": "reason"},
        limit=200,
        others=_stand_in,
        row=lambda house: StandIn.objects.latest("pk"),
        shown_at=lambda house, row: ("/admin/evidence/stand-ins/",),
    ),
    "how long evidence is kept": Form(
        visitor="ig_lead whole",
        address="/admin/retention/rules/contract/",
        fields={"source": "source"},
        limit=300,
        others=lambda house: {"years": 6, "basis": "period_end", "months_never_approved": 12},
        row=lambda house: RetentionRule.objects.get(type__code="contract"),
        shown_at=lambda house, row: ("/admin/retention/", "/admin/retention/rules/contract/"),
    ),
    "a legal hold": Form(
        visitor="ig_lead whole",
        address="/admin/retention/holds/place/",
        fields={"reason": "reason"},
        limit=2000,
        others=lambda house: {"scope": "everything"},
        row=lambda house: LegalHold.objects.latest("pk"),
        shown_at=lambda house, row: (
            "/admin/retention/holds/",
            f"/admin/retention/holds/{row.public_id}/lift/",
            house.path("/admin/evidence/{proposed}/"),
        ),
        kept=in_plain_lines,
    ),
}


@pytest.mark.parametrize("form", FORMS.values(), ids=FORMS.keys())
def test_a_form_keeps_what_is_typed_or_says_why_not(house: House, form: Form) -> None:
    Edition.objects.update(in_use=True)
    client, address = house.browser(form.visitor), house.path(form.address)
    for number, text in enumerate(singly_or_packed(form.limit)):
        with transaction.atomic():
            taken = fill_in(client, address, text, form.fields, form.others(house))
            row = form.row(house)
            for name in taken:
                assert getattr(row, form.fields[name]) == form.kept(text), name
            if taken and (text in MORE or number % SHOW_EVERY == 0):
                for page in form.shown_at(house, row):
                    _check_shown(client, page, form.kept(text))
            transaction.set_rollback(True)


def _check_shown(client: Client, address: str, text: str) -> None:
    page = client.get(address)
    assert page.status_code == 200
    assert_shown_escaped(page, text)
    assert_shown(page.content.decode(), text)


def test_the_name_of_a_token_is_kept_or_refused(house: House) -> None:
    client = house.browser("contributor whole")
    for text in singly_or_packed(100):
        with transaction.atomic():
            answer = client.post("/account/", {"name": text})
            if answer.status_code == 200:
                assert ApiToken.objects.latest("pk").name == text.strip()
                assert_shown(answer.content.decode(), text.strip())
            else:
                assert answer.status_code == 400
                assert answer.context["form"].errors["name"]
            assert_shown_escaped(answer, text)
            transaction.set_rollback(True)


def test_the_name_of_a_review_step_is_kept_or_refused(house: House) -> None:
    client, address = house.browser("ig_lead whole"), "/admin/evidence/steps/all-others/"
    for text in singly_or_packed(100):
        with transaction.atomic():
            answer = client.post(address, _one_step(house) | {"form-0-name": text})
            if answer.status_code == 302:
                names = set(ReviewStep.objects.values_list("name", flat=True))
                assert text.strip() in names or not text.strip()
            else:
                assert answer.status_code in (400, 409, 422)
                assert_shown_escaped(answer, text)
            transaction.set_rollback(True)
