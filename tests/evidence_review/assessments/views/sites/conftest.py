"""A head office that answers for one site."""

import pytest
from django.test import Client

from evidence_review.assessments.models import Assessment, Coverage
from evidence_review.assessments.sameness import NAMES
from portal.frameworks.models import Requirement
from portal.people.models import User
from portal.people.roles import Role
from tests.factories import (
    AssessmentFactory,
    PersonFactory,
    RequirementFactory,
    SiteFactory,
    answered,
)

SECTIONS = ("Staffing and roles", "Data security")


@pytest.fixture
def head_office() -> Assessment:
    """Head office's assessment: two confirmed answers in each of two sections."""
    made: list[Requirement] = []
    for section in SECTIONS:
        made += RequirementFactory.create_batch(2, section=section, levels=["met"])
    edition = made[0].edition
    edition.sections = [{"name": section} for section in SECTIONS]
    edition.save()
    assessment = AssessmentFactory(site=None, edition=edition, **dict.fromkeys(NAMES, True))
    for response in assessment.responses.all():
        answered(response)
    return assessment


@pytest.fixture
def coverage(head_office: Assessment) -> Coverage:
    return Coverage.objects.create(assessment=head_office, site=SiteFactory())


def signed_in(person: User) -> Client:
    client = Client()
    client.force_login(person)
    return client


@pytest.fixture
def lead() -> Client:
    return signed_in(PersonFactory(role=Role.IG_LEAD))


@pytest.fixture
def manager(coverage: Coverage) -> Client:
    return signed_in(PersonFactory(role=Role.REGISTERED_MANAGER, site=coverage.site))
