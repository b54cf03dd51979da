"""Where the versions of a policy are read."""

from django.urls import path

from portal.policies.views import versions

app_name = "policies"
urlpatterns = [
    path("<str:slug>/versions/", versions.all_versions, name="versions"),
    path("<str:slug>/versions/<int:number>/", versions.one_version, name="version"),
    path("<str:slug>/versions/<int:number>/changes/", versions.changes, name="changes"),
]
