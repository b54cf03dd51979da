"""Pages of the virus check; mounted where the versions are."""

from django.urls import path

from evidence_review.scanning.views.retry import retry

app_name = "scanning"
urlpatterns = [path("<slug:public_id>/retry/", retry, name="retry")]
