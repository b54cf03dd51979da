"""A person's own account, and the way into an empty portal."""

from django.urls import path

from portal.accounts.views.account import account, revoke
from portal.accounts.views.setting_up import first_administrator

app_name = "accounts"
urlpatterns = [
    path("", account, name="account"),
    path("tokens/<int:pk>/revoke/", revoke, name="revoke_token"),
    path("set-up/<str:key>/", first_administrator, name="first_administrator"),
]
