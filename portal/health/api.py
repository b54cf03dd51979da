"""Health over the API, for whatever watches the portal."""

from typing import Any

from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.permissions import AllowAny
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from portal.health.findings import STATES, State, worst
from portal.health.permissions import user_can_see_health
from portal.health.probes import run_probes


class FindingBody(serializers.Serializer[Any]):
    """How one part stands."""

    part = serializers.CharField()
    state = serializers.ChoiceField(choices=STATES)
    seen = serializers.CharField()
    advice = serializers.CharField(allow_blank=True)


class HealthBody(serializers.Serializer[Any]):
    """How the portal stands; ``parts`` for administrators only."""

    status = serializers.ChoiceField(choices=STATES)
    parts = FindingBody(many=True, required=False)


class Health(APIView):
    """Is the portal well?"""

    permission_classes = (AllowAny,)

    @extend_schema(operation_id="health", responses={200: HealthBody, 503: HealthBody})
    def get(self, request: Request) -> Response:
        """Say 200 when the portal can keep what it is given, 503 when it cannot."""
        findings = run_probes()
        state = worst(findings)
        body: dict[str, Any] = {"status": state.value}
        if state is not State.FAILING and self._may_see(request):
            body["parts"] = FindingBody(findings, many=True).data
        return Response(body, status=503 if state is State.FAILING else 200)

    def _may_see(self, request: Request) -> bool:
        if not request.user.is_authenticated:
            return False
        return bool(user_can_see_health(request.user))
