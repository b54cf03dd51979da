"""Asking the owner of a policy about a part that somebody does not understand."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from portal.people.requests import PersonRequest
from portal.reading.actions.ask_owner import ask_owner, can_be_asked
from portal.reading.forms import AskForm
from portal.reading.queries.policy import open_policy


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def ask(request: PersonRequest, slug: str) -> HttpResponse:
    """Take a question about a policy and send it to the policy's owner."""
    standing = open_policy(slug, request.user)
    owner = standing.page.policy_owner
    form = AskForm(request.POST) if request.method == "POST" else AskForm()
    if can_be_asked(owner) and form.is_valid():
        ask_owner(standing.version, form.cleaned_data["question"], actor=request.user)
        messages.success(
            request,
            f"Your question goes to {owner.actor_label}, who will answer you.",
        )
        return redirect("reading:policy", slug)
    context = {
        "page": standing.page,
        "owner": owner,
        "can_be_asked": can_be_asked(owner),
        "form": form,
    }
    status = 400 if form.errors else 200
    return render(request, "reading/ask.html", context, status=status)
