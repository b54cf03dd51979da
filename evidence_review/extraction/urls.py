"""Pages that look inside a version; mounted where the versions are."""

from django.urls import path

from evidence_review.extraction.views.looking import difference, page, preview

app_name = "inside"
urlpatterns = [
    path("<slug:public_id>/preview/", preview, name="preview"),
    path("<slug:public_id>/pages/<int:number>/", page, name="page"),
    path("<slug:public_id>/difference/", difference, name="difference"),
]
