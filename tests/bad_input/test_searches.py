"""Whatever is looked for: the lists answer, show what was typed without effect, and find it."""

import pytest
from django.test import Client

from portal.people.roles import Role
from tests.architecture.visitors import House
from tests.bad_input.filling_in import assert_shown_escaped
from tests.bad_input.strings import MORE, packed
from tests.factories import EvidenceFactory, PersonFactory

pytestmark = pytest.mark.django_db
LISTS = [
    ("staff whole", "/search/", "q"),
    ("ig_lead whole", "/search/", "q"),
    ("names", "/shared/", "q"),
    ("contributor whole", "/evidence/", "q"),
    ("group_manager whole", "/readiness/", "q"),
    ("ig_lead whole", "/admin/evidence/", "q"),
    ("ig_lead whole", "/admin/evidence/review/", "q"),
    ("ig_lead whole", "/admin/inspectors/", "q"),
    ("ig_lead whole", "/admin/reports/reviews/", "decider"),
    ("ig_lead whole", "/admin/record/", "person"),
    ("ig_lead whole", "/admin/record/", "thing"),
    ("ig_lead whole", "/admin/catalogue/requirements/", "words"),
    ("portal_admin whole", "/admin/people/", "q"),
    ("portal_admin whole", "/admin/places/", "q"),
]
OVER_THE_API = [
    ("/api/v1/evidence/", "title"),
    ("/api/v1/evidence/", "requirement"),
    ("/api/v1/evidence/", "site"),
    ("/api/v1/requirements/", "section"),
    ("/api/v1/search/", "q"),
]
TEXTS = [*MORE, *packed(700)]


@pytest.mark.parametrize(("visitor", "address", "name"), LISTS)
def test_a_list_answers_whatever_is_looked_for(
    house: House, visitor: str, address: str, name: str
) -> None:
    browser = house.browser(visitor)
    for text in TEXTS:
        answer = browser.get(address, {name: text})
        assert answer.status_code == 200, text
        assert_shown_escaped(answer, text)


@pytest.mark.parametrize(("address", "name"), OVER_THE_API)
def test_the_api_answers_whatever_is_looked_for(house: House, address: str, name: str) -> None:
    client = house.api_client("ig_lead whole")
    for text in TEXTS:
        answer = client.get(address, {name: text})
        if "\x00" in text:
            assert answer.status_code == 400
            assert answer.json()["errors"][0]["field"] == name
        else:
            assert answer.status_code == 200, text


@pytest.mark.parametrize("address", ["/evidence/", "/admin/evidence/"])
@pytest.mark.parametrize(
    ("title", "other"),
    [("100% of staff", "100 of staff"), ("rota_week", "rota week"), (r"c:\rota", "c:rota")],
)
def test_signs_with_a_meaning_in_sql_are_looked_for_as_they_are(
    client: Client, address: str, title: str, other: str
) -> None:
    client.force_login(PersonFactory.create(role=Role.IG_LEAD))
    for each in (title, other):
        EvidenceFactory.create(title=each)

    page = client.get(address, {"q": title[:6]}).content.decode()

    assert f">{title}<" in page.replace("\n", "").replace("  ", "")
    assert f">{other}<" not in page.replace("\n", "").replace("  ", "")
