"""What people do on a shared tablet: choose their name, enter their PIN, read, confirm, leave."""

from typing import Any

from portal.people.models import Site, User
from portal.people.roles import Role
from portal.policies.models import PolicyPage
from portal.reading.models import Acknowledgement, How
from portal.record.models import Event
from portal.record.verbs import Verb
from tests.factories import PersonFactory
from tests.portal.policies.making import approve, save_draft, submit
from tests.portal.shared_devices.tablets import Tablet, a_policy, carer_at


def newest(verb: Verb) -> Event:
    return Event.objects.filter(verb=verb).latest("seq")


def confirm(tablet: Tablet, page: PolicyPage) -> Any:
    version = page.in_force.version
    return tablet.post(f"/shared/policies/{page.slug}/confirm/", read="on", version=version.pk)


def test_a_carer_reads_a_policy_and_confirms_it_in_their_own_name(
    tablet: Tablet, priya: User
) -> None:
    page = a_policy()
    assert ">Priya N.</h1>" in tablet.get(f"/shared/names/{priya.public_id}/").text
    tablet.open(priya)
    assert page.title in tablet.get("/shared/mine/").text
    shown = tablet.get(f"/shared/policies/{page.slug}/").text
    assert "Lock the tablet when you put it down." in shown
    assert "Confirm I have read version 1" in shown

    assert confirm(tablet, page)["Location"] == f"/shared/policies/{page.slug}/confirmed/"

    kept = Acknowledgement.objects.get()
    assert (kept.person, kept.version) == (priya, page.in_force.version)
    assert (kept.how, kept.device_ref) == (How.SHARED_DEVICE, tablet.device.public_id)
    assert kept.sha256 == page.in_force.version.sha256
    assert newest(Verb.POLICY_ACKNOWLEDGED).actor_ref == priya.actor_ref
    assert (
        "You have read everything." in tablet.get(f"/shared/policies/{page.slug}/confirmed/").text
    )


def test_the_record_says_who_opened_the_tablet_and_who_started_it(
    tablet: Tablet, priya: User, manager: User
) -> None:
    tablet.open(priya)

    opened, started = newest(Verb.DEVICE_OPENED), newest(Verb.DEVICE_STARTED)
    assert (opened.actor_ref, opened.object_ref) == (priya.actor_ref, tablet.device.public_id)
    assert started.actor_ref == manager.actor_ref


def test_two_carers_confirm_one_after_the_other(tablet: Tablet, priya: User, marek: User) -> None:
    page = a_policy()
    for person in (priya, marek):
        tablet.open(person)
        confirm(tablet, page)
        tablet.post("/shared/finish/")

    assert set(Acknowledgement.objects.values_list("person", flat=True)) == {priya.pk, marek.pk}


def test_the_box_must_be_ticked(tablet: Tablet, priya: User) -> None:
    page = a_policy()
    tablet.open(priya)
    version = page.in_force.version.pk

    answer = tablet.post(f"/shared/policies/{page.slug}/confirm/", version=version)

    assert answer.status_code == 400
    assert "Tick the box to say you have read this policy" in answer.text
    assert not Acknowledgement.objects.exists()


def test_a_version_of_another_policy_confirms_nothing(tablet: Tablet, priya: User) -> None:
    page, other = a_policy(), a_policy("Using your own phone")
    tablet.open(priya)
    for version in (other.in_force.version.pk, 10**30, "x", ""):
        answer = tablet.post(f"/shared/policies/{page.slug}/confirm/", read="on", version=version)
        assert answer.status_code == 400
    assert not Acknowledgement.objects.exists()


def test_a_version_that_was_replaced_a_second_ago_gives_a_clear_page(
    tablet: Tablet, priya: User
) -> None:
    page = a_policy()
    tablet.open(priya)
    seen = page.in_force.version.pk
    editor, lead = PersonFactory.create(role=Role.EDITOR), PersonFactory.create(role=Role.IG_LEAD)
    page.body = [("paragraph", "<p>Something else.</p>")]
    save_draft(page, author=editor)
    approve(submit(page, by=editor), by=lead)

    answer = tablet.post(f"/shared/policies/{page.slug}/confirm/", read="on", version=seen)

    assert answer.status_code == 409
    assert "This policy has a new version" in answer.text
    assert "Something else." in answer.text
    assert not Acknowledgement.objects.exists()


def test_a_policy_for_somebody_else_is_neither_listed_nor_opened(
    tablet: Tablet, priya: User
) -> None:
    page = a_policy(for_roles=[Role.REGISTERED_MANAGER])
    tablet.open(priya)

    assert page.title not in tablet.get("/shared/mine/").text
    answer = tablet.get(f"/shared/policies/{page.slug}/")
    assert answer.status_code == 403
    assert "not for your role" in answer.text
    assert confirm(tablet, page).status_code == 403


def test_a_withdrawn_policy_says_so(tablet: Tablet, priya: User) -> None:
    page = a_policy()
    tablet.open(priya)
    page.unpublish(user=PersonFactory.create(role=Role.IG_LEAD))

    assert tablet.get(f"/shared/policies/{page.slug}/").status_code == 410
    assert tablet.get("/shared/policies/unknown/").status_code == 404


def test_the_names_say_no_more_than_is_needed(tablet: Tablet, rowan: Site, priya: User) -> None:
    a_policy()
    twin = carer_at(rowan, first_name="Marek", last_name="Nowak")
    other_twin = carer_at(rowan, first_name="Marek", last_name="Novak")

    shown = tablet.get("/shared/").text

    assert "<strong>Priya N.</strong>" in shown
    assert "Nair" not in shown
    assert "@" not in shown
    assert f"<strong>{twin}</strong>" in shown
    assert f"<strong>{other_twin}</strong>" in shown
    assert "to read" not in shown


def test_names_are_found_by_their_parts_and_shown_in_pages(tablet: Tablet, rowan: Site) -> None:
    for number in range(30):
        carer_at(rowan, pin="", first_name=f"Joan{number:02}", last_name="Ash")

    assert "Joan29" not in tablet.get("/shared/").text
    assert "Joan29" in tablet.get("/shared/?page=2").text
    assert "Joan29" in tablet.get("/shared/?q=ash joan29").text
    assert "No name here fits." in tablet.get("/shared/?q=%00").text


def test_the_names_are_those_of_the_site_and_its_staff_everywhere(tablet: Tablet) -> None:
    PersonFactory.create(role=Role.STAFF, first_name="Bank")
    PersonFactory.create(role=Role.IG_LEAD, first_name="Chief")
    from_elsewhere = PersonFactory.create(first_name="Elsewhere")

    shown = tablet.get("/shared/").text

    assert "Bank" in shown
    assert "Chief" not in shown
    assert tablet.get(f"/shared/names/{from_elsewhere.public_id}/").status_code == 404


def test_a_page_of_the_tablet_asks_the_same_few_questions_however_many_names_there_are(
    tablet: Tablet, rowan: Site, django_assert_num_queries: object
) -> None:
    for _ in range(12):
        carer_at(rowan, pin="")
    with django_assert_num_queries(5):  # type: ignore[operator]  # a fixture
        tablet.get("/shared/")


QUESTION = {
    "question": "When do you tell your manager of a mistake?",
    "answers": [
        {"text": "At the end of the week", "is_right": False},
        {"text": "Straight away", "is_right": True},
    ],
    "why": "Every hour helps.",
}


def test_the_questions_come_before_the_confirmation(tablet: Tablet, priya: User) -> None:
    page = a_policy(quiz=[("question", QUESTION)])
    tablet.open(priya)
    path = f"/shared/policies/{page.slug}/questions/"
    version = page.in_force.version.pk
    assert "Answer the questions" in tablet.get(f"/shared/policies/{page.slug}/").text
    assert confirm(tablet, page)["Location"] == path

    tablet.post(path, version=version, question_1=0)
    assert "You need 80%" in tablet.get(path).text
    assert confirm(tablet, page)["Location"] == path
    tablet.post(path, version=version, question_1=1)
    assert "Now confirm that you read it" in tablet.get(path).text
    confirm(tablet, page)

    assert Acknowledgement.objects.get().person == priya


def test_answers_to_the_questions_of_another_version_are_not_kept(
    tablet: Tablet, priya: User
) -> None:
    page = a_policy(quiz=[("question", QUESTION)])
    tablet.open(priya)
    path = f"/shared/policies/{page.slug}/questions/"

    assert tablet.post(path, version=10**6, question_1=1).status_code == 409
    for answer in ("7", "", "x"):
        sent = {"version": page.in_force.version.pk, "question_1": answer}
        assert tablet.post(path, **sent).status_code == 400
