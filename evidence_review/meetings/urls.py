"""Team meetings, mounted at ``/policies/meetings/``."""

from django.urls import path

from evidence_review.meetings.views import reading
from evidence_review.meetings.views.recording import RecordMeeting

app_name = "meetings"
urlpatterns = [
    path("", reading.listing, name="list"),
    path("add/", RecordMeeting.as_view(), name="add"),
    path("sheet/", reading.blank_sheet, name="sheet"),
    path("<slug:public_id>/", reading.detail, name="detail"),
]
