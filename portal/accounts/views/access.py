"""Whether somebody gets in: the link to choose a password, the account off and on."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect

from portal.accounts.actions.give_link import hand_over_link, send_link
from portal.accounts.views.screens import OnePerson
from portal.people.actions.person import deactivate_person, reactivate_person
from portal.people.requests import PersonRequest
from portal.refused import Refused


class SendLinkView(OnePerson):
    """Have the link mailed."""

    http_method_names = ["post"]

    def post(self, request: PersonRequest, public_id: str) -> HttpResponse:
        """Put the mail into the queue."""
        send_link(self.person, actor=request.user)
        messages.success(request, f"The link is on its way to {self.person.email}.")
        return redirect(self.person_url())


class HandOverLinkView(OnePerson):
    """Show the link once, to be given by hand."""

    http_method_names = ["post"]
    template_name = "accounts/admin/link.html"
    page_title = "Link to choose a password"

    def post(self, request: PersonRequest, public_id: str) -> HttpResponse:
        """Make a link and show it; it is kept nowhere."""
        return self.show(link=hand_over_link(self.person, actor=request.user))


class SwitchOffView(OnePerson):
    """Switch an account off, with what follows from it said first."""

    template_name = "accounts/admin/switch_off.html"
    page_title = "Switch the account off"

    def get(self, request: PersonRequest, public_id: str) -> HttpResponse:
        """Ask whether to."""
        return self.show()

    def post(self, request: PersonRequest, public_id: str) -> HttpResponse:
        """Switch it off."""
        try:
            deactivate_person(self.person, actor=request.user)
        except Refused as refused:
            return self.show(status=refused.status, refused=refused.reason)
        messages.success(request, f"The account of {self.person} is switched off.")
        return redirect(self.person_url())


class SwitchOnView(OnePerson):
    """Switch an account on again."""

    template_name = "accounts/admin/switch_on.html"
    page_title = "Switch the account on"

    def get(self, request: PersonRequest, public_id: str) -> HttpResponse:
        """Ask whether to."""
        return self.show()

    def post(self, request: PersonRequest, public_id: str) -> HttpResponse:
        """Switch it on."""
        reactivate_person(self.person, actor=request.user)
        messages.success(request, f"The account of {self.person} is switched on again.")
        return redirect(self.person_url())
