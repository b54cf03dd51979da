"""Where the versions of a policy are read."""

from django.urls import path

from portal.policies.references import POLICY
from portal.policies.views import versions

app_name = "policies"
urlpatterns = [
    path(f"{POLICY}/versions/", versions.all_versions, name="versions"),
    path(f"{POLICY}/versions/<int:number>/", versions.one_version, name="version"),
    path(f"{POLICY}/versions/<int:number>/changes/", versions.changes, name="changes"),
]
