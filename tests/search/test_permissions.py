"""Nobody finds what they may not see: the index agrees with the rooms the things belong to."""

import pytest

from evidence_review.evidence.queries import visible_evidence
from portal.people.models import User
from portal.people.roles import Role
from portal.policies.queries import policies_for
from search import labels
from search.actions.rebuild import rebuild
from search.engines import database
from search.models import Kind, SearchDocument
from search.question import Question
from tests.factories import (
    EvidenceFactory,
    MembershipFactory,
    PersonFactory,
    SiteFactory,
    VersionFactory,
)
from tests.portal.policies.making import published

pytestmark = pytest.mark.django_db


def found(person: User, typed: str, **filters: str) -> set[tuple[str, int]]:
    question = Question({"q": typed, **filters}, person)
    ids = database.search(question.words, question.bounds()).ids
    return set(SearchDocument.objects.filter(pk__in=ids).values_list("kind", "object_key"))


@pytest.fixture
def readers(editor: User, approver: User) -> list[User]:
    """Make policies for all kinds of people, evidence of all kinds of places, and readers."""
    rowan, larch = SiteFactory.create(), SiteFactory.create()
    for number, (roles, sites) in enumerate(
        [
            ([], []),
            ([], [rowan]),
            ([Role.STAFF], []),
            ([Role.STAFF], [larch]),
            ([Role.CONTRIBUTOR, Role.PORTAL_ADMIN], [rowan, larch]),
        ]
    ):
        published(
            f"Zebra rule {number}",
            author=editor,
            approver=approver,
            for_roles=[role.value for role in roles],
            for_sites=sites,
        )
    for site in (rowan, larch, None):
        VersionFactory.create(
            evidence=EvidenceFactory.create(title="Zebra drill", site=site), approved=True
        )
    rebuild()
    people = [PersonFactory.create(role=role, site=at) for role in Role for at in (None, rowan)]
    both = PersonFactory.create(role=Role.STAFF, site=rowan)
    MembershipFactory.create(person=both, role=Role.REGISTERED_MANAGER, site=larch)
    return [*people, both, PersonFactory.create()]


def test_everybody_finds_exactly_what_they_may_see(readers: list[User]) -> None:
    for person in readers:
        policies = {(Kind.POLICY.value, page.pk) for page in policies_for(person)}
        evidence = {(Kind.EVIDENCE.value, one.pk) for one in visible_evidence(person)}

        assert found(person, "zebra") == policies | evidence, person.memberships.all()


def test_no_text_and_no_question_can_name_what_somebody_may_see(
    editor: User, approver: User
) -> None:
    rowan, larch = SiteFactory.create(), SiteFactory.create()
    theirs = f"es{larch.pk}"
    VersionFactory.create(
        evidence=EvidenceFactory.create(title=f"Zebra §{theirs} {theirs}", site=rowan),
        approved=True,
    )
    rebuild()
    person = PersonFactory.create(role=Role.CONTRIBUTOR, site=larch)

    for typed in ("zebra", f"§{theirs}", f"zebra labels:§es{rowan.pk}", f"§es{rowan.pk} OR zebra"):
        assert not found(person, typed)


@pytest.mark.parametrize(("chosen", "count"), [("policy", 1), ("evidence", 1), ("", 2), ("x", 2)])
def test_a_kind_can_be_chosen(editor: User, approver: User, chosen: str, count: int) -> None:
    published("Zebra rule", author=editor, approver=approver)
    VersionFactory.create(evidence=EvidenceFactory.create(title="Zebra drill"), approved=True)
    rebuild()

    assert len(found(approver, "zebra", kind=chosen)) == count


def test_site_type_and_days_narrow_the_search(approver: User) -> None:
    version = VersionFactory.create(
        evidence=EvidenceFactory.create(title="Zebra drill"), approved=True
    )
    rebuild()
    site, other = version.evidence.site, SiteFactory.create()
    day = version.state_since.date().isoformat()

    assert found(approver, "zebra", site=site.public_id, type="evidence:document")
    assert found(approver, "zebra", **{"from": day, "to": day})
    assert not found(approver, "zebra", site=other.public_id)
    assert not found(approver, "zebra", type="evidence:minutes")
    assert not found(approver, "zebra", to="2020-01-01")
    assert found(approver, "zebra", to="no day", type="none")


def test_every_label_ends_in_a_digit_that_no_stemmer_changes() -> None:
    rows = [labels.AudienceRow(role, site) for role in ("", *Role.values) for site in (None, 12)]
    for label in [*labels.policy_access(rows), *labels.evidence_access(3), labels.of_site(None)]:
        assert label.startswith(labels.SIGN)
        assert label[-1].isdigit()
