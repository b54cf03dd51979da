"""A certificate raises the level while it is valid, at the sites it is for."""

from dataclasses import replace
from datetime import timedelta

import pytest
from django.utils import timezone

from evidence_review.assessments.actions.keep_certificate import (
    CertificateDetails,
    EndsBeforeItStarts,
    change_certificate,
    keep_certificate,
)
from evidence_review.assessments.invariants import standing_follows_from_the_evidence
from evidence_review.assessments.levels import level_on, levels_of
from evidence_review.assessments.models import Assessment, Certificate
from evidence_review.assessments.tally import Tally
from portal.people.answers import NotPermitted
from portal.people.roles import Role
from portal.record.queries import events_about
from portal.record.verbs import Verb
from tests.evidence_review.assessments.publishable import lead_of, ready
from tests.factories import AssessmentFactory, PersonFactory, SiteFactory

pytestmark = pytest.mark.django_db
TODAY = timezone.localdate()
PLUS = CertificateDetails(
    name="Cyber Essentials Plus",
    number="CEP-1",
    starts=TODAY - timedelta(days=10),
    ends=TODAY,
)


def level_of(assessment: Assessment, days: int = 0) -> str:
    assessment.refresh_from_db()
    tally = Tally.from_json(assessment.tally)
    found = level_on(
        levels_of(assessment.edition.levels), tally, timezone.localdate() + timedelta(days=days)
    )
    return found.code if found else ""


def test_a_certificate_lifts_the_level_until_its_last_day() -> None:
    assessment = ready()
    assert level_of(assessment) == "met"

    certificate = keep_certificate(PLUS, assessment.site, actor=lead_of(assessment))

    event = events_about("certificate", str(certificate.pk)).get()
    assert (level_of(assessment), level_of(assessment, days=1)) == ("exceeded", "met")
    assert event.verb == Verb.CERTIFICATE_KEPT
    assert list(standing_follows_from_the_evidence()) == []


def test_the_organisations_certificate_counts_at_every_site_and_a_sites_at_its_own() -> None:
    assessment = ready()
    other = AssessmentFactory.create(site=SiteFactory())
    lead = PersonFactory.create(role=Role.IG_LEAD)

    keep_certificate(PLUS, other.site, actor=lead)
    assert level_of(assessment) == "met"

    keep_certificate(PLUS, None, actor=lead)
    assert level_of(assessment) == "exceeded"
    assert list(standing_follows_from_the_evidence()) == []


def test_a_corrected_day_is_counted_at_once_and_recorded() -> None:
    assessment = ready()
    lead = lead_of(assessment)
    certificate = keep_certificate(PLUS, assessment.site, actor=lead)

    change_certificate(certificate, replace(PLUS, ends=TODAY - timedelta(days=1)), actor=lead)

    event = events_about("certificate", str(certificate.pk)).first()
    assert level_of(assessment) == "met"
    assert event is not None
    assert (event.verb, event.data["facts"]["fields"]) == (Verb.CERTIFICATE_CHANGED, "ends")
    assert certificate.history.count() == 2


def test_correcting_nothing_writes_nothing() -> None:
    assessment = ready()
    lead = lead_of(assessment)
    certificate = keep_certificate(PLUS, assessment.site, actor=lead)
    change_certificate(certificate, PLUS, actor=lead)
    assert events_about("certificate", str(certificate.pk)).count() == 1


def test_it_cannot_end_before_it_starts() -> None:
    assessment = ready()
    with pytest.raises(EndsBeforeItStarts, match="must not be before"):
        keep_certificate(
            replace(PLUS, starts=TODAY + timedelta(days=1)),
            assessment.site,
            actor=lead_of(assessment),
        )
    assert not Certificate.objects.exists()


def test_a_sites_ig_lead_keeps_none_for_the_organisation() -> None:
    assessment = ready()
    with pytest.raises(NotPermitted, match="the whole organisation"):
        keep_certificate(PLUS, None, actor=lead_of(assessment))
