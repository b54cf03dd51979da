"""Pages of the review room on the portal's own face; mounted where the versions are."""

from django.urls import path

from evidence_review.review.views.withdrawing import withdraw_own

app_name = "reviews"
urlpatterns = [path("<slug:public_id>/withdraw/", withdraw_own, name="withdraw")]
