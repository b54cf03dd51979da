"""Keep a certificate that a level asks for, and correct what is said of it."""

from dataclasses import dataclass, fields
from datetime import date

from django.db import transaction

from evidence_review.assessments.actions.restate import retally
from evidence_review.assessments.models import Assessment, Certificate
from evidence_review.assessments.permissions import user_can_keep_certificate
from evidence_review.evidence.models import Evidence
from portal.people.answers import require
from portal.people.models import Site, User
from portal.record.record import record
from portal.record.verbs import Verb
from portal.refused import Refused


class EndsBeforeItStarts(Refused):
    """The days cannot be right."""

    status = 422


@dataclass(frozen=True, kw_only=True)
class CertificateDetails:
    """What is said of a certificate; ``ends`` is the last day it is valid."""

    name: str
    number: str
    starts: date
    ends: date
    evidence: Evidence | None = None

    def differing(self, certificate: Certificate) -> list[str]:
        """Return the names of the fields in which the certificate's row differs."""
        names = [field.name for field in fields(self)]
        return [name for name in names if getattr(certificate, name) != getattr(self, name)]


@transaction.atomic
def keep_certificate(details: CertificateDetails, site: Site | None, *, actor: User) -> Certificate:
    """Keep a certificate of a site, or of the whole organisation for ``None``.

    Raises:
        NotPermitted: the actor is no IG lead there.
        EndsBeforeItStarts: the last day comes before the first.
    """
    require(user_can_keep_certificate(actor, site))
    _check(details)
    certificate = Certificate(site=site, **vars(details))
    certificate._history_user = actor
    certificate.save()
    _count_again(certificate.site_id)
    _record(Verb.CERTIFICATE_KEPT, certificate, list(vars(details)), actor)
    return certificate


@transaction.atomic
def change_certificate(
    certificate: Certificate, details: CertificateDetails, *, actor: User
) -> Certificate:
    """Correct what is said of a certificate. Changing nothing writes nothing.

    Raises:
        NotPermitted: the actor is no IG lead there.
        EndsBeforeItStarts: the last day comes before the first.
    """
    certificate = (
        Certificate.objects.select_for_update(of=("self",))
        .select_related("site", "evidence")
        .get(pk=certificate.pk)
    )
    require(user_can_keep_certificate(actor, certificate.site))
    _check(details)
    changed = details.differing(certificate)
    if not changed:
        return certificate
    for name in changed:
        setattr(certificate, name, getattr(details, name))
    certificate._history_user = actor
    certificate.save(update_fields=changed)
    _count_again(certificate.site_id)
    _record(Verb.CERTIFICATE_CHANGED, certificate, changed, actor)
    return certificate


def _check(details: CertificateDetails) -> None:
    if details.ends < details.starts:
        raise EndsBeforeItStarts("The last day must not be before the first day.")


def _count_again(site_id: int | None) -> None:
    """Count the assessments whose level the certificate can change."""
    found = Assessment.objects.all()
    if site_id is not None:
        found = found.filter(site=site_id)
    retally(list(found.values_list("pk", flat=True)))


def _record(verb: Verb, certificate: Certificate, changed: list[str], actor: User) -> None:
    record(
        verb,
        certificate.record_ref,
        actor=actor,
        facts={
            "fields": ",".join(sorted(changed)),
            "starts": certificate.starts.isoformat(),
            "ends": certificate.ends.isoformat(),
        },
        detail={"name": certificate.name, "number": certificate.number},
    )
