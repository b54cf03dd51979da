"""Reading over the API: what is asked of you, confirming it, and what you confirmed."""

from typing import Any, cast

from django.db.models import QuerySet
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiResponse, extend_schema
from rest_framework import generics, serializers
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from portal.api.problems import problem
from portal.people.models import User
from portal.reading.actions.acknowledge import acknowledge
from portal.reading.models import Acknowledgement, How
from portal.reading.queries.own import confirmations_of
from portal.reading.queries.policy import open_policy_by_id
from portal.reading.stale import StaleVersion, replaced
from portal.reading.standing import Standing


class ConfirmationBody(serializers.ModelSerializer[Acknowledgement]):
    """One confirmation that was kept."""

    policy = serializers.IntegerField(source="page_id")
    title = serializers.CharField(source="page.title")
    version = serializers.IntegerField(source="version.number")

    class Meta:
        """Everything but what only the provider needs."""

        model = Acknowledgement
        fields = ("policy", "title", "version", "sha256", "at", "how")


class StandingBody(serializers.Serializer[Standing]):
    """How you stand with one policy in force."""

    policy = serializers.IntegerField(source="page.pk")
    version = serializers.IntegerField(source="version.number")
    sha256 = serializers.CharField(source="version.sha256")
    asks = serializers.BooleanField(help_text="Whether it asks you to confirm.")
    due = serializers.DateField(allow_null=True)
    is_late = serializers.BooleanField()
    has_questions = serializers.BooleanField(
        source="has_quiz", help_text="Questions that are answered on the portal's own page."
    )
    confirmed = ConfirmationBody(
        source="kept", allow_null=True, help_text="What counts for this version, if anything."
    )


class ConfirmIn(serializers.Serializer[Any]):
    """The version that was shown, and the SHA-256 of its text."""

    version = serializers.IntegerField(min_value=1, max_value=2**31 - 1)
    sha256 = serializers.RegexField(r"\A[0-9a-f]{64}\Z")


class PolicyConfirmation(APIView):
    """Your own confirmation of one policy."""

    @extend_schema(operation_id="confirmation_read", responses=StandingBody)
    def get(self, request: Request, pk: int) -> Response:
        """Read what is asked of you and what you confirmed."""
        return Response(StandingBody(open_policy_by_id(pk, _person(request))).data)

    @extend_schema(
        operation_id="confirmation_make",
        request=ConfirmIn,
        responses={
            200: StandingBody,
            409: OpenApiResponse(
                OpenApiTypes.OBJECT,
                description="Another version is in force, its text is not what you showed, or its "
                "questions are not passed. The problem holds how you stand now as `current`.",
            ),
        },
    )
    def post(self, request: Request, pk: int) -> Response:
        """Confirm that you read the version you were shown. Doing it again changes nothing."""
        sent = ConfirmIn(data=request.data)
        sent.is_valid(raise_exception=True)
        person = _person(request)
        standing = open_policy_by_id(pk, person)
        wanted = sent.validated_data
        read = standing.page.versions.filter(number=wanted["version"]).first()
        try:
            if read is None or read.sha256 != wanted["sha256"]:
                raise replaced(read or standing.version, standing.version)
            acknowledge(read, actor=person, how=How.OWN)
        except StaleVersion as stale:
            current = StandingBody(open_policy_by_id(pk, person)).data
            return problem(stale.status, stale.reason, current=current)
        return Response(StandingBody(open_policy_by_id(pk, person)).data)


class ConfirmationList(generics.GenericAPIView[Acknowledgement]):
    """What you confirmed."""

    serializer_class = ConfirmationBody

    def get_queryset(self) -> QuerySet[Acknowledgement]:
        """Return the person's own confirmations."""
        if getattr(self, "swagger_fake_view", False):
            return Acknowledgement.objects.none()
        return confirmations_of(_person(self.request))

    @extend_schema(operation_id="confirmations_list", responses=ConfirmationBody(many=True))
    def get(self, request: Request) -> Response:
        """List everything you ever confirmed, newest first."""
        page = self.paginate_queryset(self.get_queryset())
        return self.get_paginated_response(ConfirmationBody(page, many=True).data)


def _person(request: Request) -> User:
    """Return the person whose token the request carries."""
    return cast("User", request.user)
