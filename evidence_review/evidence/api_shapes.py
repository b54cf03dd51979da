"""What the evidence API takes and gives, field by field."""

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from django.conf import settings
from django.utils.module_loading import import_string
from rest_framework import serializers

from evidence_review.evidence.details import EvidenceDetails
from evidence_review.evidence.models import Evidence, EvidenceType, EvidenceVersion
from evidence_review.evidence.problems import Problem, problems_of
from evidence_review.evidence.states import VersionState
from portal.frameworks.models import Requirement
from portal.frameworks.queries import UnknownRequirement, requirements_by_codes
from portal.people.models import Site
from portal.people.queries import sites_for
from portal.people.roles import EVIDENCE_WRITERS

WHOLE_ORGANISATION = "all"


class VersionIn(serializers.Serializer[Any]):
    """A file on its way in."""

    file = serializers.FileField(allow_empty_file=True, max_length=None)
    change_note = serializers.CharField(
        max_length=300, required=False, default="", allow_blank=True
    )
    keep_location = serializers.BooleanField(required=False, default=False)


class EvidenceIn(VersionIn):
    """A new evidence with its first file."""

    title = serializers.CharField(max_length=200)
    site = serializers.CharField(
        help_text="The id of a site from /sites/, or “all” for the whole organisation."
    )
    type = serializers.CharField(
        required=False,
        help_text="The kind of evidence, such as policy or minutes. It is a document if not said.",
    )
    claim = serializers.CharField(max_length=300, required=False, default="", allow_blank=True)
    requirements = serializers.CharField(
        required=False,
        default="",
        allow_blank=True,
        help_text="Comma-separated, such as dspt-v8:1.3.1,cqc-statements:governance.",
    )
    period_start = serializers.DateField(required=False, default=None, allow_null=True)
    period_end = serializers.DateField(required=False, default=None, allow_null=True)
    review_date = serializers.DateField(required=False, default=None, allow_null=True)

    def validate_requirements(self, value: str) -> list[Requirement]:
        """Turn the codes into requirements."""
        try:
            return requirements_by_codes(value.split(","))
        except UnknownRequirement as unknown:
            raise serializers.ValidationError(f"{unknown}. See /api/v1/requirements/.") from unknown

    def validate_type(self, value: str) -> EvidenceType:
        """Turn the code into a kind of evidence."""
        kind = EvidenceType.objects.filter(code=value).first()
        if kind is None:
            raise serializers.ValidationError(f"There is no kind of evidence called {value}.")
        return kind

    def validate_site(self, value: str) -> Site | None:
        """Turn the id into one of the person's sites."""
        if value == WHOLE_ORGANISATION:
            return None
        sites = sites_for(self.context["person"], EVIDENCE_WRITERS)
        site = sites.filter(public_id=value).first()
        if site is None:
            raise serializers.ValidationError(
                "You may not upload for a site with this id. See /api/v1/sites/."
            )
        return site

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        """Refuse a period that ends before it starts."""
        start, end = attrs["period_start"], attrs["period_end"]
        if start and end and end < start:
            raise serializers.ValidationError(
                {"period_end": ["The end of the period must be after its start."]}
            )
        return attrs

    def details(self) -> EvidenceDetails:
        """Return the details for the action."""
        data = self.validated_data
        return EvidenceDetails(
            title=data["title"],
            type=data.get("type") or EvidenceType.objects.get(code="document"),
            site=data["site"],
            claim=data["claim"],
            period_start=data["period_start"],
            period_end=data["period_end"],
            review_date=data["review_date"],
        )


class VersionBody(serializers.Serializer[Any]):
    """One version as the API gives it."""

    id = serializers.CharField()
    number = serializers.IntegerField()
    sha256 = serializers.CharField()
    size = serializers.IntegerField()
    media_type = serializers.CharField()
    state = serializers.ChoiceField(choices=VersionState.choices)
    state_since = serializers.DateTimeField()
    uploaded_at = serializers.DateTimeField()
    verdict = serializers.CharField(allow_blank=True)
    signature_version = serializers.CharField(allow_blank=True)
    reasons = serializers.ListField(child=serializers.CharField())


class MadeEvidence(serializers.Serializer[Any]):
    """A new evidence and its first version."""

    id = serializers.CharField()
    version = VersionBody()


class EvidenceBody(serializers.Serializer[Any]):
    """One evidence as the API gives it."""

    id = serializers.CharField()
    title = serializers.CharField()
    type = serializers.CharField()
    site = serializers.CharField(help_text="The site's id, or “all”.")
    owner = serializers.CharField()
    claim = serializers.CharField(allow_blank=True)
    period_start = serializers.DateField(allow_null=True)
    period_end = serializers.DateField(allow_null=True)
    review_date = serializers.DateField(allow_null=True)
    requirements = serializers.ListField(child=serializers.CharField())
    newest_version = VersionBody(allow_null=True)
    versions = VersionBody(many=True, required=False)


def version_body(version: EvidenceVersion) -> dict[str, Any]:
    """Return one version as :class:`VersionBody` describes it."""
    return version_bodies([version])[0]


def version_bodies(found: Iterable[EvidenceVersion]) -> list[dict[str, Any]]:
    """Return versions as :class:`VersionBody` describes them; the queries do not grow with them."""
    versions = list(found)
    latest: Callable[[Iterable[str]], Mapping[str, Any]] = import_string(settings.LATEST_VERDICTS)
    verdicts = latest(version.sha256 for version in versions)
    problems = problems_of(versions)
    return [
        _version_body(version, verdicts.get(version.sha256), problems.get(version.pk))
        for version in versions
    ]


def _version_body(
    version: EvidenceVersion, verdict: Any, problem: Problem | None
) -> dict[str, Any]:
    reasons = [text for text in (problem.sentence, problem.advice) if text] if problem else []
    return {
        "id": version.public_id,
        "number": version.number,
        "sha256": version.sha256,
        "size": version.size,
        "media_type": version.media_type,
        "state": version.state,
        "state_since": version.state_since,
        "uploaded_at": version.uploaded_at,
        "verdict": verdict.verdict if verdict else "",
        "signature_version": verdict.signature_version if verdict else "",
        "reasons": reasons,
    }


def evidence_body(evidence: Evidence, newest: dict[str, Any] | None) -> dict[str, Any]:
    """Return an evidence as :class:`EvidenceBody` describes it, with its newest version's body."""
    return {
        "id": evidence.public_id,
        "title": evidence.title,
        "type": evidence.type.code,
        "site": evidence.site.public_id if evidence.site else WHOLE_ORGANISATION,
        "owner": evidence.owner.actor_label,
        "claim": evidence.claim,
        "period_start": evidence.period_start,
        "period_end": evidence.period_end,
        "review_date": evidence.review_date,
        "requirements": [requirement.code for requirement in evidence.requirements.all()],
        "newest_version": newest,
    }
