"""Say who is sent the seal, and end it."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect

from portal.anchors.actions.end_recipient import end_recipient
from portal.anchors.actions.name_recipient import RecipientDetails, name_recipient
from portal.anchors.forms import RecipientForm
from portal.anchors.permissions import user_can_name_recipients
from portal.anchors.queries import recipients
from portal.anchors.views.screen import AnchorsScreen
from portal.people.answers import require
from portal.people.requests import PersonRequest
from portal.refused import Refused


class _NamersOnly(AnchorsScreen):
    """A screen for those who may say who is sent the seal."""

    def dispatch(self, request: HttpRequest, *args: object, **kwargs: object) -> HttpResponseBase:
        """Let only those in who may."""
        require(user_can_name_recipients(self.request.user))
        return super().dispatch(request, *args, **kwargs)


class NameRecipientView(_NamersOnly):
    """Name somebody."""

    template_name = "anchors/admin/name.html"
    page_title = "Name somebody"

    def get(self, request: PersonRequest) -> HttpResponse:
        """Show the form."""
        return self.show(form=RecipientForm())

    def post(self, request: PersonRequest) -> HttpResponse:
        """Name them, or show what stood in the way."""
        form = RecipientForm(request.POST)
        if not form.is_valid():
            return self.show(form=form, status=400)
        try:
            named = name_recipient(RecipientDetails(**form.cleaned_data), actor=request.user)
        except Refused as refused:
            form.add_error("email", refused.reason)
            return self.show(form=form, status=refused.status)
        messages.success(request, f"The seal is on its way to {named}, and goes there every day.")
        return redirect("anchors:index")


class EndRecipientView(_NamersOnly):
    """End it, with what follows from it said first."""

    template_name = "anchors/admin/end.html"
    page_title = "Stop sending"

    def get(self, request: PersonRequest, public_id: str) -> HttpResponse:
        """Ask whether to."""
        recipient = get_object_or_404(recipients(), public_id=public_id)
        others = recipients().filter(is_outside=True).exclude(pk=recipient.pk)
        is_last = recipient.is_outside and not others.exists()
        return self.show(recipient=recipient, is_last=is_last)

    def post(self, request: PersonRequest, public_id: str) -> HttpResponse:
        """End it."""
        recipient = get_object_or_404(recipients(), public_id=public_id)
        end_recipient(recipient, actor=request.user)
        messages.success(request, f"The seal is sent to {recipient} no more.")
        return redirect("anchors:index")
