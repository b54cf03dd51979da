"""The page for anybody."""

from django.urls import path

from portal.anchors.views.check import check, checkpoint

app_name = "record_check"
urlpatterns = [
    path("", check, name="check"),
    path("checkpoint.txt", checkpoint, name="checkpoint"),
]
