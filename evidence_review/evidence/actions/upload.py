"""Take in a file: as a new evidence, or as the next version of one."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.conf import settings
from django.db import IntegrityError, transaction

from evidence_review.evidence.details import EvidenceDetails
from evidence_review.evidence.followers import followers
from evidence_review.evidence.intake import KeptFile
from evidence_review.evidence.models import Evidence, EvidenceLink, EvidenceVersion
from evidence_review.evidence.permissions import user_can_upload_evidence
from evidence_review.evidence.states import VersionState
from portal.faults import fault_point
from portal.frameworks.models import Requirement
from portal.jobs import enqueue
from portal.people.answers import require
from portal.people.models import User
from portal.record.record import Entry, record_all
from portal.record.verbs import Verb
from portal.refused import Refused


class UploadConflict(Refused):
    """This upload cannot be taken beside what is there."""

    status = 409


@dataclass(frozen=True, kw_only=True)
class Upload:
    """One kept file on its way to becoming a version."""

    file: KeptFile
    key: str | None = None
    change_note: str = ""


def add_evidence(
    upload: Upload,
    details: EvidenceDetails,
    requirements: Sequence[Requirement],
    *,
    actor: User,
) -> EvidenceVersion:
    """Make a new evidence whose first version is the uploaded file, waiting for its virus check.

    The same ``upload.key`` sent again by the same person returns the version it made before.

    Raises:
        NotPermitted: the actor may not upload for this site.
        UploadConflict: the key belongs to another upload.
    """
    try:
        with transaction.atomic():
            require(user_can_upload_evidence(actor, details.site))
            if earlier := _made_before(upload, actor):
                return earlier
            evidence = _new_evidence(details, requirements, actor)
            version = _new_version(evidence, 1, upload, actor)
            record_all(
                [
                    _evidence_created(evidence, requirements, details, actor),
                    _uploaded(version, actor),
                ]
            )
            enqueue(settings.CHECK_TASK, version.public_id)
            fault_point("upload.before_commit")
    except IntegrityError:
        # Two requests with the same key at once: the other one won.
        if earlier := _made_before(upload, actor):
            return earlier
        raise
    fault_point("upload.after_commit")
    return version


def add_version(upload: Upload, evidence: Evidence, *, actor: User) -> EvidenceVersion:
    """Add the uploaded file as the next version of ``evidence``, waiting for its virus check.

    Raises:
        NotPermitted: the actor may not upload for this site.
        UploadConflict: the newest version is this very file, or the key belongs to another upload.
    """
    with transaction.atomic():
        evidence = Evidence.objects.select_for_update(of=("self",)).get(pk=evidence.pk)
        require(user_can_upload_evidence(actor, evidence.site))
        if earlier := _made_before(upload, actor):
            return earlier
        newest = evidence.versions.order_by("-number").first()
        number = newest.number + 1 if newest else 1
        if newest and newest.sha256 == upload.file.sha256 and newest.state in _STILL_COUNTS:
            raise UploadConflict(
                f"This is the same file as version {newest.number}, which is already here. "
                "Choose the file you changed."
            )
        version = _new_version(evidence, number, upload, actor)
        record_all([_uploaded(version, actor)])
        enqueue(settings.CHECK_TASK, version.public_id)
        fault_point("upload.before_commit")
    fault_point("upload.after_commit")
    return version


_STILL_COUNTS = frozenset({VersionState.WAITING, VersionState.IN_REVIEW, VersionState.APPROVED})


def _made_before(upload: Upload, actor: User) -> EvidenceVersion | None:
    """Return the version this key made earlier; the sender did not hear our first answer."""
    if upload.key is None:
        return None
    made = EvidenceVersion.objects.select_related("evidence").filter(upload_key=upload.key).first()
    if made is None:
        return None
    if made.uploaded_by_id != actor.pk or made.sha256 != upload.file.sha256:
        raise UploadConflict(
            "Another file was already sent from this page. Reload the page and upload again."
        )
    return made


def _new_evidence(
    details: EvidenceDetails, requirements: Sequence[Requirement], actor: User
) -> Evidence:
    evidence = Evidence(owner=actor, created_by=actor, **vars(details))
    evidence._history_user = actor
    evidence.save()
    links = [
        EvidenceLink(evidence=evidence, requirement=requirement, added_by=actor)
        for requirement in requirements
    ]
    if links:
        EvidenceLink.objects.bulk_create(links)
        for follower in followers():
            follower.evidence_linked(evidence, requirements, actor=actor)
    return evidence


def _new_version(evidence: Evidence, number: int, upload: Upload, actor: User) -> EvidenceVersion:
    return EvidenceVersion.objects.create(
        evidence=evidence,
        number=number,
        uploaded_by=actor,
        upload_key=upload.key,
        change_note=upload.change_note,
        **vars(upload.file),
    )


def _evidence_created(
    evidence: Evidence,
    requirements: Sequence[Requirement],
    details: EvidenceDetails,
    actor: User,
) -> Entry:
    return Entry(
        verb=Verb.EVIDENCE_CREATED,
        obj=evidence.record_ref,
        actor=actor,
        facts={"requirements": ",".join(requirement.code for requirement in requirements)},
        detail=details.in_words(),
    )


def _uploaded(version: EvidenceVersion, actor: User) -> Entry:
    return Entry(
        verb=Verb.VERSION_UPLOADED,
        obj=version.record_ref,
        actor=actor,
        after=version.state,
        sha256=version.sha256,
        facts={"size": version.size, "media_type": version.media_type},
        detail={
            "file": version.original_name,
            "note": version.change_note,
            "preparation": version.preparation,
        },
    )
