"""What a newer starter text changes, beside the way to the policy that was made from the older."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils.functional import cached_property

from portal.people.requests import PersonRequest
from portal.policy_library.actions.take_over import take_over
from portal.policy_library.forms import TakeOverForm
from portal.policy_library.queries import what_is_new
from portal.policy_library.standing import Made
from portal.policy_library.views.screens import OneStarter
from portal.refused import Refused


class NewerTextView(OneStarter):
    """The differences, and the button that says they are taken over."""

    template_name = "policy_library/admin/newer.html"

    @cached_property
    def made(self) -> Made:
        """The policy that was made from the starter."""
        for made in self.shelved.made:
            if made.adoption.pk == self.kwargs["pk"]:
                return made
        raise Http404("There is no such policy.")

    def get_page_title(self) -> str:
        """Return what the screen is about."""
        return f"What is new: {self.made.page.title}"

    def get(self, request: PersonRequest, code: str, pk: int) -> HttpResponse:
        """Show what changed."""
        return self._page()

    def post(self, request: PersonRequest, code: str, pk: int) -> HttpResponse:
        """Mark it as taken over."""
        form = TakeOverForm(request.POST)
        if not form.is_valid():
            return self._page(status=400)
        try:
            take_over(
                self.made.adoption, actor=request.user, version_seen=form.cleaned_data["version"]
            )
        except Refused as refused:
            return self._page(status=refused.status, refused=refused.reason)
        messages.success(request, f"“{self.made.page.title}” now follows the newest starter text.")
        return redirect("policy_library:index")

    def _page(self, *, status: int = 200, refused: str = "") -> HttpResponse:
        starter, made = self.shelved.starter, self.made
        return self.show(
            status=status,
            refused=refused,
            made=made,
            changes=starter.changes_since(made.stands_on),
            parts=what_is_new(made.adoption, starter),
        )
