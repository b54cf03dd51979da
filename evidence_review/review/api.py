"""Decisions over the API: the same actions as the decision screen."""

from typing import Any, cast

from django.shortcuts import get_object_or_404
from drf_spectacular.utils import extend_schema
from rest_framework import serializers, status
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from evidence_review.evidence.api_shapes import VersionBody, version_body
from evidence_review.evidence.models import EvidenceVersion
from evidence_review.review.actions.approve import approve
from evidence_review.review.actions.refuse import refuse
from evidence_review.review.actions.return_version import return_version
from evidence_review.review.models import Decision
from evidence_review.review.queries import evidence_looked_at_by
from portal.people.models import User

_ACTIONS = {
    Decision.Outcome.APPROVE: approve,
    Decision.Outcome.RETURN: return_version,
    Decision.Outcome.REFUSE: refuse,
}


class DecisionIn(serializers.Serializer[Any]):
    """What somebody decides about exact bytes."""

    outcome = serializers.ChoiceField(choices=Decision.Outcome.choices)
    reason = serializers.CharField(required=False, default="", allow_blank=True)
    sha256 = serializers.CharField(help_text="The SHA-256 of what was looked at.")


class VersionDecisions(APIView):
    """Approve, return or refuse a version."""

    @extend_schema(operation_id="decide", request=DecisionIn, responses={201: VersionBody})
    def post(self, request: Request, public_id: str) -> Response:
        """Decide. 409 when the version changed, was decided, or is not what you looked at."""
        person = cast("User", request.user)
        form = DecisionIn(data=request.data)
        form.is_valid(raise_exception=True)
        data = form.validated_data
        evidence = evidence_looked_at_by(person).values("pk")
        seen = get_object_or_404(EvidenceVersion, public_id=public_id, evidence__in=evidence)
        act = _ACTIONS[Decision.Outcome(data["outcome"])]
        act(seen.public_id, actor=person, sha256_seen=data["sha256"], reason=data["reason"])
        now = EvidenceVersion.objects.select_related("evidence").get(pk=seen.pk)
        return Response(version_body(now), status=status.HTTP_201_CREATED)
