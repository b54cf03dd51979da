"""Where readers of a policy take the files it offers."""

from django.urls import path

from evidence_review.evidence.views.for_policies import download_for_policy

urlpatterns = [path("<slug:public_id>/", download_for_policy, name="policy_download")]
