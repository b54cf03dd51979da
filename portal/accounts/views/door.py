"""The admin's door, which is nobody else's: it leads to the one sign-in page, or says why not."""

from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.cache import never_cache

from portal.people.answers import NotPermitted, require
from portal.people.models import User
from portal.people.permissions import user_can_enter_admin

_NOT_YET = "Your new role starts today. The admin opens for you within the hour."


@never_cache
def admin_door(request: HttpRequest) -> HttpResponse:
    """Stand where Wagtail's own sign-in pages stood, which count no tries and note no failures.

    Somebody who is signed in already is told why the admin is not theirs: the sign-in page would
    send them back, and the admin here again, for ever.
    """
    asked_for = request.GET.get("next") or reverse("wagtailadmin_home")
    if not isinstance(request.user, User):
        return redirect_to_login(asked_for)
    require(user_can_enter_admin(request.user))
    if not request.user.has_perm("wagtailadmin.access_admin"):
        raise NotPermitted(_NOT_YET)
    return redirect("wagtailadmin_home")
