"""One starter: what it says, what it supports, what is still to fill in; and adopting it."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect

from portal.people.requests import PersonRequest
from portal.people.roles import Role
from portal.policies.blocks import sections_of
from portal.policy_library.actions.adopt_starter import AlreadyAdopted, adopt_starter, as_stream
from portal.policy_library.facts import known_facts
from portal.policy_library.forms import AdoptForm
from portal.policy_library.queries import requirements_of
from portal.policy_library.views.screens import OneStarter
from portal.refused import Refused


class StarterView(OneStarter):
    """The preview, with today's facts in it, and the button that makes a draft of it."""

    template_name = "policy_library/admin/starter.html"

    def get_page_title(self) -> str:
        """Return the title of the starter."""
        return self.shelved.starter.title

    def get(self, request: PersonRequest, code: str) -> HttpResponse:
        """Show it."""
        return self._page(AdoptForm(actor=request.user))

    def post(self, request: PersonRequest, code: str) -> HttpResponse:
        """Make the draft, and go to where it is written on."""
        form = AdoptForm(request.POST, actor=request.user)
        if not form.is_valid():
            return self._page(form, status=400)
        values = form.cleaned_data
        try:
            page = adopt_starter(
                code,
                actor=request.user,
                owner=values["owner"],
                another_copy=values["another_copy"],
            )
        except AlreadyAdopted as refused:
            return self._page(form, status=refused.status, already=refused)
        except Refused as refused:
            form.add_error(None, refused.reason)
            return self._page(form, status=refused.status)
        messages.success(
            request, f"“{page.title}” is a draft now. Read it, make it yours, then submit it."
        )
        return redirect("wagtailadmin_pages:edit", page.pk)

    def _page(
        self, form: AdoptForm, *, status: int = 200, already: AlreadyAdopted | None = None
    ) -> HttpResponse:
        starter, facts = self.shelved.starter, known_facts()
        return self.show(
            status=status,
            form=form,
            already=already,
            sections=sections_of(as_stream("body", starter.filled(facts))),
            to_fill_in=starter.left_open(facts),
            supports=requirements_of(starter),
            roles=[Role(role).label for role in starter.for_roles],
        )
