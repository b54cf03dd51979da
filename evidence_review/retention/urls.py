"""Certificates of disposal on the portal's own face; mounted where the versions are."""

from django.urls import path

from evidence_review.retention.views.certificate import certificate, certificate_as_pdf

app_name = "disposal"
urlpatterns = [
    path("<slug:public_id>/certificate/", certificate, name="certificate"),
    path("<slug:public_id>/certificate.pdf", certificate_as_pdf, name="certificate_pdf"),
]
