"""Evidence over the API: the same actions, permissions and selections as the screens."""

from typing import Any, cast

import django_filters
from django.db.models import QuerySet
from django.shortcuts import get_object_or_404
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiResponse, extend_schema
from rest_framework import generics, status
from rest_framework.exceptions import ValidationError
from rest_framework.parsers import FormParser, MultiPartParser
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from evidence_review.evidence.actions.record_download import record_download
from evidence_review.evidence.actions.upload import Upload, add_evidence, add_version
from evidence_review.evidence.api_shapes import (
    EvidenceBody,
    EvidenceIn,
    MadeEvidence,
    VersionBody,
    VersionIn,
    evidence_body,
    version_bodies,
    version_body,
)
from evidence_review.evidence.delivery import serve_version
from evidence_review.evidence.gone import refuse_if_gone
from evidence_review.evidence.intake import take_in
from evidence_review.evidence.models import Evidence
from evidence_review.evidence.permissions import (
    user_can_list_evidence,
    user_can_open_version,
    user_can_upload_evidence,
)
from evidence_review.evidence.queries import (
    versions_by_evidence,
    visible_evidence,
    visible_versions,
)
from evidence_review.evidence.states import VersionState
from portal.people.answers import require
from portal.people.models import User


def person_of(request: Request) -> User:
    """Return the person whose token the request carries."""
    return cast("User", request.user)


class EvidenceFilters(django_filters.FilterSet):
    """``?site=ID&requirement=dspt-v8:1.3.1&state=in_review&title=words``."""

    site = django_filters.CharFilter(field_name="site__public_id")
    title = django_filters.CharFilter(lookup_expr="icontains")
    requirement = django_filters.CharFilter(method="by_requirement")
    state = django_filters.ChoiceFilter(
        choices=VersionState.choices, method="by_state", help_text="State of any of its versions."
    )

    class Meta:
        model = Evidence
        fields = ("site", "title", "requirement", "state")

    def by_requirement(
        self, found: QuerySet[Evidence], name: str, value: str
    ) -> QuerySet[Evidence]:
        """Narrow to evidence for one requirement, named ``edition:ref``."""
        edition, _, ref = value.partition(":")
        return found.filter(links__requirement__edition__code=edition, links__requirement__ref=ref)

    def by_state(self, found: QuerySet[Evidence], name: str, value: str) -> QuerySet[Evidence]:
        """Narrow to evidence that has a version in this state."""
        return found.filter(versions__state=value).distinct()


class EvidenceList(generics.GenericAPIView[Evidence]):
    """Evidence: find it, add it."""

    parser_classes = (MultiPartParser, FormParser)
    filterset_class = EvidenceFilters
    serializer_class = EvidenceBody

    def get_queryset(self) -> QuerySet[Evidence]:
        """Return what the person may see."""
        if getattr(self, "swagger_fake_view", False):
            return Evidence.objects.none()
        require(user_can_list_evidence(person_of(self.request)))
        return visible_evidence(person_of(self.request)).select_related("site", "type", "owner")

    @extend_schema(operation_id="evidence_list", responses=EvidenceBody(many=True))
    def get(self, request: Request) -> Response:
        """List the evidence of your sites, newest first."""
        found = self.filter_queryset(self.get_queryset()).prefetch_related("requirements__edition")
        page = self.paginate_queryset(found) or []
        newest = [versions[0] for versions in versions_by_evidence(page).values()]
        bodies = dict(
            zip((version.evidence_id for version in newest), version_bodies(newest), strict=True)
        )
        return self.get_paginated_response(
            [evidence_body(evidence, bodies.get(evidence.pk)) for evidence in page]
        )

    @extend_schema(
        operation_id="evidence_add",
        request={"multipart/form-data": EvidenceIn},
        responses={201: MadeEvidence},
    )
    def post(self, request: Request) -> Response:
        """Upload a file as new evidence. An ``Idempotency-Key`` header makes a repeat harmless."""
        form = EvidenceIn(data=request.data, context={"person": person_of(request)})
        form.is_valid(raise_exception=True)
        key = _key_of(request)
        # Asked before anything is kept, so that nobody fills the disk with what is then refused.
        require(user_can_upload_evidence(person_of(request), form.validated_data["site"]))
        kept = take_in(
            form.validated_data["file"], keep_location=form.validated_data["keep_location"]
        )
        version = add_evidence(
            Upload(file=kept, key=key, change_note=form.validated_data["change_note"]),
            form.details(),
            form.validated_data["requirements"],
            actor=person_of(request),
        )
        body = {"id": version.evidence.public_id, "version": version_body(version)}
        return Response(body, status=status.HTTP_201_CREATED)


class EvidenceDetail(APIView):
    """One evidence with all its versions."""

    @extend_schema(operation_id="evidence_read", responses=EvidenceBody)
    def get(self, request: Request, public_id: str) -> Response:
        """Read one evidence."""
        found = visible_evidence(person_of(request)).select_related("site", "type", "owner")
        evidence = get_object_or_404(found, public_id=public_id)
        versions = version_bodies(evidence.versions.select_related("evidence").order_by("-number"))
        body = evidence_body(evidence, versions[0] if versions else None)
        return Response(body | {"versions": versions})


class EvidenceVersions(APIView):
    """The next version of an evidence."""

    parser_classes = (MultiPartParser, FormParser)

    @extend_schema(
        operation_id="version_add",
        request={"multipart/form-data": VersionIn},
        responses={201: VersionBody},
    )
    def post(self, request: Request, public_id: str) -> Response:
        """Upload a file as the next version."""
        found = visible_evidence(person_of(request)).select_related("site")
        evidence = get_object_or_404(found, public_id=public_id)
        require(user_can_upload_evidence(person_of(request), evidence.site))
        form = VersionIn(data=request.data)
        form.is_valid(raise_exception=True)
        data, key = form.validated_data, _key_of(request)
        kept = take_in(data["file"], keep_location=data["keep_location"])
        upload = Upload(file=kept, key=key, change_note=data["change_note"])
        version = add_version(upload, evidence, actor=person_of(request))
        return Response(version_body(version), status=status.HTTP_201_CREATED)


class VersionDetail(APIView):
    """One version: where it stands, and why."""

    @extend_schema(operation_id="version_read", responses=VersionBody)
    def get(self, request: Request, public_id: str) -> Response:
        """Read one version."""
        found = visible_versions(person_of(request)).select_related("evidence")
        return Response(version_body(get_object_or_404(found, public_id=public_id)))


class VersionDownload(APIView):
    """The bytes of one version."""

    @extend_schema(
        operation_id="version_download",
        responses={
            (200, "application/octet-stream"): OpenApiTypes.BINARY,
            (206, "application/octet-stream"): OpenApiTypes.BINARY,
            410: OpenApiResponse(description="The file was disposed of; the answer says when."),
            416: OpenApiResponse(description="The range lies outside the file."),
        },
    )
    def get(self, request: Request, public_id: str) -> Any:
        """Download the file, or a range of it, once its checks are clean."""
        found = visible_versions(person_of(request)).select_related("evidence__site")
        version = get_object_or_404(found, public_id=public_id)
        refuse_if_gone(version)
        require(user_can_open_version(person_of(request), version))
        record_download(version, actor=person_of(request))
        return serve_version(request._request, version)


def _key_of(request: Request) -> str | None:
    key = request.headers.get("Idempotency-Key")
    if key is None:
        return None
    if not key.isascii() or not key.isprintable() or not 1 <= len(key) <= 60:
        raise ValidationError(
            {"Idempotency-Key": ["An idempotency key has 1 to 60 plain characters."]}
        )
    return f"api-{person_of(request).pk}-{key}"
