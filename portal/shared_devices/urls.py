"""Shared tablets: the tablet's own pages, and those of its managers."""

from django.urls import path

from portal.policies.references import POLICY
from portal.shared_devices.views import devices, door, new_pin, people, quiz, reading

app_name = "shared_devices"
urlpatterns = [
    path("", door.names, name="names"),
    path("names/<str:ref>/", door.enter_pin, name="enter_pin"),
    path("new-pin/", new_pin.new_pin, name="new_pin"),
    path("mine/", reading.mine, name="mine"),
    path(f"policies/{POLICY}/", reading.read, name="read"),
    path(f"policies/{POLICY}/confirm/", reading.confirm, name="confirm"),
    path(f"policies/{POLICY}/confirmed/", reading.confirmed, name="confirmed"),
    path(f"policies/{POLICY}/questions/", quiz.questions, name="questions"),
    path("here/", door.still_here, name="still_here"),
    path("finish/", door.finish, name="finish"),
    path("start/", devices.start, name="start"),
    path("leave/", devices.leave, name="leave"),
    path("devices/", devices.devices, name="devices"),
    path("devices/people/", people.people, name="people"),
    path("devices/people/<str:site_ref>/", people.people_of_site, name="people_at"),
    path("devices/people/<str:site_ref>/<str:ref>/", people.give_pin, name="give_pin"),
    path("devices/<str:ref>/end/", devices.end, name="end"),
    path("devices/<str:ref>/unlock/<str:person_ref>/", devices.unlock, name="unlock"),
]
