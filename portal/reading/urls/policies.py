"""What a reader opens: the list, a policy, and what they do with it.

Mounted after every fixed name below ``/policies/``, because a policy answers all that are left.
"""

from django.urls import path

from portal.policies.references import POLICY
from portal.reading.views import asking, own, policy, poster, quiz

app_name = "reading"
urlpatterns = [
    path("", own.policies, name="policies"),
    path("mine/", own.mine, name="mine"),
    path(f"{POLICY}/", policy.show, name="policy"),
    path(f"{POLICY}/confirm/", policy.confirm, name="confirm"),
    path(f"{POLICY}/questions/", quiz.Questions.as_view(), name="questions"),
    path(f"{POLICY}/ask/", asking.ask, name="ask"),
    path(f"{POLICY}/poster/", poster.poster, name="poster"),
]
