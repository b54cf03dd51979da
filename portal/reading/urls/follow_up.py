"""Who has read what, mounted at ``/policies/follow-up/``."""

from django.urls import path

from portal.policies.references import POLICY
from portal.reading.views.follow_up import nudging, people, policies

app_name = "follow_up"
urlpatterns = [
    path("", policies.policies, name="policies"),
    path("by-site/", policies.by_site, name="by_site"),
    path("people/<slug:public_id>/", people.person, name="person"),
    path(f"{POLICY}/", people.readers, name="readers"),
    path(f"{POLICY}/nudge/", nudging.nudge_readers, name="nudge"),
]
