"""An inspector's pages, all behind the key of one link."""

from django.urls import path

from evidence_review.inspection.views.door import ask_for_code, enter_code, leave, open_link
from evidence_review.inspection.views.reading import download, summary

app_name = "inspection"
urlpatterns = [
    path("<str:link_key>/", open_link, name="open"),
    path("<str:link_key>/code/send/", ask_for_code, name="send_code"),
    path("<str:link_key>/code/", enter_code, name="code"),
    path("<str:link_key>/leave/", leave, name="leave"),
    path("<str:link_key>/summary/", summary, name="summary"),
    path("<str:link_key>/files/<str:public_id>/", download, name="download"),
]
