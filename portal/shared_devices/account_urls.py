"""One's own PIN, among the pages of one's account."""

from django.urls import path

from portal.shared_devices.views.new_pin import own_pin

urlpatterns = [path("pin/", own_pin, name="own_pin")]
