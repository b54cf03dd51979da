"""Sites over the API."""

from typing import cast

from django.db.models import QuerySet
from drf_spectacular.utils import extend_schema, extend_schema_view
from rest_framework import generics, serializers

from portal.people.models import Site, User
from portal.people.queries import site_ids_for
from portal.people.roles import Role


class SiteBody(serializers.ModelSerializer[Site]):
    """One site. Its id names it in the rest of the API."""

    id = serializers.CharField(source="public_id")

    class Meta:
        model = Site
        fields = ("id", "name", "ods_code", "cqc_location_id", "service_type", "is_active")


@extend_schema_view(get=extend_schema(operation_id="sites_list"))
class SiteList(generics.ListAPIView[Site]):
    """The sites where you hold a role; every site when you hold one for the whole organisation."""

    serializer_class = SiteBody

    def get_queryset(self) -> QuerySet[Site]:
        """Return the person's sites."""
        if getattr(self, "swagger_fake_view", False):
            return Site.objects.none()
        person = cast("User", self.request.user)
        ids = site_ids_for(person, set(Role))
        if ids is None:
            return Site.objects.all()
        return Site.objects.filter(pk__in=ids)
