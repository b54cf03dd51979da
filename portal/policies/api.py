"""Policies over the API: what holds today for the person who asks, for an intranet or an app."""

import hashlib
from typing import Any, cast

import django_filters
from django.db.models import QuerySet
from django.http import HttpResponseBase
from django.shortcuts import get_object_or_404
from django.utils.cache import get_conditional_response, patch_cache_control, patch_vary_headers
from drf_spectacular.utils import OpenApiParameter, OpenApiResponse, extend_schema
from rest_framework import generics
from rest_framework.request import Request
from rest_framework.response import Response

from portal.people.models import User
from portal.policies.api_shapes import PolicyBody, PolicyText
from portal.policies.models import PolicyPage
from portal.policies.queries import policies_for
from portal.policies.topics import Topic

SHAPE = 1
"""Part of every ETag: raise it when the same version is answered in another shape."""
IF_NONE_MATCH = OpenApiParameter(
    "If-None-Match",
    location=OpenApiParameter.HEADER,
    description="The ETag of what you have. The answer is 304 while it still holds.",
)
NOT_CHANGED = OpenApiResponse(description="What you have still holds.")


class PolicyFilters(django_filters.FilterSet):
    """``?topic=devices&requirement=dspt-v8:1.3.1``."""

    topic = django_filters.ChoiceFilter(choices=Topic.choices)
    requirement = django_filters.CharFilter(method="by_requirement")

    class Meta:
        model = PolicyPage
        fields = ("topic", "requirement")

    def by_requirement(
        self, found: QuerySet[PolicyPage], name: str, value: str
    ) -> QuerySet[PolicyPage]:
        """Narrow to policies that support one requirement, named ``edition:ref``."""
        edition, _, ref = value.partition(":")
        narrowed: QuerySet[PolicyPage] = found.filter(
            supports__edition__code=edition, supports__ref=ref
        )
        return narrowed


class _Policies(generics.GenericAPIView[PolicyPage]):
    """The policies in force that the person may read."""

    def get_queryset(self) -> QuerySet[PolicyPage]:
        """Return the person's policies, by title."""
        found: QuerySet[PolicyPage] = PolicyPage.objects.none()
        if not getattr(self, "swagger_fake_view", False):
            found = policies_for(cast("User", self.request.user))
        return found.prefetch_related("supports__edition").order_by("title", "pk")


class PolicyList(_Policies):
    """The policies in force for you, without their text."""

    serializer_class = PolicyBody
    filterset_class = PolicyFilters

    @extend_schema(
        operation_id="policies_list",
        parameters=[IF_NONE_MATCH],
        responses={200: PolicyBody(many=True), 304: NOT_CHANGED},
    )
    def get(self, request: Request) -> HttpResponseBase:
        """List them."""
        found = self.filter_queryset(self.get_queryset()).defer("body", "quiz")
        page = self.paginate_queryset(found)
        bodies = PolicyBody(page, many=True, context=self.get_serializer_context()).data
        versions = [(body["id"], body["version"]) for body in bodies]
        total = getattr(self.paginator, "page", None)
        counted = total.paginator.count if total else len(bodies)
        return _kept_while(request, f"{counted} {versions}", self.get_paginated_response(bodies))


class PolicyDetail(_Policies):
    """One policy in force, with its text."""

    serializer_class = PolicyText

    @extend_schema(
        operation_id="policies_read",
        parameters=[IF_NONE_MATCH],
        responses={200: PolicyText, 304: NOT_CHANGED},
    )
    def get(self, request: Request, pk: int) -> HttpResponseBase:
        """Read it."""
        policy = get_object_or_404(self.get_queryset(), pk=pk)
        body: dict[str, Any] = self.get_serializer(policy).data
        return _kept_while(request, f"{body['id']} {body['version']}", Response(body))


def _kept_while(request: Request, says: str, response: Response) -> HttpResponseBase:
    """Return the response with an ETag made of what it says, or 304 to somebody who has it.

    A copy may be kept by whoever asked, never by something that others share, and is to be asked
    about each time: what somebody may read changes with their role.
    """
    digest = hashlib.sha256(f"{SHAPE} {request.get_full_path()} {says}".encode()).hexdigest()
    response.headers["ETag"] = f'"{digest[:32]}"'
    patch_cache_control(response, private=True, no_cache=True)
    patch_vary_headers(response, ("Authorization", "Accept"))
    answer = get_conditional_response(
        request._request, etag=response.headers["ETag"], response=response
    )
    return answer or response
