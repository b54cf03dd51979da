"""One inspector's access in the admin: give it, see it, send its link, end it."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse

from evidence_review.inspection.actions.grant_access import grant_access
from evidence_review.inspection.actions.revoke_access import revoke_access
from evidence_review.inspection.actions.send_link import send_link
from evidence_review.inspection.forms import InvitationForm
from evidence_review.inspection.invitation import InvitationRefused
from evidence_review.inspection.looks import lines
from evidence_review.inspection.models import InspectorAccess
from evidence_review.inspection.permissions import user_can_see_inspectors
from evidence_review.inspection.queries import access_events, manageable_access
from portal.chrome.past import PastForm
from portal.chrome.screens import AdminScreen
from portal.people.answers import Answer, NotPermitted
from portal.people.models import User
from portal.people.requests import PersonRequest

MOST_LINES = 100


class AccessScreen(AdminScreen):
    """What the screens about inspectors share: the door, and the way back."""

    header_icon = "key"

    def may_enter(self, person: User) -> Answer:
        """Let only those in who may give access."""
        return user_can_see_inspectors(person)

    def way_back(self) -> list[tuple[str, str]]:
        """Return the list."""
        return [(reverse("inspectors:index"), "Inspectors")]


class GiveAccessView(AccessScreen):
    """Give an inspector access."""

    template_name = "inspection/admin/give.html"
    page_title = "Give an inspector access"

    def get(self, request: PersonRequest) -> HttpResponse:
        """Show the form."""
        return self.show(form=InvitationForm(actor=request.user))

    def post(self, request: PersonRequest) -> HttpResponse:
        """Give it, or show what is wrong."""
        form = InvitationForm(request.POST, actor=request.user)
        if not form.is_valid():
            return self.show(form=form, status=400)
        try:
            access = grant_access(form.invitation(), actor=request.user)
        except InvitationRefused as refused:
            form.refuse(refused.field, refused.reason)
            return self.show(form=form, status=refused.status)
        except NotPermitted as refused:
            form.refuse("sites", refused.reason)
            return self.show(form=form, status=403)
        messages.success(request, f"{access.name} has access. Now send them the link.")
        return redirect("inspectors:access", access.public_id)


class OneAccess(AccessScreen):
    """What the screens about one access share; 404 for one that is not the person's to manage."""

    access: InspectorAccess

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        """Find the access before anything else."""
        super().setup(request, *args, **kwargs)
        if user_can_see_inspectors(self.request.user):
            found = manageable_access(self.request.user).prefetch_related("sites", "editions")
            self.access = get_object_or_404(found, public_id=kwargs["public_id"])

    def get_page_title(self) -> str:
        """Return the inspector's name."""
        return self.access.name

    def get_context_data(self, **content: Any) -> dict[str, Any]:
        """Add the access."""
        context: dict[str, Any] = super().get_context_data(**content)
        return context | {"access": self.access}


class AccessView(OneAccess):
    """One access: its link, its scope, and everything that was looked at."""

    template_name = "inspection/admin/access.html"

    def get(self, request: PersonRequest, public_id: str) -> HttpResponse:
        """Show it."""
        path = reverse("inspection:open", args=[self.access.link_key])
        found = list(access_events(self.access)[: MOST_LINES + 1])
        return self.show(
            link=request.build_absolute_uri(path),
            lines=lines(found[:MOST_LINES]),
            past_form=PastForm(),
            has_more=len(found) > MOST_LINES,
        )


class SendLinkView(OneAccess):
    """Have the link mailed."""

    def post(self, request: PersonRequest, public_id: str) -> HttpResponse:
        """Put the mail into the queue."""
        send_link(self.access, actor=request.user)
        messages.success(request, f"The link is on its way to {self.access.email}.")
        return redirect("inspectors:access", public_id)


class EndAccessView(OneAccess):
    """End an access before its time."""

    template_name = "inspection/admin/end.html"

    def get(self, request: PersonRequest, public_id: str) -> HttpResponse:
        """Ask whether to, and say what follows."""
        return self.show()

    def post(self, request: PersonRequest, public_id: str) -> HttpResponse:
        """End it."""
        revoke_access(self.access, actor=request.user)
        messages.success(request, f"{self.access.name} has no access any more.")
        return redirect("inspectors:access", public_id)
